"""Accounts, and what lets them in: memberships, invitations, shared links, tokens."""
