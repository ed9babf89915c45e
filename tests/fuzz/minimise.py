"""The smallest workspace that still fails in the same way: whole files first, then lines, then parts of lines (delta debugging)."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TypeVar

from tests.fuzz.mutants import Files

T = TypeVar("T")
Fails = Callable[[Files], bool]
_TRIES = 600
_LAST = 20  # tries that are kept for the last step


def minimise(files: Files, fails: Fails, tries: int = _TRIES) -> Files:
    """`files` with everything taken out without which `fails` is still true; at most so many tries."""
    left = tries

    def still(candidate: Files) -> bool:
        nonlocal left
        left -= 1
        return left >= 0 and fails(candidate)

    files = _without_files(files, still)
    for separator in (b"\n\n", b"\n", b" ", b""):
        for name in files:
            parts = _split(files[name], separator)
            if len(parts) > 1:
                kept: list[bytes] = _smaller(parts, partial(_still_with, still, files, name, separator))
                files = files | {name: separator.join(kept)}
    left = _LAST
    return _without_files(files, still)  # what a line that is gone needed


def _split(content: bytes, separator: bytes) -> list[bytes]:
    """The parts between separators; single bytes where it is empty."""
    return [*content.split(separator)] if separator else [bytes([byte]) for byte in content]


def _still_with(still: Fails, files: Files, name: str, separator: bytes, parts: list[bytes]) -> bool:
    return still(files | {name: separator.join(parts)})


def _without_files(files: Files, still: Fails) -> Files:
    names = _smaller(list(files), lambda kept: still({name: files[name] for name in kept}))
    return {name: files[name] for name in names}


def _smaller(parts: list[T], still: Callable[[list[T]], bool]) -> list[T]:
    """`parts` without chunks that are not needed, from halves down to single ones."""
    size = max(1, len(parts) // 2)
    while True:
        at = 0
        while at < len(parts):
            candidate = parts[:at] + parts[at + size :]
            if candidate and still(candidate):
                parts = candidate
            else:
                at += size
        if size == 1:
            return parts
        size //= 2
