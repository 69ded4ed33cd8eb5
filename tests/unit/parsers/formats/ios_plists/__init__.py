"""Property lists of iOS."""
