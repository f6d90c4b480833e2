"""Micrographs and their files: how they come in, what is said of them, how they go."""
