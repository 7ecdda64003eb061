"""Several correlated abilities: each criterion measures one of two or three."""
