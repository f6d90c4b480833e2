"""Projects: made, changed and deleted, with their members, links and named snapshots."""
