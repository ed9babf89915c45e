"""A web server on loopback: packages, the LMS's page, npm's files, what commits leave behind, and faults of the requests that bring them."""

from __future__ import annotations

import json
import mimetypes
import sys
import threading
from dataclasses import dataclass, field
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, Literal
from urllib.parse import parse_qs, unquote, urlsplit

HERE = Path(__file__).parent
ROOTS = {
    "lms": HERE,
    "npm": HERE.parent / "node_modules",
    "sim": HERE.parents[1] / "scormgen" / "preview" / "static" / "lms",
}
POLICY = "default-src 'self'; style-src 'self'; img-src 'self' data:"


# 500: an error; 303: on to the login page, as after a session has expired; refused: the connection ends without an answer; lost:
# success is answered, and nothing is stored.
Fault = Literal["500", "303", "refused", "lost"]


@dataclass(slots=True)
class Site:
    """What the server serves and holds.

    `commits` keeps the data model of every commit of scorm-again, `databases` what the other run-times have stored, by attempt.
    """

    packages: dict[str, Path] = field(default_factory=dict)
    headers: dict[str, str] = field(default_factory=dict)
    commits: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    databases: dict[str, dict[str, str]] = field(default_factory=dict)
    fault: Fault | None = None
    requests: list[str] = field(default_factory=list)
    port: int = 0

    @property
    def origin(self) -> str:
        return f"http://127.0.0.1:{self.port}"


class _Handler(BaseHTTPRequestHandler):
    def __init__(self, site: Site, *args: Any) -> None:
        self.site = site
        super().__init__(*args)

    def do_GET(self) -> None:
        path = unquote(urlsplit(self.path).path)
        self.site.requests.append(path)
        _, kind, *rest = path.split("/")
        if path == "/login":
            self.answer(200, b"<h1>Log in</h1>")
            return
        if path == "/favicon.ico":  # some builds of Chromium ask for it, and write a 404 to the page's console
            self.answer(204)
            return
        if kind == "pkg":
            file = self.site.packages[rest[0]].joinpath(*rest[1:])
        else:
            file = ROOTS.get(kind, HERE / "nothing").joinpath(*rest)
        if not file.is_file():
            self.send_error(404)
            return
        content = file.read_bytes()
        self.send_response(200)
        self.send_header("Content-Type", mimetypes.guess_type(file.name)[0] or "application/octet-stream")
        self.send_header("Content-Length", str(len(content)))
        for name, value in self.site.headers.items() if kind == "pkg" else ():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(content)

    def do_POST(self) -> None:
        address = urlsplit(self.path)
        body = self.rfile.read(int(self.headers.get("Content-Length", "0")))
        match self.site.fault:
            case "500":
                self.answer(500)
            case "303":
                self.answer(303, Location="/login")
            case "refused":
                self.close_connection = True
            case "lost":
                self.answer(200, b"true\n0")
            case None:
                attempt = parse_qs(address.query)["attempt"][0]
                if address.path == "/lms/commit":
                    self.site.commits.setdefault(attempt, []).append(json.loads(body))
                else:
                    self.site.databases.setdefault(attempt, {}).update(json.loads(body))
                self.answer(200, b"true\n0")

    def answer(self, status: int, body: bytes = b"", **headers: str) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002
        pass


class _Server(ThreadingHTTPServer):
    def handle_error(self, request: Any, client_address: Any) -> None:
        """A browser that goes away in the middle of an answer is no fault of the test's."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)


def serve(site: Site) -> ThreadingHTTPServer:
    """Starts the server on a free port; the caller shuts it down."""
    server = _Server(("127.0.0.1", 0), partial(_Handler, site))
    site.port = server.server_address[1]
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server
