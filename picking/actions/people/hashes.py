"""What is kept of a secret that was given to somebody."""

import hashlib


def hash_of(text: str) -> str:
    """Its SHA-256. Plain is enough: these secrets are long and random, so none can be guessed from it."""
    return hashlib.sha256(text.encode()).hexdigest()
