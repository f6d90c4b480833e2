"""Which files the frontend was built into."""

import json
from functools import lru_cache
from typing import Any

from django.conf import settings


@lru_cache
def built_entry(source: str = "index.html") -> dict[str, Any] | None:
    """Vite's entry for a source: `file` and `css`, with the hashes of their content in their names."""
    manifest: dict[str, dict[str, Any]]
    try:
        manifest = json.loads((settings.FRONTEND_DIST / ".vite" / "manifest.json").read_text())
    except FileNotFoundError:
        return None
    return manifest.get(source)
