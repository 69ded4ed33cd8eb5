"""The components of the pipeline, one a file; ``nlp.factories`` registers them and gives their order."""
