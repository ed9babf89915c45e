"""Where a workspace's workflow installs scormgen from: the address of `new --from`, as a line of requirements.txt.

A module of its own because an address is checked before anything is written: a workflow cannot reach a folder on
this machine, and a password in a committed file is not secret.
"""

from __future__ import annotations

import re
import zipfile
from pathlib import Path, PurePosixPath
from typing import NamedTuple
from urllib.parse import unquote, urlsplit

from scormgen import __version__
from scormgen.problems.report import Failure
from scormgen.starter.wheel import read_installed, render_wheel, wheel_name
from scormgen.text import quoted

WHEELS = "wheels"  # the workspace's folder for a wheel from `--from`
_WHEEL = re.compile(r"scormgen-\d[^-/]*(-[^/]+)?\.whl")
_SOURCE = re.compile(r"scormgen-\d[^/]*\.tar\.gz")
_SCP = re.compile(r"(?P<user>[\w.-]+)@(?P<host>[\w.-]+):(?P<path>[^/].*)")  # git@host:team/scormgen.git
_FORMS = (
    f"a wheel (scormgen-{__version__}-py3-none-any.whl, here or at an https address), "
    "a repository (git+https://…, or https://….git), or a package index (https://…/simple)"
)
_EXAMPLES = f"""\
#
# A wheel in this repository, in the folder {WHEELS}/:
#   ./{WHEELS}/scormgen-{__version__}-py3-none-any.whl
# A Git repository, at a tag or a commit:
#   scormgen @ git+https://git.example.org/team/scormgen.git@v{__version__}
# A package index of your organisation, one that also has scormgen's dependencies (a mirror of PyPI):
#   --index-url https://packages.example.org/simple
#   scormgen=={__version__}
"""
_HEAD = "# Where the workflow in .github/workflows/ installs scormgen from: python -m pip install -r requirements.txt\n"


class Wheel(NamedTuple):
    """A wheel that the workspace gets."""

    name: str
    content: bytes


class Origin(NamedTuple):
    """What requirements.txt says, and the wheel that it names in the workspace."""

    lines: tuple[str, ...] = ()
    wheel: Wheel | None = None


def own_origin() -> Origin | None:
    """Where the scormgen that runs came from, with the versions of all that it needs; None if it is not installed.

    One that came from a folder or file of this machine is packed as a wheel, for a workflow cannot reach that place.
    """
    installed = read_installed()
    if installed is None:
        return None
    if installed.address is None:
        wheel = Wheel(wheel_name(), render_wheel())
        return Origin((f"./{WHEELS}/{wheel.name}", *installed.needs), wheel)
    line = f"scormgen @ {installed.address}" if installed.address else f"scormgen=={__version__}"
    return Origin((line, *installed.needs))


def read_origin(address: str, folder: Path) -> Origin:
    """The wheel, repository or index at an address; a path is relative to `folder`.

    Raises Failure if it is none of them, if a workflow could not reach it, or if it has a password.
    """
    if any(character.isspace() for character in address) or not address:
        raise Failure(f"{quoted(address)} is not an address: give {_FORMS}")
    if scp := _SCP.fullmatch(address):
        address = f"git+ssh://{scp['user']}@{scp['host']}/{scp['path']}"
    return _remote(address) if "://" in address else _local(address, folder)


def requirements(origin: Origin | None) -> str:
    """The text of requirements.txt; without an origin it shows what to write."""
    if origin is None:
        return (
            f"{_HEAD}# Nothing is set yet. Add one of these below, without the #, with your own address.\n{_EXAMPLES}"
        )
    return _HEAD + "".join(f"{line}\n" for line in origin.lines)


def _remote(address: str) -> Origin:
    try:
        parts = urlsplit(address.removeprefix("git+"))
    except ValueError:
        raise Failure(f"{quoted(address)} is not an address: give {_FORMS}") from None
    if parts.password or (parts.username and parts.scheme in ("http", "https")):
        raise Failure(
            f"the address of {parts.hostname} has a user name or a password, and requirements.txt is committed: "
            "remove it, and give it to pip in the workflow, from a secret"
        )
    if parts.scheme == "file":
        raise Failure(f"the workflow cannot reach {quoted(address)}, which is on this machine: give {_FORMS}")
    if parts.scheme == "http":
        raise Failure(f"pip does not install from {quoted(address)}: the address must begin with https://")
    if address.startswith("git+") and parts.scheme in ("https", "ssh"):
        return Origin((f"scormgen @ {address}",))
    path = unquote(parts.path).rstrip("/")
    name = PurePosixPath(path).name
    if parts.scheme == "https" and (_WHEEL.fullmatch(name) or _SOURCE.fullmatch(name)):
        return Origin((f"scormgen @ {address}",))
    if parts.scheme == "https" and path.endswith(".git"):
        return Origin((f"scormgen @ git+{address}",))
    if parts.scheme == "https" and name == "simple":
        return Origin((f"--index-url {address}", f"scormgen=={__version__}"))
    raise Failure(f"{quoted(address)} does not show what it is: give {_FORMS}")


def _local(address: str, folder: Path) -> Origin:
    path = folder / address
    if path.is_dir():
        raise Failure(
            f"{address} is a folder on this machine, which the workflow cannot reach: run pip wheel --no-deps in it and"
            " give the wheel, or give its repository (git+https://…)"
        )
    if not path.is_file():
        raise Failure(f"{quoted(address)} does not exist: give {_FORMS}")
    if not _WHEEL.fullmatch(path.name) or not zipfile.is_zipfile(path):
        raise Failure(f"{address} is not a wheel of scormgen: give {_FORMS}")
    try:
        return Origin((f"./{WHEELS}/{path.name}",), Wheel(path.name, path.read_bytes()))
    except OSError as error:
        raise Failure(f"{path} cannot be read: {error.strerror or error}") from error
