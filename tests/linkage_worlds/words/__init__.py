"""What is said in the worlds: hand-made for them, in two banks (development, final) that share no name or wording."""
