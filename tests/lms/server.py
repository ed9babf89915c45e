"""A web server on loopback: packages, the LMS's page, npm's files, and what commits leave behind."""

from __future__ import annotations

import json
import mimetypes
import threading
from dataclasses import dataclass, field
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

HERE = Path(__file__).parent
POLICY = "default-src 'self'; style-src 'self'; img-src 'self' data:"


@dataclass(slots=True)
class Site:
    """What the server serves and holds. `commits` keeps every commit of an attempt, in order."""

    packages: dict[str, Path] = field(default_factory=dict)
    headers: dict[str, str] = field(default_factory=dict)
    commits: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
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
        roots = {"lms": HERE, "npm": HERE.parent / "node_modules"}
        if kind == "pkg":
            file = self.site.packages[rest[0]].joinpath(*rest[1:])
        else:
            file = roots.get(kind, HERE / "nothing").joinpath(*rest)
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
        query = parse_qs(urlsplit(self.path).query)
        body = self.rfile.read(int(self.headers.get("Content-Length", "0")))
        self.site.commits.setdefault(query["attempt"][0], []).append(json.loads(body))
        self.send_response(204)
        self.end_headers()

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002
        pass


def serve(site: Site) -> ThreadingHTTPServer:
    """Starts the server on a free port; the caller shuts it down."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Handler, site))
    site.port = server.server_address[1]
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server
