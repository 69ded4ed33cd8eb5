"""Finds, links and shows: the index, the query language, the linkage and its reports. Import names from the modules."""
