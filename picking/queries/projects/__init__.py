"""A project as a whole, the list of them, its queue and its progress."""
