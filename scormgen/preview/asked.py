"""Parses requests: JSON of the size and types that the preview's own pages send; otherwise ValueError (400) or 413.

A page under test, or an author's script, may send anything; it must not reach the records or cause an internal error.
"""

from __future__ import annotations

import json
import math
from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request

MAX_BODY = 4 * 1024 * 1024  # bytes: a session's longest commit is some 300 kB
_MOST = 2**53  # the limit of whole numbers in JavaScript; SQLite's is 2**63


_SCALAR = (str, int, float, type(None))


class Asked:
    """The members of a JSON object, each by its type. Raises ValueError if one is missing or has another type."""

    def __init__(self, members: dict[str, Any]) -> None:
        self._members = members

    def text(self, key: str, otherwise: str | None = None) -> str:
        value = self._members.get(key, otherwise)
        if not isinstance(value, str):
            raise ValueError(f"{key} must be a text")
        value.encode()  # half a surrogate pair is not allowed in SQLite and addresses
        return value

    def number(self, key: str) -> int:
        return whole(self._members.get(key), key)

    def suspend_data(self) -> str | None:
        """Suspend data that replaces the stored one; JavaScript leaves out undefined values."""
        value = self._members.get("suspend_data")
        if value is not None and not isinstance(value, str):
            raise ValueError("suspend_data must be a text")
        return value

    def changes(self) -> dict[str, str]:
        value = self._members.get("changes")
        if not isinstance(value, dict) or not all(isinstance(element, str) for element in value.values()):
            raise ValueError("changes must be an object of texts")
        return value

    def calls(self) -> list[dict[str, Any]]:
        value = self._members.get("calls")
        if not isinstance(value, list) or not all(isinstance(call, dict) for call in value):
            raise ValueError("calls must be a list of objects")
        for call in value:
            whole(call.get("number"), "number")
            if not all(isinstance(member, _SCALAR) or _is_texts(member) for member in call.values()):
                raise ValueError("a call must have texts, numbers and lists of texts")
        return value


def whole(value: object, name: str) -> int:
    """A number as ids are, given as such or as the text of an address."""
    if isinstance(value, str) and value.isascii() and value.isdigit() and len(value) < 17:
        value = int(value)
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value <= _MOST:
        raise ValueError(f"{name} must be a whole number")
    return value


def _is_texts(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(item, str) for item in value)


async def read_asked(request: Request) -> Asked:
    """The JSON object of a request; raises ValueError for anything else, HTTPException 413 if it is too long."""
    parts = []
    size = 0
    async for part in request.stream():
        size += len(part)
        if size > MAX_BODY:
            raise HTTPException(413, f"A request may have at most {MAX_BODY} bytes.\n")
        parts.append(part)
    try:
        value = json.loads(b"".join(parts).decode(), parse_constant=_finite, parse_float=_finite)
    except RecursionError:
        raise ValueError("it is nested too deeply") from None
    if not isinstance(value, dict):
        raise ValueError("it is not an object")
    return Asked(value)


def _finite(text: str) -> float:
    """A number; not NaN or Infinity, which Python reads and writes, but which are not JSON."""
    number = float(text)
    if not math.isfinite(number):
        raise ValueError(f"{text[:20]} is not a JSON number")
    return number
