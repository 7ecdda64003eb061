"""What is written to the people around a case."""
