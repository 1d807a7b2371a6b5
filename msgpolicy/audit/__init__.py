"""Archives of any size, judged into tables: `msgpolicy audit`. Needs the extra `audit` (pyarrow, duckdb)."""
