"""Templates: the constant wording of a text with typed slots, and its id.

``masking`` turns a reading into constants and slots, ``ids`` turns those into the id. Both look at one text alone, so
that the id depends on no other text, no order and no site: a new extraction never changes an old id.
"""
