"""The page to print as PDF, by WeasyPrint, which is an optional extra."""

from __future__ import annotations

import importlib.util
import logging
from typing import NoReturn

from quizzes.export import page
from quizzes.export.model import Bundle

HOW_TO_INSTALL = "pip install weasyprint; on Debian also apt-get install libpangoft2-1.0-0"
_IDENTIFIER_SIZE = 16


class MissingExtra(RuntimeError):  # noqa: N818 - said as it is read in a view
    """Something that is not installed is needed; the message says how to install it."""


def is_here() -> bool:
    return importlib.util.find_spec("weasyprint") is not None


def write(bundle: Bundle) -> bytes:
    """Return the PDF. Raises MissingExtra. Nothing is loaded from anywhere."""
    for name in ("weasyprint", "weasyprint.progress"):  # a line a page, and of what is for screens
        logging.getLogger(name).setLevel(logging.ERROR)
    try:
        from weasyprint import HTML  # noqa: PLC0415 - an optional extra, slow to import
    except (ImportError, OSError) as error:  # OSError: the Pango it draws with is not here
        raise MissingExtra(f"PDF needs WeasyPrint. Install it: {HOW_TO_INSTALL}") from error
    document = HTML(string=page.write(bundle).decode(), url_fetcher=_refuse)
    made: bytes = document.write_pdf(pdf_identifier=bytes(_IDENTIFIER_SIZE))
    return made


def _refuse(url: str, *_: object, **__: object) -> NoReturn:
    raise ValueError(f"A page to print loads nothing, not even {url}")
