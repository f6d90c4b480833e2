"""Two sets of picks beside one another, and what several agree on."""
