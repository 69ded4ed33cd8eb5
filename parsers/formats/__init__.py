"""One folder a vendor format, each with its page; private to the parsers."""
