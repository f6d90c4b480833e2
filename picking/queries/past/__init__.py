"""What a project was before: its history and what can be brought back."""
