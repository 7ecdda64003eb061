"""The client's pages after the report: what one would have done, and the decision."""
