"""The pipeline: reads, checks, renders and packs all courses; writes only if none has an error."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import NamedTuple

from scormgen.files.source import in_order
from scormgen.packaging.dist import Written, publish
from scormgen.packaging.package import Package
from scormgen.pipeline.compile import Compiled, compile_course
from scormgen.problems.report import Place, Problem, Report
from scormgen.reading.lock import unread
from scormgen.reading.silences import settle, suppress
from scormgen.reading.workspace import Workspace
from scormgen.targets import DEFAULT, TARGETS
from scormgen.targets.base.contents import Contents
from scormgen.text import did_you_mean, quoted

_WORTH_A_POOL = 400_000  # bytes of Markdown above which starting more processes saves time


class Options(NamedTuple):
    """The options of a build. `jobs` 0: as many as there are cores."""

    output: Path
    jobs: int = 0
    locked: bool = False
    strict: bool = False
    targets: tuple[str, ...] = (DEFAULT,)


class Built(NamedTuple):
    """A package that a build has written. `path` is relative to the workspace, `longest_state` and `bytes` are
    counts.
    """

    course: str
    version: str
    language: str
    target: str
    path: str
    sha256: str
    content_sha256: str
    bytes: int
    files: int
    units: int
    pages: int
    questions: int
    longest_state: int


class Result(NamedTuple):
    """The packages and problems of a build; `packages` is empty if there are errors."""

    problems: list[Problem]
    packages: Sequence[Built] = ()
    notes: Sequence[str] = ()  # what was renamed, which locks were written


def choose_targets(workspace: Workspace, named: Sequence[str], report: Report) -> tuple[str, ...]:
    """The named targets, else those of scormgen.yml, else SCORM 1.2; adds C031 for a name that is none."""
    wanted = tuple(dict.fromkeys(named or workspace.targets)) or (DEFAULT,)
    source = None if named else workspace.root.read_text(workspace.root.folder / "scormgen.yml", Report())
    for name in wanted:
        if name not in TARGETS:
            place = source.find(name, 1, len(source.lines)) if source else Place(name)
            report.add("C031", place, name=quoted(name), hint=did_you_mean(name, TARGETS))
    return tuple(name for name in wanted if name in TARGETS)


def build(
    workspace: Workspace, folders: Sequence[Path], options: Options, report: Report, progress: Callable[[str], None]
) -> Result:
    """Builds the courses and writes all of their packages to `options.output`, or none.

    `progress` is called with the name of each finished course. Raises Failure if a file cannot be written.
    """
    built: list[Package] = []
    folder_of: dict[str, str] = {}  # by the id of each course, in lower case: some systems know no other
    for packages, problems in _build_all(workspace, folders, options):
        report.extend(problems)
        for package in packages[:1]:
            folder, known = package.lock_path.parent, folder_of.get(package.course.lower())
            if known:
                names = {"first": quoted(known), "second": quoted(folder.name), "id": quoted(package.course)}
                report.add("S008", Place(workspace.root.relative(folder)), None, **names)
            folder_of[package.course.lower()] = folder.name
            progress(package.course)
        built.extend(packages)
    if report.errors or (options.strict and report.problems):
        return Result(report.sorted())
    return _write(built, options, workspace, report)


def _build_all(
    workspace: Workspace, folders: Sequence[Path], options: Options
) -> Iterator[tuple[list[Package], list[Problem]]]:
    """The result of each course, in order: built in this process, or in a pool if there is enough work."""
    jobs = min(options.jobs or os.cpu_count() or 1, len(folders))
    work = [(workspace, folder, options) for folder in folders]
    if jobs > 1 and (options.jobs or _size(folders) > _WORTH_A_POOL):
        with ProcessPoolExecutor(jobs) as pool:
            yield from pool.map(build_course, *zip(*work, strict=True))
    else:
        for course in work:
            yield build_course(*course)


def _size(folders: Sequence[Path]) -> int:
    return sum(path.stat().st_size for folder in folders for path in folder.rglob("*.md") if path.is_file())


def build_course(workspace: Workspace, folder: Path, options: Options) -> tuple[list[Package], list[Problem]]:
    """One course to its packages, one for each target, in memory; none where its problems forbid them."""
    report = Report()
    compiled = compile_course(workspace, folder, report, targets=options.targets)
    lock_path = folder / "course.lock"
    if compiled and compiled.outdated and options.locked and not unread(report.problems):
        what = "it is missing" if compiled.lock_before is None else "pages, questions or options have changed"
        report.add("C012", Place(workspace.root.relative(lock_path)), what=what)
    report.problems = _settled(report.problems, workspace)
    if options.locked:
        report.problems = [p._replace(severity="error") if p.code == "C020" else p for p in report.problems]
    if compiled is None or report.errors:
        return [], report.problems
    lock_text = compiled.lock_text if compiled.changed and not options.locked else None
    return [_pack(workspace, compiled, contents, lock_text, report) for contents in compiled.contents], report.problems


def _settled(problems: list[Problem], workspace: Workspace) -> list[Problem]:
    """The problems after the workspace's severities and suppressing comments are applied."""
    if not any(problem.severity == "warning" for problem in problems):
        return problems
    paths = sorted({workspace.root.folder / p.place.path for p in problems if p.place.path.endswith((".yml", ".md"))})
    texts = [workspace.root.read_text(path, Report()) for path in paths if path.is_file()]
    sources = [source for source in texts if source]
    return suppress(settle(problems, workspace.rules), sources, Report(), unused=False)


def _pack(
    workspace: Workspace, compiled: Compiled, contents: Contents, lock_text: str | None, report: Report
) -> Package:
    settings, documents, target = contents.course.settings, contents.documents, TARGETS[contents.target]
    return Package(
        target=target.NAME,
        course=settings.id,
        version=settings.version,
        language=settings.language,
        name=f"{settings.id}-{settings.version}",
        files={**contents.files, **target.descriptor(contents, _schemas(workspace, report))},
        first=target.FIRST,
        questions_csv=target.answers_csv(contents.course),
        content_sha256=contents.content_sha256,
        units=len(documents),
        pages=sum(document.pages for document in documents),
        questions=sum(document.questions for document in documents),
        longest_state=max(document.longest_state for document in documents),
        lock_path=compiled.folder / "course.lock",
        lock_before=compiled.lock_on_disk,
        lock_text=lock_text,
        renamed=tuple(sorted(contents.renamed.items())),
    )


def _schemas(workspace: Workspace, report: Report) -> dict[str, bytes]:
    """The .xsd files for the root of every package (`schemas:` in scormgen.yml)."""
    if workspace.schemas is None:
        return {}
    contents = {
        path.name: workspace.root.read_bytes(path, report) for path in in_order(workspace.schemas.glob("*.xsd"))
    }
    return {name: content for name, content in contents.items() if content is not None}


def _write(built: Sequence[Package], options: Options, workspace: Workspace, report: Report) -> Result:
    """Puts the packages in place. Adds P004 if an author's file has changed meanwhile; then nothing is written."""
    root = workspace.root
    written, changed = publish(built, options.output, root)
    for asset in changed:
        shown = root.relative(asset.file)
        report.add("P004", Place(shown), path=quoted(shown))
    if changed:
        return Result(report.sorted())
    locks = dict.fromkeys(package.lock_path for package in built if package.lock_text is not None)
    notes = [f"{root.relative(path)} was updated: commit it" for path in locks]
    renamed = dict.fromkeys(names for package in built for names in package.renamed)
    notes += [f"{old} is {new} in the package" for old, new in renamed]
    packages = [
        _built(package, written[package.zip_name], root.relative(options.output / package.zip_name))
        for package in built
    ]
    return Result(report.sorted(), packages, notes)


def _built(package: Package, written: Written, path: str) -> Built:
    return Built(
        course=package.course,
        version=package.version,
        language=package.language,
        target=package.target,
        path=path,
        sha256=written.sha256,
        content_sha256=package.content_sha256,
        bytes=written.size,
        files=len(package.files),
        units=package.units,
        pages=package.pages,
        questions=package.questions,
        longest_state=package.longest_state,
    )
