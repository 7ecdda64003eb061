"""What happens around every request: its number, its figures, and a look at slow statements."""
