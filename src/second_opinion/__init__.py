"""Second Opinion: an independent second opinion on a final candidate in a recruitment."""

__version__ = "0.1.0"
