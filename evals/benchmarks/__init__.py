"""Figures on public data: `python -m evals.benchmarks`."""
