"""Syntax of other tools, which our Markdown shows as text, and text that nearly has our own syntax.

A file is checked after its blocks are parsed and before its questions are, so every text is checked once, at its
position. What is searched is in tables, one module for each family; this module walks the blocks, and combines findings
that fill a file.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from scormgen.files.source import SourceFile
from scormgen.model.blocks import Block, Document, split_attributes
from scormgen.model.course import Course
from scormgen.problems.report import Place, Problem, Report
from scormgen.questions.gaps import NAME as GAPS
from scormgen.reading.constructs import marks, openers, references, tables
from scormgen.reading.constructs.finding import Context, Finding, mask, place_of
from scormgen.reading.page_parts import with_bodies
from scormgen.reading.silences import find_suppressions
from scormgen.text import quoted

_WITH_TEXT = ("paragraph", "heading", "cell", "term", "html")
_RUNS = re.compile(r"\{r\b")  # a chunk of R Markdown
_CODES = {"M014", *(f"M0{n}" for n in range(16, 26))}
_NEAR_FORMS = {f"Q0{n}" for n in range(35, 46)}
_EACH = 3  # how many findings of a kind in a file are reported one by one
_LINES = 5  # of the others, how many lines are listed


def report_constructs(document: Document, report: Report) -> None:
    """Adds M014, M016 to M021 and M023 to M025 for a parsed file and its snippets, before its variables are filled
    in.
    """
    notes = [block for note in document.footnotes.values() for block in note]
    places = [*_walk(document.blocks), *((inner, Context()) for block in notes for inner in block.walk())]
    runs = any(block.kind == "fence" and _RUNS.match(block.info) for block, _ in places)
    findings = [
        finding._replace(source=block.source)
        for block, context in places
        for finding in _look(block, context._replace(runs=runs), document)
    ]
    if any(finding.what == openers.BLOCK for finding in findings):  # whose hint covers the end, too
        findings = [finding for finding in findings if finding.what != openers.BLOCK_END]
    _report(findings, report)


def report_texts(settings: SourceFile, glossary: SourceFile | None, course: Course, report: Report) -> None:
    """Adds what is found in the texts of course.yml and glossary.yml, and footnotes in the titles of pages."""
    findings: list[Finding] = []
    for name, value in course.settings.variables.items():
        findings += [_in_yaml(finding, settings, name) for finding in marks.find(mask(value, {}), value, Context())]
    for term, value in course.glossary.items() if glossary else ():
        spans = [*marks.find(mask(value, {}), value, Context()), *marks.find_markdown(value)]
        findings += [_in_yaml(finding, glossary, term) for finding in spans] if glossary else []
    for page in course.pages:
        findings += references.notes_in_title(page.title, page.place)
    _report(findings, report)


def without_near_forms(problems: Sequence[Problem]) -> list[Problem]:
    """The problems without constructs at places where a near-form of a question was found, which explains the same
    mark.
    """
    near = [problem.place for problem in problems if problem.code in _NEAR_FORMS]

    def overlaps(a: Place, b: Place) -> bool:
        first, second = sorted((a, b), key=lambda place: place.column)
        return (a.path, a.line) == (b.path, b.line) and second.column < first.column + max(1, first.width)

    return [p for p in problems if p.code not in _CODES or not any(overlaps(p.place, place) for place in near)]


def _walk(blocks: Sequence[Block]) -> Iterator[tuple[Block, Context]]:
    """All blocks with their surroundings."""
    for block, body in with_bodies(blocks):
        kind = split_attributes(block.text)[1].values.get("type", "") if body is not None else ""
        context = Context(body is not None, body is not None and kind in ("", GAPS))
        for part in (block, *(body or ())):
            yield from _inside(part, context)


def _inside(block: Block, context: Context) -> Iterator[tuple[Block, Context]]:
    if block.kind in ("quote", "heading"):
        context = context._replace(gaps=False)
    yield block, context
    for child in block.children:
        first = block.kind == "item" and child is block.children[0]
        yield from _inside(child, context._replace(option=context.question and first, parent=block.kind))


def _look(block: Block, context: Context, document: Document) -> Iterator[Finding]:
    """The findings in one block, without those in its children."""
    blocks = [*openers.find(block, context), *tables.find(block)]
    yield from blocks
    if block.kind not in _WITH_TEXT or not marks.worth_a_look(block.text):
        return
    masked = mask(block.text, document.references)
    taken = bytearray(len(block.text) + 1)  # 1 for each character of a finding
    for finding in blocks:
        if finding.code in ("M016", "M017"):
            _take(finding, taken)
    spans = [*marks.find(masked, block.text, context), *(marks.find_run_code(block.text) if context.runs else ())]
    if block.kind != "html":
        spans += references.find(masked, block, context, document)
    for finding in spans:
        if not taken[finding.start]:
            _take(finding, taken)
            yield finding._replace(place=place_of(block, finding.start, finding.end))


def _take(finding: Finding, taken: bytearray) -> None:
    taken[finding.start : finding.end] = b"\1" * (finding.end - finding.start)


def _in_yaml(finding: Finding, source: SourceFile, key: str) -> Finding:
    """A finding with its place in the value of a key: values join several lines, so the place is searched there."""
    start = next((n for n, line in enumerate(source.lines, 1) if line.strip(" \t\"'").startswith(key)), 1)
    return finding._replace(place=source.find(finding.text, start, len(source.lines)))


def _report(findings: Sequence[Finding], report: Report) -> None:
    """Adds the findings. Many of one kind in a file are combined, except those that a comment suppresses."""
    groups: dict[tuple[str, str, str], list[Finding]] = {}
    for finding in sorted(dict.fromkeys(findings), key=lambda f: (f.place.path, f.place.line, f.place.column)):
        groups.setdefault((finding.place.path, finding.code, finding.what), []).append(finding)
    for group in groups.values():
        if len(group) <= _EACH:
            for finding in group:
                _add(finding, report)
            continue
        suppressed = _suppressed_lines(group[0])
        left = [finding for finding in group if finding.place.line not in suppressed]
        for finding in group:
            if finding.place.line in suppressed:
                _add(finding, report)
        if left:
            _add(left[0], report, _more([finding.place for finding in left[1:]]))


def _suppressed_lines(finding: Finding) -> set[int]:
    """The lines of a finding's file for which a comment suppresses its code."""
    source = finding.source
    comments = find_suppressions(source, Report()) if source else []
    return {comment.target for comment in comments if comment.code == finding.code}


def _more(places: Sequence[Place]) -> str:
    lines = list(dict.fromkeys(str(place.line) for place in places))
    if not lines:
        return ""
    shown = ", ".join(lines[:_LINES]) + (" …" if len(lines) > _LINES else "")
    return f" ({len(places)} more in this file: line{'s' if len(lines) > 1 else ''} {shown})"


def _add(finding: Finding, report: Report, more: str = "") -> None:
    report.add(finding.code, finding.place, more=more, text=quoted(finding.text), what=finding.what, hint=finding.hint)
