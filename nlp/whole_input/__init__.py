"""What the texts of one input say of each other: names in common, near adverts, how much is adverts."""
