"""Jobs, trainings, and what else the background workers make."""
