"""A package: its zip, byte for byte the same from the same files."""

from __future__ import annotations

import time
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import BinaryIO, NamedTuple

from scormgen.files.source import Asset, Content
from scormgen.packaging.source_date import source_date

# Compressing these again costs time and saves nothing.
_COMPRESSED = (
    ".png",
    ".jpg",
    ".jpeg",
    ".gif",
    ".webp",
    ".avif",
    ".mp4",
    ".m4v",
    ".webm",
    ".ogv",
    ".mp3",
    ".m4a",
    ".ogg",
    ".oga",
    ".zip",
    ".woff2",
    ".docx",
    ".xlsx",
    ".pptx",
)
_EARLIEST = (1980, 1, 1, 0, 0, 0)  # the earliest time that a zip can store
QUESTIONS = "-questions.csv"  # ends the name of what explains a report of answers


def _time() -> tuple[int, int, int, int, int, int]:
    """The time of every entry: SOURCE_DATE_EPOCH if it is set, otherwise the earliest that a zip can store."""
    epoch = source_date()
    if epoch is None:
        return _EARLIEST
    moment = time.gmtime(epoch)[:6]
    return max(_EARLIEST, min((moment[0], *moment[1:]), (2107, 12, 31, 23, 59, 58)))


class Package(NamedTuple):
    """A package, ready to be packed. `files` maps paths in it to their content; `name` is the file name without its
    end.
    """

    target: str
    course: str
    version: str
    language: str
    name: str
    files: Mapping[str, Content]
    first: str  # the path of the file that comes first in the zip
    questions_csv: bytes | None
    content_sha256: str
    units: int
    pages: int
    questions: int
    longest_state: int
    lock_path: Path
    lock_before: str | None  # what course.lock said when the course was read; None: there was none
    lock_text: str | None  # the new text; None: unchanged
    renamed: tuple[tuple[str, str], ...] = ()

    @property
    def zip_name(self) -> str:
        return f"{self.name}-{self.target}.zip"

    @property
    def csv_name(self) -> str:
        return f"{self.name}{QUESTIONS}"


def write_zip(file: BinaryIO, files: Mapping[str, Content], first: str) -> list[Asset]:
    """A zip of the files: the one named `first`, then by name, with fixed times and modes.

    Returns the assets that have changed since the content hash was made: if there are any, the zip must not be used.
    """
    changed = []
    moment = _time()
    with zipfile.ZipFile(file, "w") as archive:
        for path in sorted(files, key=lambda path: (path != first, path)):
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
    """An asset's bytes; fewer if it can no longer be read (OSError is handled here, so that it is not taken for an
    error of writing).
    """
    pieces = asset.pieces()
    while True:
        try:
            piece = next(pieces)
        except (StopIteration, OSError):
            return
        yield piece
