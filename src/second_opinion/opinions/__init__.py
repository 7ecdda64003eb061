"""Opinions: ratings and evidence, sealing, and opening all of a case's opinions together."""
