"""A Course to the files of its package: the units' documents, the player, and the author's files."""

from __future__ import annotations

import hashlib
import re
import zlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple, Protocol

from scormgen.files.source import Asset, Content, Root
from scormgen.model.course import Course
from scormgen.problems.report import Place, Report
from scormgen.rendering.csp import check_page, check_templates, content_security_policy
from scormgen.rendering.links import Links, find_anchors
from scormgen.rendering.prose import Prose
from scormgen.rendering.sheets import SheetFile, pack_sheets
from scormgen.rendering.strings import find_strings
from scormgen.rendering.templates import Templates
from scormgen.rendering.theme import Theme, read_player
from scormgen.targets.base.document import HANDOUT_TEMPLATE, SCRIPT, STYLE, UNIT_TEMPLATE, Documents
from scormgen.targets.base.licence import PATH as LICENCE
from scormgen.targets.base.licence import render_licence
from scormgen.targets.base.longest_state import worst_case
from scormgen.targets.base.unit import Unit, mastery_score, whole_course
from scormgen.text import quoted, size_words

_NO_HASH = "\0" * 8  # in the documents from which the content hash is made
# Above this size, Python writes ZIP64, which SCORM 1.2's zip format (PKZip 2.04g) does not have.
SIZE_LIMIT = 2_000_000_000


class Document(NamedTuple):
    """A unit in its package: the files that it needs besides its document and the player's, and the results of its
    checks.
    """

    unit: Unit
    files: tuple[str, ...]  # paths in the package
    mastery_score: float | None
    longest_state: int  # characters
    pages: int
    questions: int


class Contents(NamedTuple):
    """Everything of a package but its descriptor, for the target of that name. `files` maps a path in the package to
    what is made, or to the author's file.
    """

    target: str
    course: Course
    documents: tuple[Document, ...]
    files: Mapping[str, Content]
    renamed: Mapping[str, str]
    content_sha256: str
    assets: Mapping[Path, str]  # the author's files, to their paths in the package
    theme_files: Sequence[SheetFile] = ()  # those that the style sheets name
    shared: tuple[str, ...] = (SCRIPT, STYLE)


class Target(Protocol):
    """The interface of a target's module: everything that depends on an e-learning standard."""

    NAME: str  # as in --target and at the end of a package's name
    SCRIPT: str  # the player's script, in `player/`
    WORDS: str  # prefix of the player's texts for this target; '' if there are none
    STATE_LIMIT: int | None  # characters of a learner's state
    FIRST: str  # the file that comes first in the package
    HANDOUT: str  # a document with all pages, to be printed; '' for none

    def check_course(self, course: Course, report: Report) -> None:
        """Adds problems for content that the standard does not allow."""

    def units(self, course: Course) -> Sequence[Unit]:
        """The units that the package consists of."""

    def descriptor(self, contents: Contents, schemas: Mapping[str, bytes]) -> Mapping[str, bytes]:
        """The files that describe the package; `schemas` are .xsd files that the workspace has for them."""

    def answers_csv(self, course: Course) -> bytes | None:
        """The meaning of ids and letters in reports of answers, as CSV; None if there are no such reports."""


def render_contents(root: Root, course: Course, theme: Theme, target: Target, report: Report) -> Contents:
    """All files of the package; adds problems of links, images, raw HTML and the size of the learner's state."""
    settings = course.settings
    strings = find_strings(root, settings.language, _language_place(root, course), report)
    target.check_course(course, report)
    units = target.units(course)
    unit_of = {page.id: unit.id for unit in units for page in unit.pages}
    links = Links(root, course, find_anchors(course, report), report, unit_of)
    prose = Prose(links, course.glossary, strings, report)
    style, named = pack_sheets(root, theme, report)
    policy = content_security_policy(settings.csp, style)
    check_templates(settings.csp, root, theme, report)
    pages = {page.id: prose.render(page, course.documents[page.document]) for page in course.pages}
    renderer = Documents(course, pages, Templates(root, theme, report), strings, policy, target.WORDS)
    unfinished = {unit.href: renderer.render(unit) for unit in units}
    if target.HANDOUT:
        unfinished[target.HANDOUT] = renderer.render_handout(whole_course(course))
    fixed = {SCRIPT: read_player(target.SCRIPT), STYLE: style.encode(), LICENCE: render_licence(settings)}
    unstamped = {href: document(_NO_HASH) for href, document in unfinished.items()}
    for href, text in unstamped.items():
        if text:  # otherwise, a template has failed and reported why
            template = HANDOUT_TEMPLATE if href == target.HANDOUT else UNIT_TEMPLATE
            check_page(text, template, policy, root, theme, report)
    theirs = {file.path: file.file for file in named}
    theirs |= {path: file for file, path in links.assets.items() if root.is_regular(file, report)}
    fits = _check_size(course, theirs, root, report)
    hashed = fixed | {href: text.encode() for href, text in unstamped.items()}
    sha256, assets = _content_sha256(root, hashed, theirs if fits else {}, report)
    documents = {href: document(sha256[:8]).encode() for href, document in unfinished.items()}
    used = [links.used.get(unit.id, ()) for unit in units]
    return Contents(
        target=target.NAME,
        course=course,
        documents=tuple(
            _document(unit, course, files, target.STATE_LIMIT, report) for unit, files in zip(units, used, strict=True)
        ),
        files={**fixed, **documents, **assets},
        renamed=links.renamed,
        content_sha256=sha256,
        assets=links.assets,
        theme_files=named,
    )


def _language_place(root: Root, course: Course) -> Place:
    """The place of the language in course.yml."""
    source = root.read_text(root.folder / course.folder / "course.yml", Report())
    key = re.compile(r"[\"']?language[\"']?[ \t]*:")
    lines = source.lines if source else ()
    number = next((n for n, line in enumerate(lines, 1) if key.match(line)), 0)
    return (
        source.find(course.settings.language, number, number)
        if source and number
        else Place(f"{course.folder}/course.yml")
    )


def _document(unit: Unit, course: Course, files: Iterable[str], limit: int | None, report: Report) -> Document:
    """The result of a unit; adds P001 if a learner's state can be longer than the target's limit."""
    worst = worst_case(unit.pages, certificate=course.settings.certificate == "yes")
    if limit is not None and worst.total > limit:
        parts = unit.is_whole and len(course.modules) > 1
        split = "structure: multi gives each module its own" if parts else "split it into several modules or courses"
        shorter = "keep less of typed answers with size=20, or " if worst.typed > worst.total // 4 else ""
        hint = f"{worst.biggest}; {shorter}{split}"
        place = Place(f"{course.folder}/course.yml")
        report.add("P001", place, sco=quoted(unit.id), size=worst.total, limit=limit, hint=hint)
    return Document(
        unit=unit,
        files=tuple(sorted(files)),
        mastery_score=mastery_score(course, unit.pages),
        longest_state=worst.total,
        pages=len(unit.pages),
        questions=sum(1 for _ in unit.questions),
    )


def _content_sha256(
    root: Root, documents: Mapping[str, bytes], theirs: Mapping[str, Path], report: Report
) -> tuple[str, dict[str, Asset]]:
    """The hash of all files except the manifest, by path, and the author's files as they were read for it; adds
    P004, S002.
    """
    digest = hashlib.sha256()
    assets: dict[str, Asset] = {}
    for path in sorted((*documents, *theirs)):
        if path in documents:
            digest.update(f"{path}\0{len(documents[path])}\0".encode() + documents[path])
        elif asset := _read_asset(root, theirs[path], path, digest.update, report):
            assets[path] = asset
    return digest.hexdigest(), assets


def _read_asset(root: Root, file: Path, path: str, update: Callable[[bytes], None], report: Report) -> Asset | None:
    """Reads a file for the hash, in pieces; None after adding P004 or S002."""
    shown, crc, count = root.relative(file), 0, 0
    try:
        asset = Asset(file.resolve(), file.stat().st_size, 0)
        update(f"{path}\0{asset.size}\0".encode())
        for piece in asset.pieces():
            crc, count = zlib.crc32(piece, crc), count + len(piece)
            update(piece)
    except OSError as error:
        report.add("S002", Place(shown), path=quoted(shown), why=error.strerror or str(error))
        return None
    if count != asset.size:
        report.add("P004", Place(shown), path=quoted(shown))
        return None
    return asset._replace(crc=crc)


def _check_size(course: Course, theirs: Mapping[str, Path], root: Root, report: Report) -> bool:
    """Whether a zip can hold the author's files; adds P005."""
    sizes = {}
    for file in theirs.values():
        with suppress(OSError):  # it no longer exists: the next reading adds S002
            sizes[file] = file.stat().st_size
    total = sum(sizes.values())
    if total <= SIZE_LIMIT:
        return True
    largest = max(sizes, key=lambda file: sizes[file])
    hint = (
        f"the largest is {quoted(root.relative(largest))} with {size_words(sizes[largest])}: compress it, or host it"
        " elsewhere"
    )
    report.add("P005", Place(f"{course.folder}/course.yml"), size=size_words(total), hint=hint)
    return False
