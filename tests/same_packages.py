"""`python -m tests.same_packages A B`: whether two folders hold the same packages, file by file.

CI compares what Windows and macOS have built with what Linux has. The zips themselves may differ there: they are compressed by the
zlib of the machine, and Apple's and zlib-ng (Python 3.14 on Windows) find other matches than zlib.
"""

from __future__ import annotations

import sys
import zipfile
from pathlib import Path


def differences(first: Path, second: Path) -> list[str]:
    """What differs, in words; nothing where all is the same."""
    names = [{path.name for path in folder.iterdir() if path.suffix in (".zip", ".csv")} for folder in (first, second)]
    found = [f"{name} is in one folder only" for name in sorted(names[0] ^ names[1])]
    for name in sorted(names[0] & names[1]):
        one, other = _files(first / name), _files(second / name)
        found += [f"{name}: {inner}" for inner in sorted({*one, *other}) if one.get(inner) != other.get(inner)]
        found += [f"{name}: the order of its files"] if not found and list(one) != list(other) else []
    return found if any(names) else [f"{first} and {second} hold no packages"]


def _files(path: Path) -> dict[str, bytes]:
    if path.suffix != ".zip":
        return {"": path.read_bytes()}
    with zipfile.ZipFile(path) as package:
        return {name: package.read(name) for name in package.namelist()}


if __name__ == "__main__":
    sys.exit("\n".join(differences(Path(sys.argv[1]), Path(sys.argv[2]))) or 0)
