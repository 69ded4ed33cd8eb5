"""Which texts are a line's adverts in the light of all phones: missed ones, passed-on ones, and those that look so."""
