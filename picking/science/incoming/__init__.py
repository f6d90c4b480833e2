"""Coordinates that come in: which micrographs they mean, where on them they lie, and what is odd about them."""
