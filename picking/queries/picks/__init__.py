"""Sets of picks, what two of them share, and which are worth looking at."""
