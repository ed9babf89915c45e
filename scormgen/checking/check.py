"""All problems of a course in one run: those of `build` and those of the rules."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from scormgen.checking.rules import run_rules
from scormgen.checking.rules.subject import Subject, find_spans, find_texts
from scormgen.files.source import Root, SourceFile, source_from
from scormgen.pipeline.build import choose_targets
from scormgen.pipeline.compile import Compiled, compile_course
from scormgen.problems.report import Problem, Report
from scormgen.reading.silences import settle, suppress
from scormgen.reading.workspace import Workspace


def check_courses(workspace: Workspace, folders: Sequence[Path], report: Report) -> list[Problem]:
    """The problems of the courses, sorted; those in `report` are the workspace's own."""
    choose_targets(workspace, (), report)
    for folder in folders:
        report.extend(check_course(workspace, folder))
    return report.sorted()


def check_course(workspace: Workspace, folder: Path) -> list[Problem]:
    """All problems of a course, by the severities of the workspace, without those that are suppressed."""
    report = Report()
    compiled = compile_course(workspace, folder, report)
    return examine(workspace, folder, compiled, report.problems)


def examine(
    workspace: Workspace, folder: Path, compiled: Compiled | None, problems: Iterable[Problem]
) -> list[Problem]:
    """The problems from compiling a course and from the rules, with the workspace's severities, without suppressed
    ones.
    """
    root, report = workspace.root, Report(list(problems))
    if compiled:
        run_rules(make_subject(workspace, compiled), report)
    notes = Report()
    left = suppress(
        settle(report.problems, workspace.rules), _sources(root, folder, report.problems), notes, unused=True
    )
    return [*left, *settle(notes.problems, workspace.rules)]


def make_subject(workspace: Workspace, compiled: Compiled) -> Subject:
    """The input of the rules."""
    root, course = workspace.root, compiled.course
    settings_file = root.read_text(compiled.folder / "course.yml", Report())
    texts = tuple(find_texts(course))
    rendered = compiled.rendered
    return Subject(
        root,
        compiled.folder,
        course,
        settings_file or source_from(f"{course.folder}/course.yml", ""),
        compiled.theme,
        compiled.lock_before,
        rendered.assets if rendered else {},
        rendered.theme_files if rendered else (),
        workspace.reading_age,
        workspace.sentence_words,
        texts,
        tuple(find_spans(course, texts)),
    )


def _sources(root: Root, folder: Path, problems: Iterable[Problem]) -> list[SourceFile]:
    """The files that may have suppressing comments: the course's own, and others with problems (snippets, themes)."""
    paths = {path for pattern in ("*.md", "*.yml") for path in folder.rglob(pattern) if path.is_file()}
    paths |= {root.folder / problem.place.path for problem in problems if problem.place.path.endswith((".md", ".yml"))}
    sources = [root.read_text(path, Report()) for path in sorted(paths) if path.is_file()]
    return [source for source in sources if source]
