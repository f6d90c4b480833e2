"""Other programs on the same micrographs."""
