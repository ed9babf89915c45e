"""Reading authors' files safely: text with positions, and paths that stay inside the workspace."""

from __future__ import annotations

import os
import re
import stat
import unicodedata
from collections.abc import Callable, Collection, Iterable, Iterator
from pathlib import Path, PurePath, PurePosixPath
from typing import Any, Literal, NamedTuple

from scormgen.problems import limits
from scormgen.problems.report import Place, Report
from scormgen.text import HIDDEN, quoted, size_words, visible

_SOURCES = (".md", ".yml")
_PIECE = 1 << 20  # bytes of an asset that are in memory at a time
# Python-Markdown marks its placeholders with STX and ETX, and XML allows no other control characters either.
_CONTROL = dict.fromkeys([*range(9), 11, 12, *range(14, 32), 127, 0xFEFF, 0xFFFE, 0xFFFF])

# What no text may contain: it is removed from files (S022), and an error as an escape in YAML.
UNREADABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff\ufeff\ufffe\uffff]")


class SourceFile(NamedTuple):
    """An author's text file: its path relative to the workspace, its text with `\\n` line ends, and its lines."""

    path: str
    text: str
    lines: tuple[str, ...]

    def place(self, line: int, column: int = 1, width: int = 1) -> Place:
        """The place of a line (from 1) and column (from 1); a line outside the file means the whole file."""
        excerpt = self.lines[line - 1] if 0 < line <= len(self.lines) else ""
        return Place(self.path, line, column, width, excerpt)

    def find(self, text: str, first: int, last: int) -> Place:
        """The place of `text` in lines `first` to `last`; the start of `first` where it is not there literally."""
        for number in range(first, min(last, len(self.lines)) + 1):
            column = self.lines[number - 1].find(text) if text else -1
            if column >= 0:
                return self.place(number, column + 1, len(text))
        line = self.lines[first - 1] if 0 < first <= len(self.lines) else ""
        indent = len(line) - len(line.lstrip())
        return self.place(first, indent + 1, max(1, len(line.strip())))


def _with_line_feeds(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


def source_from(path: str, text: str) -> SourceFile:
    text = _with_line_feeds(text).translate(_CONTROL)
    return SourceFile(path, text, tuple(text.split("\n")))


_LINE_END = re.compile(r"\r\n|\r|\n")


class Written(NamedTuple):
    """A file's text as it is on disk, with its byte order mark and line ends, and the offset of each line.

    It converts positions in a `SourceFile` to offsets in the file, so that an edit leaves all other bytes unchanged.
    """

    text: str
    starts: tuple[int, ...]

    def span(self, line: int, column: int, last: int, end: int) -> tuple[int, int]:
        """The offsets of a text from a line and column (both from 1) to before the column `end` of line `last`."""
        start = self._offset(line, column)
        return start, max(start, self._offset(last, end - 1) + 1 if end > 1 else self.starts[last - 1])

    def _offset(self, line: int, column: int) -> int:
        """The offset of a column's character; reading has left out some characters before it."""
        at = self.starts[line - 1] - 1
        for _ in range(column):
            at += 1
            while at < len(self.text) and ord(self.text[at]) in _CONTROL:
                at += 1
        return at

    def line_end(self, line: int) -> str:
        """The line end of a line; '' for the last line."""
        match = _LINE_END.search(self.text, self.starts[line - 1])
        return match[0] if match else ""

    def after_line(self, line: int) -> int:
        """The offset of the next line; the end of the file for the last line."""
        return self.starts[line] if line < len(self.starts) else len(self.text)


def written_from(text: str) -> Written:
    return Written(text, (0, *(match.end() for match in _LINE_END.finditer(text))))


class Asset(NamedTuple):
    """An author's file that is packed unchanged: a path, because the file may be larger than memory.

    `size` and `crc` (CRC-32, as in a zip) are those of the bytes in the content hash, so that the next reading can
    check that it has read the same bytes.
    """

    file: Path  # with all symbolic links followed
    size: int
    crc: int

    def pieces(self) -> Iterator[bytes]:
        """The file's bytes, at most one more than `size`. Raises OSError."""
        # If the file has meanwhile become a pipe, opening it would block.
        opened = os.open(self.file, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
        left = self.size + 1
        with os.fdopen(opened, "rb", buffering=0) as file:
            while left and (piece := file.read(min(_PIECE, left))):
                left -= len(piece)
                yield piece


Content = bytes | Asset  # of a file in a package


def kind_of(path: Path) -> Literal["", "file", "folder", "other"]:
    """The type of what is at a path from an author, with links followed; '' if nothing is there, or no file can have
    such a name.
    """
    try:
        mode = path.stat().st_mode
    except (
        OSError,
        ValueError,
    ):  # the name is too long, a part of it is a file, or it has a NUL or half a surrogate pair
        return ""
    return "file" if stat.S_ISREG(mode) else "folder" if stat.S_ISDIR(mode) else "other"


def is_link(path: Path) -> bool:
    """Whether there is a symbolic link at a path that an author wrote."""
    try:
        return path.is_symlink()
    except (OSError, ValueError):
        return False


def in_order(paths: Iterable[Path]) -> list[Path]:
    """Paths in the same order on every platform: those of Windows compare without regard to case."""
    return sorted(paths, key=lambda path: path.parts)


def names_in(folder: Path) -> frozenset[str] | None:
    """The names in a folder, in one Unicode form, for macOS and Git differ in that; None if they cannot be listed."""
    try:
        return frozenset(unicodedata.normalize("NFC", name) for name in os.listdir(folder))  # noqa: PTH208
    except OSError:
        return None


def is_spelt(path: PurePath, folder: PurePath, names: Callable[[Any], Collection[str] | None] = names_in) -> bool:
    """Whether every name on the way from `folder` to an existing `path` has the case that it has on disk.

    Windows and macOS find `Hot.svg` where an author has written `hot.svg`; the CI runner and most LMSs do not.
    """
    while path != folder and path != path.parent:
        known = names(path.parent)
        if known is not None and unicodedata.normalize("NFC", path.name) not in known:
            return False
        path = path.parent
    return True


def resolved(path: Path) -> Path:
    """A path with its links followed; unchanged if no file can have such a name."""
    try:
        return path.resolve()
    except (OSError, RuntimeError, ValueError):
        return Path(os.path.normpath(path))


class Root(NamedTuple):
    """The workspace folder. Nothing outside it is read: every path is resolved and compared with it."""

    folder: Path

    def relative(self, path: Path) -> str:
        """`path` as problems show it: relative to the workspace, with forward slashes."""
        try:
            shown = os.path.relpath(path, self.folder)
        except ValueError:  # on another drive of Windows
            shown = str(path)
        return PurePosixPath(shown.replace(os.sep, "/")).as_posix()

    def holds(self, path: Path) -> bool:
        """Whether `path`, with all symbolic links followed, is inside the workspace."""
        try:
            return path.resolve().is_relative_to(self.folder.resolve())
        except (OSError, RuntimeError, ValueError):  # a loop of links, a name that no file can have
            return False

    def has_name(self, path: Path, report: Report) -> bool:
        """Whether the name of a file on disk is text; adds S021 if it is not."""
        if not HIDDEN.search(path.name):
            return True
        report.add("S021", Place(self.relative(path)), name=quoted(path.name))
        return False

    def check_link(self, path: Path, report: Report, place: Place | None = None) -> bool:
        """Whether `path` is in the workspace; if not, adds S003 at `place` or at the path itself."""
        if self.holds(path):
            return True
        shown = self.relative(path)
        report.add("S003", place or Place(shown), path=quoted(shown))
        return False

    def entries(self, folder: Path, report: Report) -> list[Path]:
        """The sorted content of a folder in the workspace; empty if there is no such folder, or after adding S002 or
        S003.
        """
        if not os.path.lexists(folder) or not self.check_link(folder, report) or not folder.is_dir():
            return []
        try:
            return in_order(folder.iterdir())
        except OSError as error:
            shown = self.relative(folder)
            report.add("S002", Place(shown), path=quoted(shown), why=error.strerror or str(error))
            return []

    def is_regular(self, path: Path, report: Report, place: Place | None = None) -> bool:
        """Whether a file can be read; if not, adds S002, S003 or S009.

        `place` is where the source refers to the file; without it, the problem is located at the file itself.
        """
        shown = self.relative(path)
        where = place or Place(shown)
        if not self.check_link(path, report, where):
            return False
        try:
            regular = stat.S_ISREG(path.stat().st_mode)  # opening a pipe would block forever
        except (OSError, ValueError) as error:
            report.add("S002", where, path=quoted(shown), why=getattr(error, "strerror", None) or str(error))
            return False
        if not regular:
            report.add("S009", where, path=quoted(shown))
        return regular

    def read_bytes(self, path: Path, report: Report, place: Place | None = None) -> bytes | None:
        """The bytes of a file; None after adding S002, S003 or S009 when it cannot be read."""
        if not self.is_regular(path, report, place):
            return None
        try:
            return path.read_bytes()
        except OSError as error:
            shown = self.relative(path)
            report.add("S002", place or Place(shown), path=quoted(shown), why=error.strerror or str(error))
            return None

    def read_text(self, path: Path, report: Report, place: Place | None = None) -> SourceFile | None:
        """A text file; None after adding a problem (also S001, S002 when it is not text or too large)."""
        content = self.read_bytes(path, report, place)
        if content is None:
            return None
        shown = self.relative(path)
        limit = limits.SOURCE_BYTES if path.suffix.lower() in _SOURCES else limits.TEXT_BYTES
        if len(content) > limit:
            sizes = {"size": size_words(len(content)), "limit": size_words(limit)}
            report.add("S020", place or Place(shown), None, path=quoted(shown), **sizes)
            return None
        try:
            text = content.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            line = content.count(b"\n", 0, error.start) + 1
            column = error.start - (content.rfind(b"\n", 0, error.start) + 1) + 1
            report.add("S001", Place(shown, line, column), path=quoted(shown))
            return None
        source = source_from(shown, text)
        _tell_left_out(text, source, report)
        return source


def _tell_left_out(text: str, source: SourceFile, report: Report) -> None:
    """Adds S022 if characters were removed from the text of a file."""
    text = _with_line_feeds(text)
    if first := UNREADABLE.search(text):
        before = text[: first.start()]
        place = source.place(before.count("\n") + 1, len(before) - before.rfind("\n"))
        report.add("S022", place, count=len(text) - len(source.text), name=visible(first[0]))
