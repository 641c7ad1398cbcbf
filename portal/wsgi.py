"""The application Gunicorn serves. Loads the courses first: a broken course stops the start."""

from __future__ import annotations

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")
application = get_wsgi_application()

from content import library  # noqa: E402 - the apps must be ready first

try:
    library.load()
except library.LibraryError as error:
    raise SystemExit(str(error)) from None
