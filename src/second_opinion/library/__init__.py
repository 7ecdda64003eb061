"""Content as data, with its sources: what the product knows without having measured it."""
