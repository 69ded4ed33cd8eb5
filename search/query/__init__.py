"""From what a user types to a tree, and from a text to its words. No back end parses text."""
