"""What is written to a candidate, out of what the order says, in the candidate's language."""
