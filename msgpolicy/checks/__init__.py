"""The checks: one file each. A check is found by the name of its file; no list of them is kept."""
