"""`make check`: are there known weaknesses in the packages that are installed? Python's and the page's.

Asks public services. Where one does not answer soon, it is left out, and a line says so.
"""

import json
import subprocess
import sys
import urllib.request
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent
ANSWERS_WITHIN_SECONDS = 5
ALL_WITHIN_SECONDS = 120
ASKED_OF = "https://pypi.org/pypi/pip/23.0/json"
"""An old release that has advisories: an index that tells of none here is a copy without them."""


def main() -> None:
    """Exits with 1 where something is known, with a line for each."""
    known = [*python_packages(), *page_packages()]
    sys.exit("\n".join(known) or None)


def python_packages() -> list[str]:
    """What is known of the packages of this environment."""
    try:
        with urllib.request.urlopen(ASKED_OF, timeout=ANSWERS_WITHIN_SECONDS) as answer:
            reachable = bool(json.load(answer).get("vulnerabilities"))
    except (OSError, ValueError):
        reachable = False
    if not reachable:
        print("pip-audit: skipped, as no source of advisories answers here")
        return []
    told = _asked(
        [sys.executable, "-m", "pip_audit", "--local", "--format", "json", "--timeout", str(ANSWERS_WITHIN_SECONDS)]
    )
    if told is None:
        print("pip-audit: skipped, as its source of advisories does not answer")
        return []
    looked_at = [each for each in told["dependencies"] if "vulns" in each]
    print(f"pip-audit: {len(looked_at)} packages compared with advisories")
    return [
        f"{each['name']} {each['version']}: {found['id']}, mended in {', '.join(found['fix_versions']) or 'no version'}"
        for each in looked_at
        for found in each["vulns"]
    ]


def page_packages() -> list[str]:
    """What is known of the packages that the page is built from."""
    fetching = [f"--fetch-timeout={1000 * ANSWERS_WITHIN_SECONDS}", "--fetch-retries=0"]
    told = _asked(["npm", "--prefix", str(ROOT / "frontend"), "audit", "--json", *fetching])
    if told is None or "vulnerabilities" not in told:
        print("npm audit: skipped, as no source of advisories answers here")
        return []
    print(f"npm audit: {told['metadata']['dependencies']['total']} packages compared with advisories")
    return [f"{name}: {found['severity']}, see npm audit" for name, found in told["vulnerabilities"].items()]


def _asked(command: list[str]) -> Any:
    """What it prints as JSON. None where it prints something else, or takes too long."""
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=ALL_WITHIN_SECONDS, check=False)
        return json.loads(done.stdout)
    except (subprocess.TimeoutExpired, ValueError):
        return None


if __name__ == "__main__":
    main()
