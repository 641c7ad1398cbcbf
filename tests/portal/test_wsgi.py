"""What Gunicorn loads before it makes workers of itself."""

from __future__ import annotations

import subprocess
import sys

from tests.site import ROOT

LOADS = """
import os, sys
os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
import portal.wsgi
from django.db import connection
wanted = ["quizzes.views", "classes.views", "labs.views", "accounts.views", "content.views"]
print([name for name in wanted if name not in sys.modules])
print(sorted({"boto3", "botocore", "moto"} & set(sys.modules)), connection.connection)
"""


def test_views_are_loaded_once_for_all_workers_and_no_connection_is_opened():
    done = subprocess.run(
        [sys.executable, "-c", LOADS], cwd=ROOT, capture_output=True, text=True, check=False
    )

    assert (done.stderr, done.stdout.splitlines()) == ("", ["[]", "[] None"])
