"""Tokens, sessions, failed attempts to sign in; where they look, how long they work."""
