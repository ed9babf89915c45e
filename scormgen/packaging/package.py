"""A package: its zip, the same bytes for the same files, and its `questions.csv`."""

from __future__ import annotations

import csv
import io
import time
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import BinaryIO, NamedTuple

from scormgen.files.source import Asset, Content
from scormgen.model.course import Course
from scormgen.packaging.source_date import source_date
from scormgen.questions import KINDS
from scormgen.targets.scorm12.manifest import NAME

# Compressing these again costs time and saves nothing.
_COMPRESSED = (".png", ".jpg", ".jpeg", ".gif", ".webp", ".avif", ".mp4", ".m4v", ".webm", ".ogv", ".mp3", ".m4a",
               ".ogg", ".oga", ".zip", ".woff2", ".docx", ".xlsx", ".pptx")  # fmt: skip
_EARLIEST = (1980, 1, 1, 0, 0, 0)  # the earliest time that a zip can store
PACKAGE, QUESTIONS = "-scorm12.zip", "-questions.csv"  # the ends of the names of files that a build writes
CSV_COLUMNS = (
    "interaction",
    "module",
    "page",
    "use",
    "kind",
    "question",
    "letter",
    "option",
    "right",
    "pattern",
    "objective",
    "type",
)


def _time() -> tuple[int, int, int, int, int, int]:
    """The time of every entry: SOURCE_DATE_EPOCH if it is set, otherwise the earliest that a zip can store."""
    epoch = source_date()
    if epoch is None:
        return _EARLIEST
    moment = time.gmtime(epoch)[:6]
    return max(_EARLIEST, min((moment[0], *moment[1:]), (2107, 12, 31, 23, 59, 58)))


class Package(NamedTuple):
    """A package, ready to be packed. `files` maps paths in it to their content; `name` is the file name without its end."""

    course: str
    version: str
    language: str
    name: str
    files: Mapping[str, Content]
    questions_csv: bytes
    content_sha256: str
    scos: int
    pages: int
    questions: int
    suspend_data_max: int
    lock_path: Path
    lock_before: str | None  # what course.lock said when the course was read; None: there was none
    lock_text: str | None  # the new text; None: unchanged
    renamed: tuple[tuple[str, str], ...] = ()

    @property
    def zip_name(self) -> str:
        return f"{self.name}{PACKAGE}"

    @property
    def csv_name(self) -> str:
        return f"{self.name}{QUESTIONS}"


def write_zip(file: BinaryIO, files: Mapping[str, Content]) -> list[Asset]:
    """A zip of the files: the manifest first, then by name, with fixed times and modes.

    Returns the assets that have changed since the content hash was made: if there are any, the zip must not be used.
    """
    changed = []
    moment = _time()
    with zipfile.ZipFile(file, "w") as archive:
        for path in sorted(files, key=lambda path: (path != NAME, path)):
            content = files[path]
            entry = zipfile.ZipInfo(path, moment)
            entry.create_system = 3
            entry.external_attr = 0o100644 << 16
            entry.compress_type = zipfile.ZIP_STORED if path.lower().endswith(_COMPRESSED) else zipfile.ZIP_DEFLATED
            if isinstance(content, bytes):
                archive.writestr(entry, content)
                continue
            entry.file_size = content.size  # what the header is laid out for
            with archive.open(entry, "w") as packed:
                for piece in _pieces(content):
                    packed.write(piece)
            if (entry.file_size, entry.CRC) != (content.size, content.crc):
                changed.append(content)
    return changed


def _pieces(asset: Asset) -> Iterator[bytes]:
    """An asset's bytes; fewer if it can no longer be read (OSError is handled here, so that it is not taken for an error of writing)."""
    pieces = asset.pieces()
    while True:
        try:
            piece = next(pieces)
        except (StopIteration, OSError):
            return
        yield piece


def questions_csv(course: Course) -> bytes:
    """The meaning of each interaction id and letter in LMS reports: one row per answer (UTF-8 with a byte order mark, for Excel)."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(CSV_COLUMNS)
    for module in course.modules:
        for page in module.pages:
            for question in page.questions:
                use = "check" if question in page.checks else "assessment"
                for row in KINDS[question.kind].rows(question):
                    right = "" if row.right is None else "yes" if row.right else "no"
                    cells = [row.interaction, module.id, page.id, use, question.kind, question.plain, row.letter, row.text,
                             right, row.pattern, question.objective, row.type]  # fmt: skip
                    writer.writerow(map(safe_cell, cells))
    return text.getvalue().encode("utf-8-sig")


# What spreadsheets take for the start of a formula: also after a tab or line end, and in the full-width forms of Asian keyboards.
_FORMULA = tuple("=+-@\t\r\n\uff1d\uff0b\uff0d\uff20")


def safe_cell(text: str) -> str:
    """A text as a cell that no spreadsheet takes for a formula."""
    return f"'{text}" if text.startswith(_FORMULA) else text


def read_cell(cell: str) -> str:
    """The text of a cell made by `safe_cell`."""
    return cell[1:] if cell.startswith("'") and cell[1:].startswith(_FORMULA) else cell
