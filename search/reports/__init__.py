"""The linkage report: ``build`` makes the data, ``forms`` renders it. Import names from the modules."""
