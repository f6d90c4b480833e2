"""CryoWeb's settings with an empty data folder of their own."""

import atexit
import os
import shutil
import tempfile

DATA_FOR_TESTS = tempfile.mkdtemp(prefix="cryoweb-test-")
atexit.register(shutil.rmtree, DATA_FOR_TESTS, ignore_errors=True)
os.environ["CRYOWEB_DATA"] = DATA_FOR_TESTS
for name in ("CRYOWEB_DATABASE_URL", "CRYOWEB_REDIS_URL", "CRYOWEB_DATA_ROOTS", "HOST"):
    os.environ.pop(name, None)

from cryoweb.settings import *  # noqa: E402, F403
from cryoweb.settings import DATABASES  # noqa: E402

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
WHITENOISE_AUTOREFRESH = True  # else each client of a test looks through all static files before its first request
CRYOWEB_RATE_LIMITS = False
CRYOWEB_FIRST_GUESS = False  # tests of it turn it on: any other import would queue a job more
DATABASES["default"]["TEST"] = {"NAME": f"{DATA_FOR_TESTS}/test.sqlite3"}
DATABASES["default"]["OPTIONS"]["init_command"] += " PRAGMA synchronous=OFF;"  # no test cuts the power
