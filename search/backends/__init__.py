"""The two indexes behind one contract (``search.contract.Index``). Only ``ingest.assemble`` and tests import them."""
