"""Text in, findings out: adverts, drugs, prices, numbers, nicknames and templates of distinct texts.

Knows the records of ``parsers.records``; knows nothing of storage, of devices or of pages. The entry is
``nlp.analysis.build_analyser``. What is found is opinion and points at the stored body; the body is never changed.
"""
