"""Names of files in a package, which the web server and file system of every LMS must accept."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection

# How long a path in a package may be: LMSs unzip packages into folders whose names are long, too.
PATH_LIMIT = 200
_UNSAFE = re.compile(r"[^a-z0-9._/-]+")
_RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\.|$)")


def safe_path(path: str) -> str:
    """A relative path that every LMS's web server and file system accepts: `[a-z0-9._/-]`, without names that
    Windows reserves.
    """
    plain = unicodedata.normalize("NFKD", path).encode("ascii", "ignore").decode().lower()
    parts = [_UNSAFE.sub("-", part).strip(".-") or "file" for part in plain.split("/")]
    return "/".join(f"x-{part}" if _RESERVED.match(part) else part for part in parts)


def untaken(wanted: str, taken: Collection[str]) -> str:
    """The path, with a number before its extension if it is already used."""
    stem, dot, ending = wanted.rpartition(".")
    path, number = wanted, 2
    while path in taken:
        path = f"{stem}-{number}{dot}{ending}" if dot and "/" not in ending else f"{wanted}-{number}"
        number += 1
    return path
