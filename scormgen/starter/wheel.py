"""The scormgen that runs, as a wheel: what a workspace is given whose workflow has nowhere else to get it from.

Apart from `origin` because it reads an installation, which is a checkout, a folder of packages, or none at all.
"""

from __future__ import annotations

import base64
import hashlib
import io
import json
import re
import zipfile
from collections.abc import Iterator, Mapping
from importlib import metadata
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from scormgen import __version__

_PACKAGE = Path(__file__).parents[1]
_EARLIEST = (1980, 1, 1, 0, 0, 0)  # the earliest time that a zip can name
_NAME = re.compile(r"[A-Za-z0-9][\w.-]*")


class Installed(NamedTuple):
    """Where pip got this scormgen: its address with the commit, '' for a package index, None for a file or folder of
    this machine.
    """

    address: str | None
    needs: tuple[str, ...]  # what it needs, as lines of requirements.txt with the versions that run here


def read_installed() -> Installed | None:
    """What is known of this installation; None if scormgen runs without being installed."""
    try:
        distribution = metadata.distribution("scormgen")
    except metadata.PackageNotFoundError:
        return None
    if distribution.version != __version__:  # another one is installed than runs
        return Installed(None, _needs(distribution))
    direct = json.loads(distribution.read_text("direct_url.json") or "null")  # PEP 610: none where an index had it
    return Installed("" if direct is None else address_of(direct), _needs(distribution))


def address_of(direct: Mapping[str, Any]) -> str | None:
    url = str(direct.get("url", ""))
    if urlsplit(url).username and url.startswith("https://"):
        return None  # a name or a password, and requirements.txt is committed
    if "vcs_info" in direct and url.startswith(("https://", "ssh://")):
        return f"git+{url}@{direct['vcs_info']['commit_id']}"
    return url if "archive_info" in direct and url.startswith("https://") else None


def _needs(distribution: metadata.Distribution) -> tuple[str, ...]:
    """All that a distribution needs, by name, at the version that is installed; what is not, another platform needs."""
    versions: dict[str, str] = {}
    waiting = [distribution]
    while waiting:
        for requirement in waiting.pop().requires or ():
            name = _NAME.match(requirement)
            if name is None or "extra ==" in requirement:
                continue
            key = re.sub(r"[-_.]+", "-", name[0]).lower()
            if key not in versions:
                try:
                    other = metadata.distribution(key)
                except metadata.PackageNotFoundError:
                    continue
                versions[key] = other.version
                waiting.append(other)
    return tuple(f"{name}=={versions[name]}" for name in sorted(versions))


def wheel_name() -> str:
    return f"scormgen-{__version__}-py3-none-any.whl"


def render_wheel() -> bytes:
    """This scormgen as a wheel, the same bytes each time. Raises PackageNotFoundError if it is not installed."""
    info = f"scormgen-{__version__}.dist-info"
    about = metadata.distribution("scormgen").read_text("METADATA") or ""
    files = dict(sorted(_sources()))
    files[f"{info}/METADATA"] = re.sub(r"(?m)^Version: .*$", f"Version: {__version__}", about, count=1).encode()
    files[f"{info}/WHEEL"] = b"Wheel-Version: 1.0\nGenerator: scormgen new\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
    files[f"{info}/entry_points.txt"] = b"[console_scripts]\nscormgen = scormgen.cli:main\n"
    files[f"{info}/licenses/LICENSE"] = files["scormgen/LICENSE"]
    files[f"{info}/RECORD"] = _record(files, f"{info}/RECORD")
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as wheel:
        for name, data in files.items():
            entry = zipfile.ZipInfo(name, _EARLIEST)
            entry.create_system, entry.external_attr, entry.compress_type = 3, 0o100644 << 16, zipfile.ZIP_DEFLATED
            wheel.writestr(entry, data)
    return content.getvalue()


def _sources() -> Iterator[tuple[str, bytes]]:
    """scormgen's files, with the themes and the licence that are beside the package in a checkout and inside it when
    installed.
    """
    outside = [_PACKAGE.parent / name for name in ("themes", "LICENSE") if not (_PACKAGE / name).exists()]
    for top in (_PACKAGE, *outside):
        for path in (top, *top.rglob("*")):
            if path.is_file() and "__pycache__" not in path.parts:
                inside = path.relative_to(_PACKAGE if top == _PACKAGE else _PACKAGE.parent)
                yield f"scormgen/{inside.as_posix()}", path.read_bytes()


def _record(files: dict[str, bytes], record_path: str) -> bytes:
    def line(name: str, data: bytes) -> str:
        digest = base64.urlsafe_b64encode(hashlib.sha256(data).digest()).rstrip(b"=").decode()
        return f"{name},sha256={digest},{len(data)}\n"

    return "".join([*(line(name, data) for name, data in files.items()), f"{record_path},,\n"]).encode()
