"""Accepts requests only from a browser on this machine, from the preview's own pages (ASGI middleware).

A page on the web can send requests to a local address, and by DNS rebinding even read the answers; it cannot choose the
headers Host, Origin and Sec-Fetch-Site.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable, MutableMapping
from typing import Any

from scormgen.rendering.csp import STRICT

Scope = MutableMapping[str, Any]
App = Callable[[Scope, Any, Any], Awaitable[None]]
# Everything is served from here; a course must also work in LMSs with strict policies.
_POLICY = f"{STRICT}; frame-ancestors 'self'"


class Guard:
    """Refuses requests that do not come from the preview with 403, and adds headers to every response."""

    def __init__(self, app: App, port: int) -> None:
        self.app = app
        self.hosts = {f"127.0.0.1:{port}", f"localhost:{port}", f"[::1]:{port}"}
        if port == 80:
            self.hosts |= {host.removesuffix(":80") for host in self.hosts}
        self.origins = {f"http://{host}" for host in self.hosts}

    async def __call__(self, scope: Scope, receive: Any, send: Any) -> None:
        if scope["type"] == "websocket":  # there are no web sockets here, and the origin policy does not apply to them
            await send({"type": "websocket.close", "code": 1008})
            return
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        reason = self.refusal(scope["method"], scope["headers"])
        if reason:
            body = f"Refused: {reason}.\n".encode()
            start = {
                "type": "http.response.start",
                "status": 403,
                "headers": [(b"content-type", b"text/plain; charset=utf-8")],
            }
            await send(start)
            await send({"type": "http.response.body", "body": body})
            return

        async def send_guarded(message: MutableMapping[str, Any]) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [
                    *message["headers"],
                    (b"content-security-policy", _POLICY.encode()),
                    (b"cache-control", b"no-store"),
                    (b"x-content-type-options", b"nosniff"),
                    (b"referrer-policy", b"no-referrer"),
                    (b"cross-origin-resource-policy", b"same-origin"),
                ]
            await send(message)

        await self.app(scope, receive, send_guarded)

    def refusal(self, method: str, headers: Iterable[tuple[bytes, bytes]]) -> str:
        """Why a request is refused; '' if it is accepted. A header that occurs several times must be right each
        time.
        """
        given: dict[str, set[str]] = {}
        for name, value in headers:
            given.setdefault(name.decode("latin-1").lower(), set()).add(value.decode("latin-1"))
        if not given.get("host") or given["host"] - self.hosts:
            return "it names another host"
        if given.get("origin", set()) - self.origins or given.get("sec-fetch-site", set()) - {"none", "same-origin"}:
            return "it comes from another site"
        if method == "POST" and {kind.partition(";")[0].strip() for kind in given.get("content-type", {""})} != {
            "application/json"
        }:
            return "it is not JSON"  # a form on another site cannot send other types without a preflight request
        return ""
