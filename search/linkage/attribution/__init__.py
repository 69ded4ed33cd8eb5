"""Who sent a text and when: numbers behind names and accounts, own numbers of handsets, wrong clocks."""
