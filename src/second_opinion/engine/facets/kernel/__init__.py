"""The pass over many ratings as compiled loops."""
