"""Who am I, who takes part, and by which links and tokens."""
