"""Vendor files in, records and notices out.

The way in is ``parsers.reading.read``; ``parsers.registry`` lists the formats, ``parsers.contract`` says what one has
to keep. Names are imported from their modules: this package imports none, so that whoever wants a record type does
not load every guard and every format with it.
"""
