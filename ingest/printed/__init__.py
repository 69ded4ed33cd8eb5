"""What the verbs print, as a person reads it."""
