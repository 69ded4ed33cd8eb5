"""The stories of the demonstration; each module logs what one group of people did."""
