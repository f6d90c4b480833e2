"""The server's people and what its administrators look at."""
