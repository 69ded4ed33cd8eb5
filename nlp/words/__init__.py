"""Words as they are spelled: folded, brought into their normal form, cut into tokens, told by language."""
