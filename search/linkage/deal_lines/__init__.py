"""Deal lines: which groups are some, their numbers in order, their flares, and what each device has to do with them."""
