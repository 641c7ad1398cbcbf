"""What a browser fetches for a page: how many requests, how many bytes, which of them again."""

from __future__ import annotations

import gzip
import socket
from dataclasses import dataclass
from html.parser import HTMLParser

import brotli
import zstandard

from bench.site import Running

BROWSER = "gzip, deflate, br, zstd"  # what browsers offer over TLS


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer as it came: all its bytes count, its head is text."""

    url: str
    head: str
    body: bytes

    @property
    def size(self) -> int:
        return len(self.head) + 4 + len(self.body)

    @property
    def is_kept(self) -> bool:
        """Tell whether a browser does not ask for it again."""
        return "immutable" in self.head

    @property
    def tag(self) -> str:
        """Return the ETag, or the name of nothing."""
        names = (line.partition(": ") for line in self.head.split("\r\n"))
        return next((value for name, _, value in names if name.lower() == "etag"), '""')

    @property
    def text(self) -> str:
        head = self.head.lower()
        if "content-encoding: gzip" in head:
            return gzip.decompress(self.body).decode()
        if "content-encoding: br" in head:
            return brotli.decompress(self.body).decode()
        if "content-encoding: zstd" in head:
            return zstandard.ZstdDecompressor().decompressobj().decompress(self.body).decode()
        return self.body.decode()


@dataclass(frozen=True, slots=True)
class Visit:
    answers: tuple[Answer, ...]
    again: tuple[Answer, ...]  # of what the browser may not use without asking

    @property
    def first(self) -> int:
        return sum(answer.size for answer in self.answers)

    @property
    def second(self) -> int:
        return sum(answer.size for answer in self.again)


class Parts(HTMLParser):
    """Finds what a page makes a browser fetch."""

    def __init__(self) -> None:
        super().__init__()
        self.urls: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        words = (values.get("rel") or "").split()
        if tag == "link" and {"stylesheet", "icon", "preload", "manifest"} & set(words):
            self.urls.append(values.get("href") or "")
        elif tag in ("script", "img", "iframe", "source"):
            self.urls.append(values.get("src") or "")


def visit(site: Running, url: str) -> Visit:
    """Fetch a page and everything it names; then what a browser asks for at the next visit."""
    page = fetch(site, url)
    parts = Parts()
    parts.feed(page.text)
    urls = dict.fromkeys(part for part in parts.urls if part.startswith("/"))
    answers = (page, *(fetch(site, part) for part in urls))
    again = [
        fetch(site, answer.url, If_None_Match=answer.tag)
        for answer in answers
        if not answer.is_kept
    ]
    return Visit(answers, tuple(again))


def fetch(site: Running, url: str, **headers: str) -> Answer:
    request = site.request(url, Accept_Encoding=BROWSER, Connection="close", **headers)
    data = bytearray()
    with socket.create_connection(("127.0.0.1", site.port), timeout=10) as link:
        link.sendall(request.encode())
        while piece := link.recv(1 << 16):
            data += piece
    head, _, body = bytes(data).partition(b"\r\n\r\n")
    return Answer(url, head.decode("latin-1"), body)
