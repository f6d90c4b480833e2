"""Where the address of the server and the token are kept: one file that only its owner may read."""

import json
import os
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

from cryoweb_client.errors import NotSignedIn

HOW = "Sign in with “cryoweb signin ADDRESS”; CryoWeb makes tokens under your name → Access tokens."


@dataclass(frozen=True)
class SignIn:
    """`address`: of the server, such as https://cryoweb.example.org. `token`: the text that CryoWeb showed once."""

    address: str
    token: str


def config_path(environment: Mapping[str, str] = os.environ) -> Path:
    """CRYOWEB_CONFIG, else `cryoweb/config.json` where programs keep such files."""
    if given := environment.get("CRYOWEB_CONFIG"):
        return Path(given)
    base = environment.get("XDG_CONFIG_HOME") or Path.home() / ".config"
    return Path(base) / "cryoweb" / "config.json"


def save(signin: SignIn, path: Path) -> None:
    """Writes the file whole, with mode 600 from its first byte."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    unfinished = path.with_name(f"{path.name}.{os.getpid()}")
    descriptor = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "w") as file:
            json.dump(asdict(signin), file)
        unfinished.replace(path)
    finally:
        unfinished.unlink(missing_ok=True)


def load(environment: Mapping[str, str] = os.environ) -> SignIn:
    """CRYOWEB_ADDRESS and CRYOWEB_TOKEN where they are set, else what was saved. Raises NotSignedIn."""
    path = config_path(environment)
    kept = _kept(path)
    address = environment.get("CRYOWEB_ADDRESS") or kept.get("address")
    token = environment.get("CRYOWEB_TOKEN") or kept.get("token")
    if not address or not token:
        raise NotSignedIn(401, f"You are not signed in to any server. {HOW}")
    return SignIn(address, token)


def _kept(path: Path) -> dict[str, str]:
    try:
        kept = json.loads(path.read_text())
        return {"address": str(kept["address"]), "token": str(kept["token"])}
    except FileNotFoundError:
        return {}
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise NotSignedIn(401, f"{path} cannot be read ({error}). {HOW}") from error
