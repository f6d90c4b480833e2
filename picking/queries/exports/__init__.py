"""What leaves a project, and coordinates that come in."""
