"""How fast messages are judged; see benchmarks/README.md."""
