"""The use of a number: spells, with the names and wordings of each, and what ends one."""
