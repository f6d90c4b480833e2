"""Coordinates of one format into another, without a server: `python -m picking.science.convert IN… OUT`.

Written is a temporary file or folder, which is read back, compared, and only then given its name.
"""
