"""Micrographs and the marks, comments and picks that a reader may see of them."""
