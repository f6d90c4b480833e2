"""As people run it, but for what Playwright's `wait_for_function` needs of the Content-Security-Policy."""

from cryoweb.settings import *  # noqa: F403
from cryoweb.settings import CONTENT_SECURITY_POLICY

CONTENT_SECURITY_POLICY["DIRECTIVES"]["script-src"].append("'unsafe-eval'")
