"""What rules across messages cost over very large tables: `python -m benchmarks.across`."""
