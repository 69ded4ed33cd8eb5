"""What the trained model is made from, and how it is scored: corpora with provenance, training, figures.

Nothing here runs while evidence is analysed.
"""
