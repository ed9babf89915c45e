"""Names of files in a package, which every LMS's web server and file system must take."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection

# How long a package's path may be: LMSs unzip into folders with long names of their own.
PATH_LIMIT = 200
_UNSAFE = re.compile(r"[^a-z0-9._/-]+")
_RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\.|$)")


def safe_path(path: str) -> str:
    """A relative path as every LMS's web server and file system takes it: `[a-z0-9._/-]`, no name that Windows reserves."""
    plain = unicodedata.normalize("NFKD", path).encode("ascii", "ignore").decode().lower()
    parts = [_UNSAFE.sub("-", part).strip(".-") or "file" for part in plain.split("/")]
    return "/".join(f"x-{part}" if _RESERVED.match(part) else part for part in parts)


def untaken(wanted: str, taken: Collection[str]) -> str:
    """The path, with a number before its ending where it is taken."""
    stem, dot, ending = wanted.rpartition(".")
    path, number = wanted, 2
    while path in taken:
        path = f"{stem}-{number}{dot}{ending}" if dot and "/" not in ending else f"{wanted}-{number}"
        number += 1
    return path
