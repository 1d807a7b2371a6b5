"""Baselines: the findings that were there when a repository began to be checked, so that only new ones count."""

from msgpolicy.baseline.run import BaselineRun

__all__ = ["BaselineRun"]
