"""Reads an archive or folder of several deliveries: each member by its own parser, as an extraction of its own."""
