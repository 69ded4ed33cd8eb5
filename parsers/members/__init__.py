"""Reads an archive or folder that holds several deliveries: each member by its own parser, as an extraction of its own."""  # noqa: E501
