"""A Course to the files of its package: the SCOs' documents, the player, and the author's files."""

from __future__ import annotations

import hashlib
import re
import zlib
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from scormgen.files.source import Asset, Content, Root
from scormgen.model.course import SUSPEND_DATA_LIMIT, Course, Module, Page
from scormgen.problems.report import Place, Report
from scormgen.reading.goals import mastery_score
from scormgen.rendering.csp import check_page, check_templates, content_security_policy
from scormgen.rendering.links import Links, find_anchors
from scormgen.rendering.prose import Prose
from scormgen.rendering.sheets import SheetFile, pack_sheets
from scormgen.rendering.strings import find_strings
from scormgen.rendering.templates import Templates
from scormgen.rendering.theme import Theme, read_player
from scormgen.targets.base.licence import PATH as LICENCE
from scormgen.targets.base.licence import render_licence
from scormgen.targets.base.longest_state import worst_case
from scormgen.targets.base.sco import NO_HASH, SCRIPT, STYLE, ScoRenderer, Sheet
from scormgen.text import quoted, size_words

# From here on Python writes ZIP64, which the kind of zip that SCORM 1.2 names (PKZip 2.04g) has not.
SIZE_LIMIT = 2_000_000_000


class Sco(NamedTuple):
    """One SCO: its launch page, its files, and what it proves about its suspend data."""

    id: str
    title: str
    href: str
    files: tuple[str, ...]  # paths in the package that it needs besides its page and the player's
    mastery_score: float | None
    suspend_data_max: int
    pages: int
    questions: int


class Rendered(NamedTuple):
    """Everything of a package but its manifest. `files` maps a path in the package to what is made, or to the author's file."""

    course: Course
    scos: tuple[Sco, ...]
    files: Mapping[str, Content]
    renamed: Mapping[str, str]
    content_sha256: str
    assets: Mapping[Path, str]  # the author's files, to their paths in the package
    theme_files: Sequence[SheetFile] = ()  # those that the style sheets name
    shared: tuple[str, ...] = (SCRIPT, STYLE)


def render_course(root: Root, course: Course, theme: Theme, report: Report) -> Rendered:
    """All files of the package; adds what is wrong with links, images, raw HTML and the size of the suspend data."""
    settings = course.settings
    strings = find_strings(root, settings.language, _language_place(root, course), report)
    _check_interactions(course, report)
    groups = _groups(course)
    sco_of = {page.id: key for key, modules in groups for module in modules for page in module.pages}
    links = Links(root, course, find_anchors(course, report), report, sco_of)
    prose = Prose(links, course.glossary, strings, report)
    style, named = pack_sheets(root, theme, report)
    policy = content_security_policy(settings.csp, style)
    check_templates(settings.csp, root, theme, report)
    renderer = ScoRenderer(course, prose, Templates(root, theme, report), strings, policy)
    documents = {SCRIPT: read_player(), STYLE: style.encode(), LICENCE: render_licence(settings)}
    scos = []
    for key, modules in groups:
        sheet = Sheet(key, modules)
        title = settings.title if settings.structure == "single" else modules[0].title
        href = "index.html" if settings.structure == "single" else f"{_file_name(modules[0].id)}.html"
        document = renderer.render(sheet, title)
        if document:  # else a template has failed, and said why
            check_page(document, policy, root, theme, report)
        documents[href] = document.encode()
        pages = sheet.pages
        scos.append(Sco(
            key, title, href, tuple(sorted(links.used.get(key, ()))), mastery_score(course, pages),
            _suspend_data(key, course, pages, report), len(pages), len(sheet.questions),
        ))  # fmt: skip
    theirs = {file.path: file.file for file in named}
    theirs |= {path: file for file, path in links.assets.items() if root.is_regular(file, report)}
    fits = _check_size(course, theirs, root, report)
    sha256, assets = _content_sha256(root, documents, theirs if fits else {}, report)
    for sco in scos:
        documents[sco.href] = (
            documents[sco.href]
            .replace(NO_HASH.encode(), sha256[:8].encode())
            .replace(b"\\u0000" * 8, sha256[:8].encode())
        )
    return Rendered(course, tuple(scos), {**documents, **assets}, links.renamed, sha256, links.assets, named)


def _language_place(root: Root, course: Course) -> Place:
    """Where course.yml names the language."""
    source = root.read_text(root.folder / course.folder / "course.yml", Report())
    key = re.compile(r"[\"']?language[\"']?[ \t]*:")
    lines = source.lines if source else ()
    number = next((n for n, line in enumerate(lines, 1) if key.match(line)), 0)
    return (
        source.find(course.settings.language, number, number)
        if source and number
        else Place(f"{course.folder}/course.yml")
    )


def _groups(course: Course) -> list[tuple[str, Sequence[Module]]]:
    """SCOs by their identity: the whole course, or each module that has pages."""
    identifier = course.settings.id
    if course.settings.structure == "single":
        return [(identifier, course.modules)]
    return [(f"{identifier}.{module.id}", [module]) for module in course.modules if module.pages]


def _file_name(module_id: str) -> str:
    return module_id.lower()


def _suspend_data(key: str, course: Course, pages: Sequence[Page], report: Report) -> int:
    worst = worst_case(pages, certificate=course.settings.certificate == "yes")
    if worst.total > SUSPEND_DATA_LIMIT:
        parts = course.settings.structure == "single" and len(course.modules) > 1
        split = "structure: multi gives each module its own" if parts else "split it into several modules or courses"
        shorter = "keep less of what learners type with size=20, or " if worst.typed > worst.total // 4 else ""
        place = Place(f"{course.folder}/course.yml")
        hint = f"{worst.biggest}; {shorter}{split}"
        report.add("P001", place, sco=quoted(key), size=worst.total, limit=SUSPEND_DATA_LIMIT, hint=hint)
    return worst.total


def _content_sha256(
    root: Root, documents: Mapping[str, bytes], theirs: Mapping[str, Path], report: Report
) -> tuple[str, dict[str, Asset]]:
    """The hash of all files but the manifest, by path, and the author's own as they were read for it; adds P004, S002."""
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
        with suppress(OSError):  # it is gone again: the next reading adds S002
            sizes[file] = file.stat().st_size
    total = sum(sizes.values())
    if total <= SIZE_LIMIT:
        return True
    largest = max(sizes, key=lambda file: sizes[file])
    hint = f"the largest is {quoted(root.relative(largest))} with {size_words(sizes[largest])}: compress it, or offer it from elsewhere"
    report.add("P005", Place(f"{course.folder}/course.yml"), size=size_words(total), hint=hint)
    return False


def _check_interactions(course: Course, report: Report) -> None:
    """Adds M006 where the interaction of a question's part has the id of another question."""
    taken = {question.id: question for question in course.questions}
    for question in course.questions:
        for part in question.parts:
            other = taken.get(f"{question.id}.{part.letter}")
            if other:
                first = f"{question.place.path}:{question.place.line}"
                report.add("M006", other.place, id=quoted(other.id), first=first)
