"""The HTTP service, and the page in front of it (extra `serve`)."""
