"""Changes of number: which number of a text is a new one or an old one, by rules and by a trained model."""
