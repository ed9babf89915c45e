"""The pipeline: reads, checks, renders and packs all courses; writes only if none has an error."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from scormgen.files.source import Root, SourceFile, source_from
from scormgen.model.course import Course
from scormgen.packaging.source_date import source_date
from scormgen.problems.report import Place, Problem, Report
from scormgen.reading.course import read_course
from scormgen.reading.lock import Lock, assign, format_lock, is_outdated, parse_lock, recorded_id, unread
from scormgen.reading.workspace import Workspace
from scormgen.rendering.theme import Theme, find_theme
from scormgen.text import quoted

if TYPE_CHECKING:
    from scormgen.packaging.package import Package
    from scormgen.targets.base.render import Rendered

_WORTH_A_POOL = 400_000  # bytes of Markdown above which starting more processes saves time


class Options(NamedTuple):
    """The options of a build. `jobs` 0: as many as there are cores."""

    output: Path
    jobs: int = 0
    locked: bool = False
    strict: bool = False


@dataclass(slots=True)
class Result:
    """The packages and problems of a build; `packages` is empty if there are errors."""

    packages: list[dict[str, object]] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)  # what was renamed, which locks were written


def build(
    workspace: Workspace, folders: Sequence[Path], options: Options, report: Report, progress: Callable[[str], None]
) -> Result:
    """Builds the courses and writes all of their packages to `options.output`, or none.

    `progress` is called with the name of each finished course. Raises Failure if a file cannot be written.
    """
    built: list[Package] = []
    identities: dict[str, str] = {}
    for one, problems in _build_all(workspace, folders, options):
        report.extend(problems)
        if one:
            if one.course.lower() in identities:
                first, second = quoted(identities[one.course.lower()]), quoted(one.lock_path.parent.name)
                report.add(
                    "S008",
                    Place(workspace.root.relative(one.lock_path.parent)),
                    first=first,
                    second=second,
                    id=quoted(one.course),
                )
            identities[one.course.lower()] = one.lock_path.parent.name
            built.append(one)
            progress(one.course)
    if report.errors or (options.strict and report.problems):
        return Result(problems=report.sorted())
    return _write(built, options, workspace, report)


def _build_all(
    workspace: Workspace, folders: Sequence[Path], options: Options
) -> Iterator[tuple[Package | None, list[Problem]]]:
    """The result of each course, in order: built in this process, or in a pool if there is enough work."""
    jobs = min(options.jobs or os.cpu_count() or 1, len(folders))
    work = [(workspace, folder, options) for folder in folders]
    if jobs > 1 and (options.jobs or _size(folders) > _WORTH_A_POOL):
        from concurrent.futures import ProcessPoolExecutor

        with ProcessPoolExecutor(jobs) as pool:
            yield from pool.map(build_course, *zip(*work, strict=True))
    else:
        for one in work:
            yield build_course(*one)


def _size(folders: Sequence[Path]) -> int:
    return sum(path.stat().st_size for folder in folders for path in folder.rglob("*.md") if path.is_file())


class Compiled(NamedTuple):
    """A course, read and rendered. `lock_before` is the present course.lock, `lock_text` the text that it must have."""

    folder: Path
    course: Course
    theme: Theme
    rendered: Rendered | None  # None if there is nothing to render
    lock_before: Lock | None
    lock_on_disk: str | None  # the text of course.lock
    lock_text: str
    changed: bool  # whether course.lock must be written
    outdated: bool  # whether that is an error with --locked


def compile_course(workspace: Workspace, folder: Path, report: Report, lock: str | None = None) -> Compiled | None:
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
    rendered = None
    if any(course.pages):
        from scormgen.targets.base.render import (
            render_course,  # Jinja2 and Python-Markdown: only where something is rendered
        )

        rendered = render_course(root, course, theme, report)
    changed = before is None or before.text != lock_text
    outdated = before is None or is_outdated(before, lock_after)
    lock_on_disk = on_disk.text if on_disk else None
    return Compiled(folder, course, theme, rendered, lock_before, lock_on_disk, lock_text, changed, outdated)


def build_course(workspace: Workspace, folder: Path, options: Options) -> tuple[Package | None, list[Problem]]:
    """Builds the package of one course, in memory; None if there are errors."""
    report = Report()
    compiled = compile_course(workspace, folder, report)
    lock_path = folder / "course.lock"
    if compiled and compiled.outdated and options.locked and not unread(report.problems):
        what = "it is missing" if compiled.lock_before is None else "pages, questions or options have changed"
        report.add("C012", Place(workspace.root.relative(lock_path)), what=what)
    report.problems = _settled(report.problems, workspace)
    if options.locked:
        report.problems = [p._replace(severity="error") if p.code == "C020" else p for p in report.problems]
    if compiled is None or compiled.rendered is None or report.errors:
        return None, report.problems
    lock_text = compiled.lock_text if compiled.changed and not options.locked else None
    return _pack(workspace, compiled, compiled.rendered, lock_text, report), report.problems


def _settled(problems: list[Problem], workspace: Workspace) -> list[Problem]:
    """The problems after the workspace's severities and suppressing comments are applied."""
    if not any(problem.severity == "warning" for problem in problems):
        return problems
    from scormgen.reading.silences import settle, silence

    paths = sorted({workspace.root.folder / p.place.path for p in problems if p.place.path.endswith((".yml", ".md"))})
    found = [workspace.root.read_text(path, Report()) for path in paths if path.is_file()]
    sources = [source for source in found if source]
    return silence(settle(problems, workspace.rules), sources, Report(), unused=False)


def _pack(
    workspace: Workspace, compiled: Compiled, rendered: Rendered, lock_text: str | None, report: Report
) -> Package:
    from scormgen.packaging.package import Package, questions_csv
    from scormgen.targets.scorm12.manifest import NAME, render_manifest

    settings, scos = rendered.course.settings, rendered.scos
    schemas = _schemas(workspace, report)
    files = {**rendered.files, **schemas, NAME: render_manifest(rendered, sorted(schemas))}
    return Package(
        course=settings.id, version=settings.version, language=settings.language,
        name=f"{settings.id}-{settings.version}", files=files, questions_csv=questions_csv(rendered.course),
        content_sha256=rendered.content_sha256, scos=len(scos), pages=sum(sco.pages for sco in scos),
        questions=sum(sco.questions for sco in scos), suspend_data_max=max(sco.suspend_data_max for sco in scos),
        lock_path=compiled.folder / "course.lock", lock_before=compiled.lock_on_disk, lock_text=lock_text,
        renamed=tuple(sorted(rendered.renamed.items())),
    )  # fmt: skip


def _schemas(workspace: Workspace, report: Report) -> dict[str, bytes]:
    """The .xsd files for the root of every package (`schemas:` in scormgen.yml)."""
    if workspace.schemas is None:
        return {}
    found = {path.name: workspace.root.read_bytes(path, report) for path in sorted(workspace.schemas.glob("*.xsd"))}
    return {name: content for name, content in found.items() if content is not None}


def _check_review(course: Course, root: Root, report: Report) -> None:
    """Adds C009 if `review_by` is past; today is SOURCE_DATE_EPOCH if it is set."""
    due = course.settings.review_by
    if not due:
        return
    import datetime

    epoch = source_date()
    now = datetime.datetime.now(datetime.UTC) if epoch is None else datetime.datetime.fromtimestamp(epoch, datetime.UTC)
    if due < now.date().isoformat():
        source = root.read_text(root.folder / course.folder / "course.yml", Report())
        if source:
            report.add("C009", source.find(due, 1, len(source.lines)), date=due)


def _check_id(course: Course, lock_file: SourceFile, root: Root, report: Report) -> None:
    """Adds C020 if the course's id differs from the one in course.lock: at the key `id`, or at the lock's line if there is no such key."""
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


def _write(built: Sequence[Package], options: Options, workspace: Workspace, report: Report) -> Result:
    """Puts the packages in place. Adds P004 if an author's file has changed meanwhile; then nothing is written."""
    from scormgen.packaging.dist import publish

    root = workspace.root
    written, changed = publish(built, options.output, root)
    for asset in changed:
        shown = root.relative(asset.file)
        report.add("P004", Place(shown), path=quoted(shown))
    result = Result(problems=report.sorted())
    for one in built if not changed else ():
        if one.lock_text is not None:
            result.notes.append(f"{root.relative(one.lock_path)} was updated: commit it")
        result.notes.extend(f"{old} is {new} in the package" for old, new in one.renamed)
        result.packages.append({
            "course": one.course, "version": one.version, "language": one.language,
            "path": root.relative(options.output / one.zip_name), "sha256": written[one.zip_name].sha256,
            "content_sha256": one.content_sha256, "bytes": written[one.zip_name].size, "files": len(one.files),
            "scos": one.scos, "pages": one.pages, "questions": one.questions, "suspend_data_max": one.suspend_data_max,
        })  # fmt: skip
    return result
