"""CryoWeb's settings with trainings that end in seconds: they find the discs of simulated micrographs all the same."""

from cryoweb.settings import *  # noqa: F403
from cryoweb.settings import CONTENT_SECURITY_POLICY

CRYOWEB_NETWORKS = {
    "particle": {"steps": 100, "warm_steps": 30, "batch": 12},
    "contamination": {"steps": 60, "warm_steps": 20, "batch": 12},
}
# Playwright's `wait_for_function` needs it; test_content_security.py takes it away again.
CONTENT_SECURITY_POLICY["DIRECTIVES"]["script-src"].append("'unsafe-eval'")
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # others take half a second each time
