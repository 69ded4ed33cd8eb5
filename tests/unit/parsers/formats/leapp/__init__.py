"""Outputs of ALEAPP and iLEAPP."""
