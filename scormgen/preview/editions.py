"""Editions: the current state of a course. The last good one stays while the author's files have errors."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from scormgen.checking.check import examine
from scormgen.files.source import Content
from scormgen.pipeline.compile import Compiled, compile_course
from scormgen.problems.report import Problem, Report
from scormgen.reading.workspace import Workspace, find_workspace
from scormgen.targets.base.contents import Document


@dataclass(frozen=True, slots=True)
class Edition:
    """A course as the preview serves it.

    `files`, `scos`, `title` and `version` are those of the last build without errors (empty before there was one);
    `problems` those of the last build. `revision` counts builds without errors. `locks` are the texts of course.lock on
    disk and in this edition.
    """

    name: str
    folder: Path
    title: str = ""
    version: str = ""
    files: Mapping[str, Content] = field(default_factory=dict)
    scos: Sequence[Document] = ()
    problems: Sequence[Problem] = ()
    revision: int = 0
    locks: tuple[str | None, str] | None = None

    @property
    def broken(self) -> bool:
        return any(problem.severity == "error" for problem in self.problems)


def edit(workspace: Workspace, edition: Edition) -> tuple[Edition, Compiled | None]:
    """The edition after a change of its files. Slots and letters stay those of the edition before: nothing is
    written to disk.
    """
    lock_file = workspace.root.read_text(edition.folder / "course.lock", Report())
    on_disk = lock_file.text if lock_file else None
    kept = edition.locks[1] if edition.locks and edition.locks[0] == on_disk else None
    report = Report()
    compiled = compile_course(workspace, edition.folder, report, kept)
    next_ = replace(edition, problems=report.sorted())
    if compiled is None or compiled.rendered is None or report.errors:
        return next_, compiled
    settings, rendered = compiled.course.settings, compiled.rendered
    changed = rendered.files != edition.files
    return (
        replace(
            next_,
            title=settings.title,
            version=settings.version,
            files=rendered.files,
            scos=rendered.documents,
            revision=edition.revision + changed,
            locks=(on_disk, compiled.lock_text),
        ),
        compiled,
    )


def checked(workspace: Workspace, edition: Edition, compiled: Compiled | None) -> Edition:
    """The edition with all that `scormgen check` says of it."""
    problems = examine(workspace, edition.folder, compiled, edition.problems)
    return replace(edition, problems=Report(problems).sorted())


@dataclass(slots=True)
class Catalogue:
    """The editions of a workspace, by the names of their folders; updated when files change."""

    start: Path
    only: Sequence[Path] = ()  # the requested courses; all if none is given
    workspace: Workspace = field(init=False)
    problems: Sequence[Problem] = ()  # of the workspace itself
    editions: dict[str, Edition] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.reread()

    def reread(self) -> None:
        """Finds the courses of the workspace again; keeps the editions of those that are known."""
        report = Report()
        self.workspace = find_workspace(self.start, report)
        self.problems = report.sorted()
        folders = [folder for folder in self.workspace.folders if not self.only or folder in self.only]
        self.editions = {f.name: self.editions.get(f.name, Edition(f.name, f)) for f in folders}

    def touched(self, paths: Sequence[Path]) -> list[str]:
        """The names of the courses that a change of these files affects: all courses, if a file belongs to none."""
        folders = {name: edition.folder for name, edition in self.editions.items()}
        owners = [next((name for name, folder in folders.items() if p.is_relative_to(folder)), None) for p in paths]
        return list(folders) if None in owners else list(dict.fromkeys(name for name in owners if name))
