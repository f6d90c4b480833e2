"""Labels, comments, sets of picks, and coordinates of other programs."""
