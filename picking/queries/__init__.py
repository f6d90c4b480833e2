"""The only reader that turns rows into science types and snapshots, one noun a file."""
