"""Requests to the HTTP service beside requests to an application that returns a constant."""
