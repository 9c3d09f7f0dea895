"""Reorganisations as a whole: what a decision does to units and to all that is due from them."""
