"""Many people, large projects and the queue."""
