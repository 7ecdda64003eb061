"""Classical test theory: reliability of a sum of answers, and how each item does in it."""
