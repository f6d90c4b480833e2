"""Projects, their history and settings."""
