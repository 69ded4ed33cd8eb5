"""The segment store, the store of record: what readers and the analysis made of each extraction, in files."""
