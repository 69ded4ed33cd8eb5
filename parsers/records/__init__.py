"""The record types of the whole system: what parsers yield, what analysis finds, what linkage reads.

A leaf: it imports the standard library and msgspec, and nothing of ours. Import names from the modules.
"""
