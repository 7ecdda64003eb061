"""`second-opinion worth`: whether a second opinion would pay."""
