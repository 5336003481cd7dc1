"""Looks at the assistant from outside: question sets, benchmarks, and the fitting of its few numbers."""
