"""`second-opinion match`: assessors for many cases, from files."""
