"""Which facts of two extractions of one device are one, though they are told a little apart."""
