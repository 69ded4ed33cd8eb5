"""Stretches of a text: the grammars and the trained models of drugs, prices, offers and places."""
