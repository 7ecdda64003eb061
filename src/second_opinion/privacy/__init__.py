"""What a case holds is kept for as long as the candidate was told, and then erased."""
