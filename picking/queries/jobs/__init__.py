"""What is due, and class averages."""
