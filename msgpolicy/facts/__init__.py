"""One reading of a message that all checks share; each fact is computed at most once, and only when asked for."""
