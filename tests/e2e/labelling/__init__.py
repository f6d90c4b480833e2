"""Marks, and several people at once."""
