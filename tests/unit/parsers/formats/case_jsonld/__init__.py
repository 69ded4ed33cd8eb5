"""CASE bundles."""
