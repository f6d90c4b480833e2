"""Trainings, picks and what is judged of them."""
