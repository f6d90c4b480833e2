"""Marks and comments on micrographs, and sets of picks beside those of the trainings."""
