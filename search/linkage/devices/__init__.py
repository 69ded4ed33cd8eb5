"""Devices: which extractions are of one, what happened to its identities, what its traffic looks like."""
