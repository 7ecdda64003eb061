"""Order, requirement profile, candidacies, and the states of a case's journey."""
