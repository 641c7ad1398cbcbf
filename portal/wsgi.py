"""The application Gunicorn serves. Loads the courses first: a broken course stops the start.

What every request needs is loaded before workers are made of this process: they share it."""

from __future__ import annotations

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")
application = get_wsgi_application()

from django.conf import settings  # noqa: E402 - the apps must be ready first
from django.urls import reverse  # noqa: E402 - the same
from django.utils import translation  # noqa: E402 - the same

from content import library  # noqa: E402 - the same

try:
    library.load()
except library.LibraryError as error:
    raise SystemExit(str(error)) from None

for language, _ in settings.LANGUAGES:
    with translation.override(language):
        reverse("home")  # views, forms and words
