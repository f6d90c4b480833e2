"""Micrographs, and the ways in which they come."""
