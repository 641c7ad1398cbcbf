"""What an operator does to a site: commands, and questions to it."""

from __future__ import annotations

import subprocess
import sys
import urllib.error
import urllib.request

from tests.site import ROOT, Site


def manage(site: Site, *arguments: str, **settings: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "manage.py", *arguments],
        cwd=ROOT,
        env=site.environment | settings,
        text=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )


def said(process: subprocess.Popen[str]) -> tuple[int, str]:
    text, _ = process.communicate(timeout=120)
    return process.returncode, text


def ask(site: Site, path: str) -> tuple[int, str]:
    try:
        with urllib.request.urlopen(f"{site.address}{path}", timeout=20) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, error.read().decode()
