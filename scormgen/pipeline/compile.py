"""One course, in memory: read, given its slots and letters, and rendered for each target."""

from __future__ import annotations

import os
import re
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

from scormgen.files.source import Root, SourceFile, source_from
from scormgen.model.course import Course
from scormgen.packaging.source_date import source_date
from scormgen.problems.report import Place, Report
from scormgen.reading.course import read_course
from scormgen.reading.lock import Lock, assign, format_lock, is_outdated, parse_lock, recorded_id
from scormgen.reading.workspace import Workspace
from scormgen.rendering.theme import Theme, find_theme
from scormgen.targets import DEFAULT, TARGETS
from scormgen.targets.base.contents import Contents, render_contents
from scormgen.text import quoted


class Compiled(NamedTuple):
    """A course, read and rendered. `lock_before` is the present course.lock, `lock_text` the text that it must have."""

    folder: Path
    course: Course
    theme: Theme
    contents: tuple[Contents, ...]  # one for each target; none if there is nothing to render
    lock_before: Lock | None
    lock_on_disk: str | None  # the text of course.lock
    lock_text: str
    changed: bool  # whether course.lock must be written
    outdated: bool  # whether that is an error with --locked

    @property
    def rendered(self) -> Contents | None:
        """The contents for the first target; None if there is nothing to render."""
        return self.contents[0] if self.contents else None


def compile_course(
    workspace: Workspace, folder: Path, report: Report, lock: str | None = None, targets: Sequence[str] = (DEFAULT,)
) -> Compiled | None:
    """Reads and renders a course, in memory; None if its course.yml cannot be read.

    `lock` is a text to use instead of course.lock: a preview keeps its own lock.
    """
    root = workspace.root
    course = read_course(root, folder, report)
    if course is None:
        return None
    path = folder / "course.lock"
    on_disk = root.read_text(path, report) if os.path.lexists(path) else None
    before = source_from(root.relative(path), lock) if lock is not None else on_disk
    lock_before = parse_lock(before, report) if before else None
    course, lock_after = assign(course, lock_before or Lock(), report)
    lock_text = format_lock(lock_after)
    _check_review(course, root, report)
    if on_disk:
        _check_id(course, on_disk, root, report)
    theme = find_theme(root, course.settings.theme, Place(f"{course.folder}/course.yml"), report)
    wanted = [TARGETS[name] for name in targets] if any(course.pages) else []
    contents = tuple(render_contents(root, course, theme, target, report) for target in wanted)
    return Compiled(
        folder=folder,
        course=course,
        theme=theme,
        contents=contents,
        lock_before=lock_before,
        lock_on_disk=on_disk.text if on_disk else None,
        lock_text=lock_text,
        changed=before is None or before.text != lock_text,
        outdated=before is None or is_outdated(before, lock_after),
    )


def _check_review(course: Course, root: Root, report: Report) -> None:
    """Adds C009 if `review_by` is past; today is SOURCE_DATE_EPOCH if it is set."""
    due = course.settings.review_by
    if not due:
        return
    epoch = source_date()
    now = datetime.now(UTC) if epoch is None else datetime.fromtimestamp(epoch, UTC)
    if due < now.date().isoformat():
        source = root.read_text(root.folder / course.folder / "course.yml", Report())
        if source:
            report.add("C009", source.find(due, 1, len(source.lines)), date=due)


def _check_id(course: Course, lock_file: SourceFile, root: Root, report: Report) -> None:
    """Adds C020 if the course's id differs from the one in course.lock: at the key `id`, or at the lock's line if
    there is no such key.
    """
    recorded = recorded_id(lock_file)
    if recorded is None or recorded[0] == course.settings.id:
        return
    before, place = recorded
    source = root.read_text(root.folder / course.folder / "course.yml", Report())
    for number, line in enumerate(source.lines if source else (), start=1):
        if source and re.match(r"""["']?id["']?\s*:""", line):
            place = source.place(number, 1, len(line.rstrip()))
    words = {"id": quoted(course.settings.id), "before": quoted(before), "given": before}
    report.add("C020", place, None, **words, line=quoted(f"course {before}"))
