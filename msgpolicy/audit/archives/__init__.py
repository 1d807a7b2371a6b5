"""Readers of archives, one module for each format; `reading.Reader` puts them together."""
