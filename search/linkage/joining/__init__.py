"""Which spells are of one line, by what they announce or have in common, and the groups that come of it."""
