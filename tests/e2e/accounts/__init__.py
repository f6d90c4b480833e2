"""Signing in, people, tokens and what each may see."""
