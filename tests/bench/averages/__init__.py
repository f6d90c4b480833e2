"""Class averages."""
