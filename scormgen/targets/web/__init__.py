"""The course without an LMS: a website, an intranet, a USB stick. The state stays in the browser and is reported to
nobody.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from scormgen.model.course import Course
from scormgen.problems.report import Report
from scormgen.targets.base.contents import Contents
from scormgen.targets.base.unit import Unit, whole_course

NAME = "web"
SCRIPT = "web.js"
WORDS = "web_"
STATE_LIMIT: int | None = None
FIRST = "index.html"
HANDOUT = "handout.html"


def check_course(course: Course, report: Report) -> None:
    """Everything is allowed."""


def units(course: Course) -> Sequence[Unit]:
    """The whole course, whatever `structure` says: separate modules could not share their progress."""
    return [whole_course(course)]


def descriptor(contents: Contents, schemas: Mapping[str, bytes]) -> Mapping[str, bytes]:
    """None: it begins with index.html."""
    return {}


def answers_csv(course: Course) -> bytes | None:
    """None: no answers are reported."""
    return None
