"""SCORM 1.2: the manifest, the interactions, the limits of its data model."""

from __future__ import annotations

from collections.abc import Mapping

from scormgen.model.course import Course
from scormgen.targets.base.contents import Contents
from scormgen.targets.base.unit import units_of
from scormgen.targets.scorm12.interactions import check_ids, questions_csv
from scormgen.targets.scorm12.manifest import NAME as MANIFEST
from scormgen.targets.scorm12.manifest import render_manifest

NAME = "scorm12"
SCRIPT = "player.js"
WORDS = ""
STATE_LIMIT: int | None = 4096  # cmi.suspend_data: CMIString4096
FIRST = MANIFEST
HANDOUT = ""

check_course = check_ids
units = units_of


def descriptor(contents: Contents, schemas: Mapping[str, bytes]) -> Mapping[str, bytes]:
    return {**schemas, MANIFEST: render_manifest(contents, sorted(schemas))}


def answers_csv(course: Course) -> bytes | None:
    return questions_csv(course)
