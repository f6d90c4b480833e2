"""How good the networks are, and how fast they pick."""
