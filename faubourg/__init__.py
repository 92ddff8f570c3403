"""Faubourg runs a French *contrat de ville*. See docs/house.md for how the code is laid out."""
