"""A course folder to a Course: finds its modules, reads them, splits them into pages, and names everything."""

from __future__ import annotations

import os
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from scormgen.files.source import Root, SourceFile, in_order, is_link, is_spelt, kind_of, resolved
from scormgen.model.blocks import Attributes, Block, Document, is_comment, split_attributes
from scormgen.model.course import Course, Definitions, Module, Page, Settings
from scormgen.model.question import Question
from scormgen.problems.report import Place, Report
from scormgen.questions import is_question
from scormgen.reading.assessment import parse_assessment
from scormgen.reading.blocks import parse_document
from scormgen.reading.config import read_assessment, read_front_matter, read_glossary, read_settings
from scormgen.reading.constructs import report_constructs, report_texts, without_near_forms
from scormgen.reading.dropped import check_dropped
from scormgen.reading.goals import check_completion, check_objectives
from scormgen.reading.headings import check_headings
from scormgen.reading.ids import behind_headings
from scormgen.reading.inline import plain_text
from scormgen.reading.keys import parse_yaml
from scormgen.reading.page_parts import outside_questions, take_questions
from scormgen.reading.snippets import expand, fold_repeats, substitute
from scormgen.reading.word import clean_blocks
from scormgen.text import HIDDEN, SLASHES, did_you_mean, quoted, slug

_NUMBER = re.compile(r"(?P<number>\d+)[-_. ]+(?=\S)")
_KEPT_WHOLE = ("Q:", "Survey:", "Scenario:", "Card:", "Pool:")  # headings that never start a page
_MARKDOWN = (".md", ".markdown", ".mdown", ".mkd", ".mkdn", ".mdx", ".rmd", ".qmd")
_README = "readme.md"
_NOT_MODULES = ("assets", _README)


@dataclass(slots=True)
class _Reading:
    """What is collected while one course is read."""

    root: Root
    folder: Path
    settings: Settings
    report: Report
    documents: list[Definitions] = field(default_factory=list)
    page_ids: dict[str, Place] = field(default_factory=dict)
    question_ids: dict[str, Place] = field(default_factory=dict)
    files: set[Path] = field(default_factory=set)  # modules, pages and snippets that have been read

    def read(self, path: Path, place: Place | None = None) -> SourceFile | None:
        """A Markdown file of the course; `place` is where a snippet is included."""
        self.files.add(resolved(path))
        return self.root.read_text(path, self.report, place)


def read_course(root: Root, folder: Path, report: Report) -> Course | None:
    """The course in `folder`, without slots and letters; None if its course.yml cannot be read.

    Adds all problems to `report`; a course with errors is only used to find more problems, not for a package.
    """
    path = root.relative(folder)
    source = root.read_text(folder / "course.yml", report)
    if source is None:
        return None
    value = parse_yaml(source, source.text, 0, report)
    if value is None:
        return None
    settings = read_settings(value, folder.name, source.path, report)
    reading = _Reading(root, folder, settings, report)
    modules = _read_modules(reading)
    _check_left_out(reading)
    terms = root.read_text(folder / "glossary.yml", report) if os.path.lexists(folder / "glossary.yml") else None
    glossary = read_glossary(terms, report) if terms else {}
    report.problems = fold_repeats(without_near_forms(report.problems))
    course = Course(path, settings, tuple(modules), tuple(reading.documents), glossary)
    report_texts(source, terms, course, report)
    if not any(course.pages) and not report.errors:
        report.add("S007", source.place(1))
    check_objectives(course, source, report)
    completion = check_completion(course, source, report)
    return course._replace(settings=settings._replace(completion=completion))


def _order(path: Path) -> tuple[float, str]:
    match = _NUMBER.match(path.name)
    return (float(match["number"]) if match else float("inf"), path.name.casefold())


def _stem(path: Path) -> str:
    """A file's or folder's name without its number and ending."""
    name = path.name if path.is_dir() else path.stem
    return _NUMBER.sub("", name, count=1)


def _entries(reading: _Reading, folder: Path) -> list[Path]:
    """Modules in a course, or pages in a module: Markdown files, and folders of them, in their order.

    Adds S002 or S003 for a folder that cannot be read or is outside the workspace.
    """
    paths = []
    for entry in reading.root.entries(folder, reading.report):
        if entry.name[0] in "._" or entry.name.lower() in _NOT_MODULES:
            continue
        if entry.suffix.lower() == ".md" and not entry.is_dir():
            if not entry.stem.lower().endswith(".transcript"):
                paths.append(entry)
        elif entry.is_dir() and any(
            child.suffix.lower() == ".md" for child in reading.root.entries(entry, reading.report)
        ):
            paths.append(entry)
    return sorted(paths, key=_order)


def _read_modules(reading: _Reading) -> list[Module]:
    modules: list[Module] = []
    names: dict[str, Place] = {}
    for entry in _entries(reading, reading.folder):
        if not reading.root.has_name(entry, reading.report):
            continue
        place = Place(reading.root.relative(entry))
        if not reading.root.holds(entry):
            reading.report.add("S003", place, path=quoted(place.path))
            continue
        module = _read_folder(reading, entry) if entry.is_dir() else _read_file(reading, entry)
        if module is None:
            continue
        if module.id in names:
            reading.report.add("M006", place, id=quoted(module.id), first=names[module.id].path)
        names.setdefault(module.id, place)
        modules.append(module)
    return modules


def _check_left_out(reading: _Reading) -> None:
    """Adds S014 for Markdown files of the course that are no module, page or snippet."""
    for path in in_order(reading.folder.rglob("*")):
        inside = path.relative_to(reading.folder)
        hidden = any(part[0] in "._" or part.lower() == "assets" or HIDDEN.search(part) for part in inside.parts)
        if hidden or path.suffix.lower() not in _MARKDOWN or not path.is_file() or resolved(path) in reading.files:
            continue
        if not reading.root.holds(path) or path.stem.lower() == "readme" or path.stem.lower().endswith(".transcript"):
            continue
        wrong_ending = path.suffix.lower() != ".md"
        hint = (
            f"end its name with .md, not with {path.suffix}" if wrong_ending else "move it into the folder of a module"
        )
        reading.report.add(
            "S014", Place(reading.root.relative(path)), hint=f"{hint}; start the name with _ to leave it out"
        )


def _read_file(reading: _Reading, path: Path) -> Module | None:
    """A module that is one file, split into pages at its ## headings."""
    source = reading.read(path)
    if source is None:
        return None
    front, first_line = read_front_matter(source, reading.report)
    before = reading.report.errors
    document, index = _parse(reading, source, first_line, assessed=front["assessment"] is not None)
    identifier = front["id"] or slug(_stem(path)) or f"module-{len(reading.documents)}"
    heading = _first_heading(document.blocks)
    named = plain_text(split_attributes(heading.text)[0]) if heading else ""
    folder_title = reading.settings.title if path.stem == "index" else ""
    title = front["title"] or named or folder_title or _titled(path)
    if front["assessment"] is not None:
        page = _page(
            reading, identifier, heading, title, document.blocks, source, index, level=1, objectives=front["objectives"]
        )
        assessed = parse_assessment(page, identifier, read_assessment(front["assessment"]), reading.report)
        return Module(identifier, title, (_name_questions(reading, assessed),))
    whole = front["pages"] == "one"
    pages: list[Page] = []
    for start, blocks in _split(document.blocks, whole=whole):
        name = identifier
        if start is not None and start is not heading:
            name = f"{identifier}/{_heading_id(start) or f'page-{len(pages) + 1}'}"
        page = _page(
            reading, name, start, title, blocks, source, index, level=1 if whole else 2, objectives=front["objectives"]
        )
        pages.append(_name_questions(reading, page))
    if not pages and reading.report.errors == before:  # a missing snippet does not mean that there is no text
        reading.report.add("S013", heading.place() if heading else source.place(1))
    return Module(identifier, title, tuple(pages))


def _read_folder(reading: _Reading, folder: Path) -> Module | None:
    """A module that is a folder: each file is a page; index.md, or else README.md, is the first and names the
    module.
    """
    identifier = slug(_stem(folder)) or f"module-{len(reading.documents)}"
    title = _titled(folder)
    pages: list[Page] = []
    empty: list[tuple[Path, Place]] = []
    start, entries = _page_files(reading, folder)
    for path in entries:
        named = reading.root.has_name(path, reading.report)
        source = reading.read(path) if named and not path.is_dir() else None
        if source is None:
            continue
        front, first_line = read_front_matter(source, reading.report)
        before = reading.report.errors
        document, index = _parse(reading, source, first_line, assessed=front["assessment"] is not None)
        heading = _first_heading(document.blocks)
        own = plain_text(split_attributes(heading.text)[0]) if heading else ""
        if path == start:
            identifier = front["id"] or identifier
            title = front["title"] or own or title
            name = identifier
        else:
            name = f"{identifier}/{front['id'] or slug(_stem(path)) or f'page-{len(pages) + 1}'}"
        if not _has_text(document.blocks, heading):
            if reading.report.errors == before:
                empty.append((path, heading.place() if heading else source.place(1)))
            continue
        page_title = own or front["title"] or (title if path == start else _titled(path))
        page = _page(
            reading, name, heading, page_title, document.blocks, source, index, level=1, objectives=front["objectives"]
        )
        if front["assessment"] is not None:
            page = parse_assessment(page, name, read_assessment(front["assessment"]), reading.report)
        pages.append(_name_questions(reading, page))
    for path, place in empty:
        if path.stem != "index" or not pages:  # an index without text may just name the module
            reading.report.add("S013", place)
    return Module(identifier, title, tuple(pages))


def _page_files(reading: _Reading, folder: Path) -> tuple[Path | None, list[Path]]:
    """The file that names a module folder (None if there is none), and the files of its pages in their order."""
    entries = _entries(reading, folder)
    start = next((path for path in entries if path.stem == "index"), None)
    if start is None:
        files = reading.root.entries(folder, reading.report)
        start = next((path for path in files if path.name.lower() == _README), None)
    return start, [*([start] if start else []), *(path for path in entries if path != start)]


def _titled(path: Path) -> str:
    return _stem(path).replace("-", " ").replace("_", " ").strip().capitalize() or path.name


def _parse(reading: _Reading, source: SourceFile, first_line: int, *, assessed: bool) -> tuple[Document, int]:
    """A file's blocks with its snippets and variables, and the index of its definitions."""
    report = reading.report
    written = expand(parse_document(source, first_line, report), lambda n, b: _load_snippet(reading, n, b), report)
    report_constructs(written, report)
    variables = reading.settings.variables

    def prepare(blocks: Sequence[Block]) -> tuple[Block, ...]:
        return substitute(clean_blocks(blocks, report), variables, report)

    blocks = behind_headings(prepare(written.blocks))
    notes = {label: prepare(note) for label, note in written.footnotes.items()}
    document = written._replace(blocks=blocks, footnotes=notes)
    check_dropped(document, report)
    check_headings(outside_questions(blocks), report, assessed=assessed)
    reading.documents.append(Definitions(document.references, notes, document.abbreviations))
    return document, len(reading.documents) - 1


def _load_snippet(reading: _Reading, name: str, block: Block) -> Document | None:
    """A snippet, searched beside the file that includes it, in the course's folder, and in courses/_shared."""
    shared = reading.folder.parent / "_shared"
    place = block.place(name)
    if "\\" in name:  # on Windows it would be found
        reading.report.add("M003", place, name=quoted(name), hint=SLASHES)
        return None
    folders = ((reading.root.folder / block.source.path).parent, reading.folder, shared)
    for folder in folders:
        path = Path(folder, name)
        inside = any(resolved(path).is_relative_to(resolved(base)) for base in (reading.folder, shared))
        kind = kind_of(path)
        if not inside and (kind or is_link(path) or not reading.root.holds(path)):
            reading.report.add("L002", place, target=quoted(name))
            return None
        if kind == "file" and is_spelt(Path(os.path.normpath(path)), reading.root.folder):
            source = reading.read(path, place)
            return (
                parse_document(source, read_front_matter(source, reading.report)[1], reading.report) if source else None
            )
    known = [child.name for folder in folders if reading.root.holds(folder) for child in folder.glob("*.md")]
    otherwise = "write it in the course's folder or in courses/_shared"
    reading.report.add("M003", place, name=quoted(name), hint=did_you_mean(name, known, otherwise))
    return None


def _first_heading(blocks: Sequence[Block]) -> Block | None:
    """The file's own heading: a level 1 heading before anything else."""
    if blocks and blocks[0].kind == "heading" and blocks[0].level == 1 and not _is_whole(blocks[0]):
        return blocks[0]
    return None


def _is_whole(heading: Block) -> bool:
    return heading.text.startswith(_KEPT_WHOLE)


def _heading_id(heading: Block) -> str:
    text, attributes = split_attributes(heading.text)
    return attributes.id or slug(plain_text(text), 60)


def _split(blocks: Sequence[Block], *, whole: bool) -> list[tuple[Block | None, list[Block]]]:
    """Blocks by the heading that starts each page; the blocks before the first one have the file's heading or None."""
    pages: list[tuple[Block | None, list[Block]]] = []
    current: tuple[Block | None, list[Block]] = (_first_heading(blocks), [])
    for block in blocks[1:] if current[0] else blocks:
        if block.kind == "heading" and block.level <= 2 and not whole and not _is_whole(block):
            pages.append(current)
            current = (block, [])
        else:
            current[1].append(block)
    pages.append(current)
    return [page for index, page in enumerate(pages) if _has_text(page[1]) or (index and page[0])]


def _has_text(blocks: Sequence[Block], heading: Block | None = None) -> bool:
    """Whether there is anything to show besides the heading of the page."""
    return any(block is not heading and not (block.kind == "html" and is_comment(block.text)) for block in blocks)


def _check_attributes(heading: Block, attributes: Attributes, report: Report) -> None:
    """Adds M026 for what the heading of a page cannot have: the page has a title in its place, which the player
    shows.
    """
    for key in attributes.values:
        if key != "objective":
            what = f"the attribute “{key}” of a page's heading"
            report.add("M026", heading.place(key), what=what, hint=did_you_mean(key, ["objective"]))
    for name in attributes.classes:
        what = f"the class “{name}” of a page's heading"
        report.add("M026", heading.place(f".{name}"), what=what, hint="remove it, or put it on an element below")


def _page(
    reading: _Reading,
    identifier: str,
    heading: Block | None,
    title: str,
    blocks: Sequence[Block],
    source: SourceFile,
    document: int,
    *,
    level: int,
    objectives: tuple[str, ...],
) -> Page:
    """A page from its blocks: questions are extracted, everything else stays unchanged."""
    text, attributes = split_attributes(heading.text) if heading else ("", None)
    given = bool(attributes and attributes.id)
    if heading and attributes:
        _check_attributes(heading, attributes, reading.report)
    if attributes and attributes.id and "/" not in identifier and heading and heading.level > 1:
        identifier = f"{identifier}/{attributes.id}"
    place = heading.place() if heading else source.place(1)
    identifier = _unique(identifier, given, place, reading.page_ids, reading.report)
    if heading and blocks and blocks[0] is heading:
        blocks = blocks[1:]
    below = (
        inner.level for block in blocks for inner in block.walk() if inner.kind == "heading" and not is_question(inner)
    )
    # Whatever the highest level of headings is in the file, on the page it is the second.
    level = max(level, min(below, default=0) - 1)
    parts, broken = take_questions(blocks, reading.report)
    return Page(
        identifier,
        given,
        text or title,
        plain_text(text) or title,
        source,
        place,
        tuple(parts),
        document,
        level,
        broken=tuple(broken),
        objectives=(
            *objectives,
            *((attributes.values["objective"],) if attributes and attributes.values.get("objective") else ()),
        ),
    )


def _unique(wanted: str, given: bool, place: Place, taken: dict[str, Place], report: Report) -> str:
    """An id that is not used yet: an author's id that is used is an error, one made from a heading gets a number."""
    if wanted in taken and given:
        first = taken[wanted]
        report.add("M006", place, id=quoted(wanted), first=f"{first.path}:{first.line}")
    name, number = wanted, 2
    while name in taken:
        name, number = f"{wanted}-{number}", number + 1
    taken[name] = place
    return name


def _name_questions(reading: _Reading, page: Page) -> Page:
    """The page, with a unique id in the course for each question that has none."""

    def named(question: Question) -> Question:
        wanted = question.id
        if question.given_id and not re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9._-]{0,99}", question.id):
            wanted = slug(question.id)
            reading.report.add(
                "C006", question.place, value=quoted(question.id), example=f"{{#{wanted or 'hot-first'}}}"
            )
        wanted = wanted or slug(question.plain, 40) or f"question-{len(reading.question_ids) + 1}"
        name = _unique(wanted, question.given_id, question.place, reading.question_ids, reading.report)
        return question._replace(id=name)

    parts = tuple(named(part) if isinstance(part, Question) else part for part in page.parts)
    if not page.assessment:
        return page._replace(parts=parts)
    pools = tuple(pool._replace(questions=tuple(named(q) for q in pool.questions)) for pool in page.assessment.pools)
    return page._replace(parts=parts, assessment=page.assessment._replace(pools=pools))
