"""Signing in: the server's address and a token, tried before they are kept."""

import argparse
import getpass
import sys
from pathlib import Path

from cryoweb_client import config
from cryoweb_client.errors import CryoWebError
from cryoweb_client.server import CryoWeb


def sign_in(asked: argparse.Namespace) -> None:
    address = asked.address if "://" in asked.address else f"http://{asked.address}"
    token = _token(asked.token_file)
    if not token:
        raise CryoWebError(f"A token is needed. {config.HOW}")
    with CryoWeb(address, token) as server:
        me = server.me()
    config.save(config.SignIn(address, token), config.config_path())
    until = f", until {me['token']['expires_at'][:10]}" if me.get("token") else ""
    print(f"Signed in to {address} as {me['username']}{until}.", file=sys.stderr)


def sign_out(asked: argparse.Namespace) -> None:
    """The token itself holds on until it expires or is revoked on the page."""
    config.config_path().unlink(missing_ok=True)
    print("Signed out. To end the token itself, revoke it under your name → Access tokens.", file=sys.stderr)


def _token(file: Path | None) -> str:
    if file is None:
        return getpass.getpass("Token (from your name → Access tokens): ").strip()
    return (sys.stdin.read() if str(file) == "-" else file.read_text()).strip()
