"""Zip archives that are the same bytes for the same files."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

_MOMENT = (1980, 1, 1, 0, 0, 0)  # the first that a zip can tell
_READABLE = 0o100644 << 16


def archive(files: Mapping[str, bytes]) -> bytes:
    """Return an archive of these files, in their order."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, data in files.items():
            member = zipfile.ZipInfo(name, _MOMENT)
            member.compress_type = zipfile.ZIP_DEFLATED
            member.external_attr = _READABLE
            member.create_system = 3
            packed.writestr(member, data)
    return out.getvalue()
