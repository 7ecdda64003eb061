"""The command `second-opinion`."""
