"""What an audit of an archive costs, in time and in memory: `python -m benchmarks.audit`."""
