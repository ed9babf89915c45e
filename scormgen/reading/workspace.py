"""The workspace: the folder that holds `courses/`, and which courses a command means."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from scormgen.files.source import Root, kind_of, resolved
from scormgen.problems.codes import Setting
from scormgen.problems.report import Failure, Place, Report
from scormgen.reading.config import WORKSPACE
from scormgen.reading.keys import parse_yaml, read_keys
from scormgen.text import did_you_mean, quoted


class Workspace(NamedTuple):
    """The folder, the courses in it, and what `scormgen.yml` says."""

    root: Root
    folders: tuple[Path, ...]
    targets: tuple[str, ...] = ()  # names, which may be unknown
    schemas: Path | None = None
    rules: Mapping[str, Setting] = {}  # severities by code; never changed
    reading_age: float = WORKSPACE["reading_age"].default
    sentence_words: float = WORKSPACE["sentence_words"].default

    @property
    def dist(self) -> Path:
        """The folder for packages. Raises Failure if a link leads out of the workspace, because that folder belongs
        to something else.
        """
        return self.own_folder("dist", "delete the link, or set the folder with -o")

    def own_folder(self, name: str, hint: str) -> Path:
        """A folder that commands write into. Raises Failure if a link leads out of the workspace."""
        folder = self.root.folder / name
        if not self.root.holds(folder):
            raise Failure(f"{name} is a link that leads out of the workspace: {hint}")
        return folder


def find_workspace(start: Path, report: Report) -> Workspace:
    """The nearest folder from `start` upwards with `courses/` or `scormgen.yml`; otherwise `start` itself.

    A folder with a `course.yml` of its own, outside any workspace, is a workspace of one course.
    """
    start = start.resolve()
    folder = next(
        (f for f in (start, *start.parents) if (f / "courses").is_dir() or (f / "scormgen.yml").is_file()), None
    )
    if folder is None:
        root = Root(start)
        return Workspace(root, (start,) if os.path.lexists(start / "course.yml") else ())
    root = Root(folder)
    schemas = None
    settings = {name: key.default for name, key in WORKSPACE.items()}
    if os.path.lexists(folder / "scormgen.yml") and (source := root.read_text(folder / "scormgen.yml", report)):
        value = parse_yaml(source, source.text, 0, report)
        settings = read_keys(value, WORKSPACE, report) if value else settings
        if settings["schemas"]:
            schemas = folder / settings["schemas"]
            if not root.holds(schemas) or kind_of(schemas) != "folder":
                place = source.find(settings["schemas"], 1, len(source.lines))
                report.add("L001", place, target=quoted(settings["schemas"]), hint="use a folder inside the workspace")
                schemas = None
    return Workspace(
        root=root,
        folders=tuple(_courses(root, report)),
        targets=settings["targets"],
        schemas=schemas,
        rules=settings["rules"],
        reading_age=settings["reading_age"],
        sentence_words=settings["sentence_words"],
    )


def _courses(root: Root, report: Report) -> list[Path]:
    folders = []
    for entry in root.entries(root.folder / "courses", report):
        if entry.name[0] in "._" or not entry.is_dir() or not root.check_link(entry, report):
            continue
        if not root.has_name(entry, report):
            continue
        if os.path.lexists(entry / "course.yml"):
            folders.append(entry)
        elif any(entry.rglob("*.md")):
            report.add("S005", Place(root.relative(entry)), path=quoted(root.relative(entry)))
    return folders


def choose_courses(workspace: Workspace, names: Sequence[str], start: Path, report: Report) -> tuple[Path, ...]:
    """The courses given by folder name, id or path (all if none is given); adds S004, S006."""
    if not workspace.folders and not report.problems:
        report.add("S006", Place("."))
    if not names:
        return workspace.folders
    chosen: dict[Path, None] = {}
    known = {folder.name: folder for folder in workspace.folders}
    for name in names:
        path = resolved(start / name)
        folder = known.get(name.rstrip("/\\")) or next((f for f in workspace.folders if f.resolve() == path), None)
        if folder is None:
            folder = next((f for f in workspace.folders if _declares(workspace.root, f, name)), None)
        if folder:
            chosen[folder] = None
        else:
            hint = did_you_mean(name, known, "run scormgen list to see the courses")
            report.add("S004", Place(name), name=quoted(name), hint=hint)
    return tuple(chosen)


def _declares(root: Root, folder: Path, identifier: str) -> bool:
    """Whether a course's own id is `identifier`, where it differs from its folder's name."""
    source = root.read_text(folder / "course.yml", Report())
    lines = source.lines if source else ()
    return any(line.split("#")[0].strip() in (f"id: {identifier}", f'id: "{identifier}"') for line in lines)
