"""Solvers that are handed in to the engine, which itself knows none beyond SciPy's."""
