"""The site's own settings, made quick and self-contained for the unit tests."""

from __future__ import annotations

import os
import tempfile

_data = tempfile.mkdtemp(prefix="gantry-tests-")
for _name in [name for name in os.environ if name.startswith("PORTAL_")]:
    del os.environ[_name]
os.environ["PORTAL_DATA_DIR"] = _data
os.environ.setdefault("DATABASE_URL", "sqlite://:memory:")

from portal.settings import *  # noqa: E402

if DATABASES["default"]["ENGINE"].endswith("sqlite3"):  # noqa: F405
    DATABASES["default"]["TEST"] = {"NAME": f"{_data}/test.sqlite3"}  # noqa: F405 - threads share a file
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES["staticfiles"]["BACKEND"] = "django.contrib.staticfiles.storage.StaticFilesStorage"  # noqa: F405
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
WHITENOISE_AUTOREFRESH = True
