"""From edges to lines and links: pure functions, and two entries.

``edges.EdgeCollector`` makes the edges, flares and templates of one extraction while its records stream by;
``linkage.compute_linkage`` reads those of all extractions from an index. Import names from the modules.
"""
