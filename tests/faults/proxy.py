"""The proxy of docs/self-hosting.md, run as it is printed there but for names and ports."""

from __future__ import annotations

import os
import re
import shutil
import socket
import ssl
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.site import HOST, ROOT, Site, free_port

NAME = "study.example.com"
MISSING = "nginx is not here, which stands before the site. Install it: apt-get install nginx-light"
AROUND = """\
daemon off;
pid {folder}/pid;
error_log {folder}/errors;
{user}
events {{ worker_connections 512; }}
http {{
    access_log off;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
{servers}
}}
"""


@dataclass(frozen=True)
class Proxy:
    """Where the proxy speaks TLS."""

    port: int

    def connect(self, timeout: float = 20) -> ssl.SSLSocket:
        """Open a connection; the certificate is the proxy's own, so nobody vouches for it."""
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
        plain = socket.create_connection((HOST, self.port), timeout=timeout)
        return context.wrap_socket(plain, server_hostname=NAME)


def printed() -> str:
    text = (ROOT / "docs/self-hosting.md").read_text()
    [found] = re.findall(r"```nginx\n(.*?)```", text, re.DOTALL)
    return str(found)


def adapted(site: Site, folder: Path, port: int) -> str:
    """Return the printed servers with ports of this machine and the certificate of the folder."""
    changes = {
        "listen 443 ssl": f"listen {HOST}:{port} ssl",
        "listen 80": f"listen {HOST}:{free_port()}",
        f"/etc/ssl/{NAME}.pem": f"{folder}/certificate",
        f"/etc/ssl/{NAME}.key": f"{folder}/key",
        "http://127.0.0.1:8000": site.address,
    }
    text = printed()
    for before, after in changes.items():
        assert text.count(before) == 1, before
        text = text.replace(before, after)
    return text


@contextmanager
def proxy(site: Site, folder: Path) -> Iterator[Proxy]:
    """Run nginx in front of a site."""
    program = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin") or ""
    if not program:
        pytest.fail(MISSING) if os.environ.get("CI") else pytest.skip(MISSING)
    certify(folder)
    port = free_port()
    user = "user root;" if os.geteuid() == 0 else ""  # the folder is ours alone
    servers = adapted(site, folder, port)
    settings = folder / "nginx.conf"
    settings.write_text(AROUND.format(folder=folder, user=user, servers=servers))
    process = subprocess.Popen([program, "-e", folder / "errors", "-c", settings])
    try:
        wait_for(Proxy(port), process, folder)
        yield Proxy(port)
    finally:
        process.terminate()
        process.wait(20)


def certify(folder: Path) -> None:
    """Make a certificate that nobody signed."""
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1",
         "-nodes", "-days", "1", "-subj", f"/CN={NAME}", "-keyout", folder / "key", "-out",
         folder / "certificate"],
        check=True, capture_output=True,
    )  # fmt: skip


def wait_for(there: Proxy, process: subprocess.Popen[bytes], folder: Path) -> None:
    for _ in range(50):
        with suppress(OSError), there.connect():
            return
        assert process.poll() is None, (folder / "errors").read_text()
        time.sleep(0.1)
    raise AssertionError("nginx does not listen")
