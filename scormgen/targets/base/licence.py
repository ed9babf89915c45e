"""`player/licence.txt`: the rights in the course and in the player, for people who have the package without the
source.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

from scormgen.model.course import Settings

PATH = "player/licence.txt"  # in the package
_PACKAGE = Path(__file__).parents[2]
_UNSTATED = "The author of the course has not stated any. Ask before you copy or change it."


def render_licence(settings: Settings) -> bytes:
    """The text for a course, with the rights that its author has stated."""
    return f"""{settings.title}
Version {settings.version}

Rights in the course: {settings.rights or _UNSTATED}

The player in this package is part of scormgen, which compiled the course: the
script, and the style sheet and page templates where the course has none of its
own. scormgen is under the licence below. The course is not, unless its rights
say so.

{_own_licence()}""".encode()


@cache
def _own_licence() -> str:
    """scormgen's licence: beside the package in a checkout, inside it when installed."""
    found = next(folder / "LICENSE" for folder in (_PACKAGE, _PACKAGE.parent) if (folder / "LICENSE").is_file())
    return found.read_text("utf-8")
