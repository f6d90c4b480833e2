"""What a person waits for in the page."""
