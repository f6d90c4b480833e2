"""What a project looks like, now and in the past."""
