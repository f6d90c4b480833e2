"""Two-dimensional class averages of picks, without references (docs/method.md, 21)."""
