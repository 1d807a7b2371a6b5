"""Attached files: what each is by its bytes, what acts in it, and its text."""
