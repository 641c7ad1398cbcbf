"""Reads and checks AWS's signature of a request, version 4. Pure."""

from __future__ import annotations

import hmac
import posixpath
import re
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from urllib.parse import parse_qsl, quote, unquote

_ALGORITHM = "AWS4-HMAC-SHA256"
_HEADER = re.compile(
    rf"{_ALGORITHM} "
    r"Credential=(?P<key>[A-Z0-9]{16,32})/(?P<date>\d{8})/(?P<region>[a-z0-9-]{1,40})"
    r"/(?P<service>[a-z0-9-]{1,40})/aws4_request,\s*"
    r"SignedHeaders=(?P<headers>[a-z0-9;-]{1,2000}),\s*"
    r"Signature=(?P<signature>[0-9a-f]{64})"
)


@dataclass(frozen=True, slots=True)
class Signature:
    """What an Authorization header says."""

    access_key_id: str
    date: str
    region: str
    service: str
    headers: tuple[str, ...]
    value: str

    @property
    def scope(self) -> str:
        return f"{self.date}/{self.region}/{self.service}/aws4_request"

    @property
    def text(self) -> str:
        """The header again, in the one form that nobody can read otherwise."""
        return (
            f"{_ALGORITHM} Credential={self.access_key_id}/{self.scope}, "
            f"SignedHeaders={';'.join(self.headers)}, Signature={self.value}"
        )


@dataclass(frozen=True, slots=True)
class Signed:
    """A request as it was sent: the path and the query still escaped, headers in lower case."""

    method: str
    path: str
    query: str
    headers: Mapping[str, str]
    body: bytes


def read(header: str) -> Signature | None:
    """Return what the Authorization header says, or None when it is none of version 4."""
    match = _HEADER.fullmatch(header.strip())
    if match is None:
        return None
    return Signature(
        access_key_id=match["key"],
        date=match["date"],
        region=match["region"],
        service=match["service"],
        headers=tuple(match["headers"].split(";")),
        value=match["signature"],
    )


def is_right(signature: Signature, request: Signed, secret: str) -> bool:
    """Whether who knows the secret has signed exactly this request."""
    return hmac.compare_digest(_signature(signature, request, secret), signature.value)


def _signature(signature: Signature, request: Signed, secret: str) -> str:
    key = f"AWS4{secret}".encode()
    for part in (signature.date, signature.region, signature.service, "aws4_request"):
        key = hmac.digest(key, part.encode(), sha256)
    canonical = sha256(_canonical(signature, request).encode()).hexdigest()
    stamp = request.headers.get("x-amz-date", "")
    text = f"{_ALGORITHM}\n{stamp}\n{signature.scope}\n{canonical}"
    return hmac.digest(key, text.encode(), sha256).hex()


def _canonical(signature: Signature, request: Signed) -> str:
    headers = [
        f"{name}:{' '.join(request.headers.get(name, '').split())}" for name in signature.headers
    ]
    return "\n".join(
        [
            request.method,
            _canonical_path(request.path),
            _canonical_query(request.query),
            *headers,
            "",
            ";".join(signature.headers),
            sha256(request.body).hexdigest(),
        ]
    )


def _canonical_path(path: str) -> str:
    normal = posixpath.normpath(path or "/").replace("//", "/")
    if path.endswith("/") and normal != "/":
        normal += "/"
    return quote(normal, safe="/~")


def _canonical_query(query: str) -> str:
    pairs = [
        (quote(unquote(name), safe="-_.~"), quote(unquote(value), safe="-_.~"))
        for name, value in parse_qsl(query, keep_blank_values=True)
    ]
    return "&".join(f"{name}={value}" for name, value in sorted(pairs))
