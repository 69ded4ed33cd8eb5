"""Links between devices: the members of a line, what ties two of them, and what it weighs."""
