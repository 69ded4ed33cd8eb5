"""Simulated worlds of deal lines, phones and months, with the truth beside them, for tests and ``make score-linkage``.

Nothing here is shipped, and nothing here knows the linker: no constant, word list or wording of ``search.linkage``,
``nlp`` or the lexicons is used, so that a figure measured on these worlds is not one that the linker was told. What
counts as right follows the project's measures, written down anew in ``truth_of_flares`` and ``truth_of_lines``; what
must not be asserted stands beside each trap that is planted (``plant_lines``, ``plant_phones``).

Seeds for development and seeds for final figures draw names and wordings from two banks that have none in common.
"""
