"""The settings of the tests: production's own, on a throw-away FAUBOURG_HOME and the runner's database."""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

_home = Path(tempfile.mkdtemp(prefix="faubourg-tests-", dir=os.environ.get("FAUBOURG_TEST_DIR")))
atexit.register(shutil.rmtree, _home, ignore_errors=True)

for _name in [name for name in os.environ if name.startswith("FAUBOURG_") and not name.startswith("FAUBOURG_TEST_")]:
    del os.environ[_name]
os.environ["FAUBOURG_HOME"] = str(_home)
os.environ["FAUBOURG_SECRET_KEY"] = "a key for the tests, long enough to be one: 0123456789abcdef"
os.environ["DATABASE_URL"] = os.environ.get("FAUBOURG_TEST_DATABASE_URL", f"sqlite:///{_home / 'faubourg.sqlite3'}")

from faubourg.config.settings import *  # noqa: E402, F403
from faubourg.config.settings import CACHES, DATABASES, STATIC_ROOT, STORAGES, TEMPLATES  # noqa: E402
from tests.strict import UnknownVariable  # noqa: E402

STATIC_ROOT.mkdir(parents=True, exist_ok=True)  # whitenoise warns otherwise, and warnings are errors
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
WHITENOISE_AUTOREFRESH = False
SECOND_FACTOR = False  # what asks for it sets it: most stories begin behind the door
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
SHARED_CACHE = CACHES["default"]  # the table is tried in tests/accounts/test_counting.py
CACHES["default"] = CACHES["process"]
TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
TEMPLATES[0]["OPTIONS"]["string_if_invalid"] = UnknownVariable("%s")

_database = DATABASES["default"]
if _database["ENGINE"].endswith("sqlite3"):
    # A file, WAL and IMMEDIATE as in production; only the wait for the disk is left out.
    _database["OPTIONS"]["init_command"] += " PRAGMA synchronous=OFF;"
    _database["TEST"] = {"NAME": str(_home / "test.sqlite3")}
else:
    _database["CONN_MAX_AGE"] = 0
