"""Rows of any table: headings are told, cells read, rows made into records; readers of several formats use it."""
