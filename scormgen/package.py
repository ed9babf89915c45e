"""The zip, byte for byte the same from the same files; `questions.csv`; `SHA256SUMS`; atomic writes."""

from __future__ import annotations

import csv
import hashlib
import io
import os
import time
import zipfile
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from scormgen.diagnostics import Failure
from scormgen.manifest import NAME
from scormgen.model import Course
from scormgen.moment import source_date
from scormgen.questions import KINDS

# Compressing these again costs time and saves nothing.
_COMPRESSED = (".png", ".jpg", ".jpeg", ".gif", ".webp", ".avif", ".mp4", ".m4v", ".webm", ".ogv", ".mp3", ".m4a",
               ".ogg", ".oga", ".zip", ".woff2", ".docx", ".xlsx", ".pptx")  # fmt: skip
_EARLIEST = (1980, 1, 1, 0, 0, 0)  # zip knows no earlier time
SUMS = "SHA256SUMS"
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
    """The time of every entry: SOURCE_DATE_EPOCH where it is set, else the earliest that a zip can name."""
    epoch = source_date()
    if epoch is None:
        return _EARLIEST
    moment = time.gmtime(epoch)[:6]
    return max(_EARLIEST, min((moment[0], *moment[1:]), (2107, 12, 31, 23, 59, 58)))


def zip_files(files: Mapping[str, bytes]) -> bytes:
    """A zip of the files: the manifest first, then by name, with fixed times and modes."""
    buffer = io.BytesIO()
    moment = _time()
    with zipfile.ZipFile(buffer, "w") as archive:
        for path in sorted(files, key=lambda path: (path != NAME, path)):
            entry = zipfile.ZipInfo(path, moment)
            entry.create_system = 3
            entry.external_attr = 0o100644 << 16
            stored = path.lower().endswith(_COMPRESSED)
            entry.compress_type = zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED
            archive.writestr(entry, files[path], compresslevel=None if stored else 6)
    return buffer.getvalue()


def questions_csv(course: Course) -> bytes:
    """What each interaction id and letter of an LMS report means: a row an answer (UTF-8 with a mark, for Excel)."""
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


def safe_cell(text: str) -> str:
    """A cell that no spreadsheet takes for a formula."""
    return f"'{text}" if text[:1] in ("=", "+", "-", "@", "\t") else text


def sums(folder: Path, written: Mapping[str, bytes]) -> bytes:
    """`SHA256SUMS` of what is written now and of what stands there already from earlier builds."""
    lines = {name: hashlib.sha256(content).hexdigest() for name, content in written.items()}
    if folder.is_dir():
        for path in folder.iterdir():
            if path.name not in lines and path.name.endswith(("-scorm12.zip", "-questions.csv")) and path.is_file():
                lines[path.name] = hashlib.sha256(path.read_bytes()).hexdigest()
    return "".join(f"{digest}  {name}\n" for name, digest in sorted(lines.items())).encode()


def write_file(path: Path, content: bytes) -> None:
    """Writes a file so that nobody ever sees half of it. Raises Failure when the machine refuses."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        partial = path.with_name(f".{path.name}.{os.getpid()}")
        try:
            with partial.open("wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            partial.chmod(0o644)
            partial.replace(path)
        except BaseException:
            with suppress(OSError):
                partial.unlink()
            raise
    except OSError as error:
        raise Failure(f"{path} cannot be written: {error.strerror or error}") from error
