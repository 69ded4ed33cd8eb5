"""Scores linkage on simulated worlds, as the project's measures define it: ``python -m tests.linkage_score``."""
