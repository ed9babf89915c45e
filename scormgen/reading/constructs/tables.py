"""Tables that GitHub does not recognise, and rows with more or fewer columns than their header."""

from __future__ import annotations

import re
from collections.abc import Iterator

from scormgen.model.blocks import Block
from scormgen.reading.constructs.finding import Finding, place_of

_PIPE = re.compile(r"(?<!\\)\|")
_DELIMITER = re.compile(r"\|?[ \t]*:?[-–—=]+:?[ \t]*(?:\|[ \t]*:?[-–—=]+:?[ \t]*)*\|?")
_SIMPLE = re.compile(r"^[ >]*-{2,}(?:[ \t]+-{2,})+$")
_GRID = re.compile(r"\+(?:[-=:]+\+)+$")
_CONTAINER = re.compile(r"[ \t>]*")
_HINT = "write a row of | --- | --- | below the header, with as many columns"


def find(block: Block) -> Iterator[Finding]:
    if block.kind == "table":
        yield from _rows(block)
    elif block.kind == "rule" and _SIMPLE.search(line := block.source.lines[block.line - 1].rstrip()):
        hint = f"put | between its cells; {_HINT}"
        yield Finding("M018", line.strip(), "a row of a simple table of Pandoc", hint, place=block.place(line.strip()))
    elif block.kind == "paragraph" and ("|" in block.text or block.text.startswith("+")):
        yield from _paragraph(block)


def cells(line: str) -> list[str]:
    """The cells of a row, as GitHub counts them: an unescaped | separates cells, also in code."""
    return [cell.strip() for cell in _PIPE.split(line.strip().removeprefix("|").removesuffix("|"))]


def _rows(table: Block) -> Iterator[Finding]:
    head, *rows = table.children
    columns = len(head.children)
    for row in rows:
        line = row.source.lines[row.line - 1]
        line = line[_CONTAINER.match(line).end() :].rstrip()  # type: ignore[union-attr]  # matches always
        row_cells = cells(line if not line.endswith("\\|") else f"{line}|")
        place = row.place(line)
        if any(row_cells[columns:]):
            lost = " | ".join(row_cells[columns:])
            what = f"more than the {columns} columns of the header, and would be lost"
            hint = "add columns to the header; write a | that is text as \\|, also in code"
            yield Finding("M018", lost, what, hint, place=row.place(row_cells[columns] or line))
        elif len(row_cells) < columns and not line.startswith("{:"):  # which M020 reports
            what = f"{len(row_cells)} of {columns} cells"
            hint = (
                f"write {columns - len(row_cells)} more (they may be empty); put an empty line between a table and the"
                " text after it"
            )
            yield Finding("M025", line, what, hint, place=place)


def _paragraph(block: Block) -> Iterator[Finding]:
    """A paragraph that looks like a table."""
    start = 0
    before = ""
    for line in block.text.split("\n"):
        stripped, begin = line.strip(), start
        start += len(line) + 1
        if _GRID.match(stripped):
            yield _at(
                block, "a grid table of Pandoc or reStructuredText", f"start each row with |; {_HINT}", begin, len(line)
            )
            return
        if before.count("|") and "|" in stripped and _DELIMITER.fullmatch(stripped):
            wanted, got = len(cells(before)), len(cells(stripped))
            if wanted != got:
                what = f"a delimiter row of {got} column{'s' * (got > 1)} below a header of {wanted}"
            else:
                what = "a delimiter row with other signs than - and :"
            yield _at(block, what, _HINT, begin, len(line))
            return
        before = stripped
    yield from _bars(block)


def _bars(block: Block) -> Iterator[Finding]:
    """Lines between | or after one, without a delimiter row."""
    rows = [line.strip() for line in block.text.split("\n")]
    barred = [row for row in rows if row.startswith("|") and row.endswith("|") and len(_PIPE.findall(row)) > 1]
    if len(barred) == len(rows) and (len(rows) > 1 or len(_PIPE.findall(rows[0])) > 2):
        yield _at(block, "a table without a delimiter row", _HINT, 0, len(block.text.partition("\n")[0]))
        return
    start = 0
    for row, behind in zip(block.text.split("\n"), block.text.split("\n")[1:], strict=False):
        if row.startswith("| ") and behind.startswith("| "):
            hint = "write the lines without |, and end each but the last with a backslash"
            finding = _at(block, "a line block of Pandoc", hint, start, len(row))
            yield finding._replace(code="M017")
            return
        start += len(row) + 1


def _at(block: Block, what: str, hint: str, start: int, length: int) -> Finding:
    text = block.text[start : start + length].strip()
    return Finding("M018", text, what, hint, start, start + length, place_of(block, start, start + length))
