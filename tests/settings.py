"""Production settings with a test's environment: nothing here may loosen what a visitor meets.

The environment is set, not defaulted: what the caller's shell holds must not change what is tested.
VAR_DIR and DATABASE_URL come from tests/harness.py.
"""

import os
import secrets
from pathlib import Path

from config.legal_notice import NEEDED_TO_START

# By default files are in VAR_DIR; in a store for a command that tests/core/test_s3_storage.py starts.
os.environ.pop("FILES_URL", None)
if tested := os.environ.get("TESTED_FILES_URL"):
    os.environ["FILES_URL"] = tested
os.environ.update(
    SECRET_KEY=secrets.token_urlsafe(64),
    SITE_URL="http://localhost",
    ALLOWED_HOSTS="localhost,127.0.0.1,testserver",
    CACHE_URL="locmem://",
    EMAIL_URL="memory://",
    STAFF_SECOND_FACTOR="not asked",
    DEMONSTRATION="no",
    **dict.fromkeys((name.upper() for name in NEEDED_TO_START), "Établissement d’exemple"),
    # Another country's, in the runs that tests/abroad/test_abroad.py starts.
    PROGRAMME_FILE=os.environ.get("TESTED_PROGRAMME", str(Path(__file__).parent.parent / "data" / "clusters.json")),
    # No test asks anybody outside: those of the client bring recorded answers.
    ASK_REGISTRIES="no",
    # Tests of it turn it on: to load the model takes memory.
    SEARCH_BY_MEANING="no",
    # Nobody listens there: tests/accounts/provider.py puts a provider of its own in their place.
    SIGN_IN_WITH="campus,orcid,proconnect",
    SIGN_IN_CAMPUS_NAME="Université d’exemple",
    SIGN_IN_CAMPUS_ISSUER="http://127.0.0.1:9/campus",
    SIGN_IN_CAMPUS_CLIENT_ID="cathedra",
    SIGN_IN_CAMPUS_SECRET="of campus",
    SIGN_IN_CAMPUS_DOMAINS="campus.example",
    SIGN_IN_CAMPUS_SECOND_FACTOR="https://refeds.org/profile/mfa,mfa",
    SIGN_IN_ORCID_ISSUER="http://127.0.0.1:9/orcid",
    SIGN_IN_ORCID_CLIENT_ID="APP-CATHEDRA",
    SIGN_IN_ORCID_SECRET="of orcid",
    SIGN_IN_PROCONNECT_ISSUER="http://127.0.0.1:9/proconnect",
    SIGN_IN_PROCONNECT_CLIENT_ID="cathedra",
    SIGN_IN_PROCONNECT_SECRET="of proconnect",
    SIGN_IN_PROCONNECT_LEVELS="eidas1,eidas1-mfa,eidas2,eidas3",
    SIGN_IN_PROCONNECT_SECOND_FACTOR="eidas1-mfa,eidas2,eidas3",
)

from config.settings import *  # noqa: E402, F403
from config.settings import ACCOUNT_RATE_LIMITS, DATABASES, STORAGES, VAR_DIR  # noqa: E402

# A file, as in production: a database in memory has no write-ahead log and shares one connection with the live server.
DATABASES["default"].setdefault("TEST", {})
if DATABASES["default"]["ENGINE"] == "core.fair_sqlite":
    DATABASES["default"]["TEST"] = {"NAME": str(Path(VAR_DIR) / "test.sqlite3")}

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # speed: no test is about hashing
STORAGES = {**STORAGES, "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
# Nothing is collected in tests: static files are served from where they are written.
WHITENOISE_AUTOREFRESH = True
WHITENOISE_USE_FINDERS = True
TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}

# One address asks for all of what the tests ask for; a test of a limit sets its own.
ACCOUNT_RATE_LIMITS = {**ACCOUNT_RATE_LIMITS, "begin_proposal": "100000/m/ip"}
LIST_FILES_A_MINUTE = API_REQUESTS_A_MINUTE = 10**9
