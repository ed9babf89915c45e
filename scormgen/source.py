"""Reading authors' files safely: text with positions, and paths that stay inside the workspace."""

from __future__ import annotations

import os
import re
import stat
from pathlib import Path, PurePosixPath
from typing import Literal, NamedTuple

from scormgen import limits
from scormgen.diagnostics import HIDDEN, Place, Report, quoted, size_words

_SOURCES = (".md", ".yml")
# Python-Markdown marks its placeholders with STX and ETX, and XML allows no other control characters either.
_CONTROL = dict.fromkeys([*range(9), 11, 12, *range(14, 32), 127, 0xFEFF, 0xFFFE, 0xFFFF])

# What no text may hold, however it was written: a file's bytes are cleaned of it, an escape in YAML is a problem.
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


def source_from(path: str, text: str) -> SourceFile:
    text = text.replace("\r\n", "\n").replace("\r", "\n").translate(_CONTROL)
    return SourceFile(path, text, tuple(text.split("\n")))


def kind_of(path: Path) -> Literal["", "file", "folder", "other"]:
    """What is at a path that an author wrote, with links followed; '' where there is nothing, or no file can have such a name."""
    try:
        mode = path.stat().st_mode
    except (OSError, ValueError):  # a name that is too long, a part of it that is a file, a NUL, half a surrogate pair
        return ""
    return "file" if stat.S_ISREG(mode) else "folder" if stat.S_ISDIR(mode) else "other"


def is_link(path: Path) -> bool:
    """Whether there is a symbolic link at a path that an author wrote."""
    try:
        return path.is_symlink()
    except (OSError, ValueError):
        return False


def resolved(path: Path) -> Path:
    """A path with its links followed; as it is written where no file can have such a name."""
    try:
        return path.resolve()
    except (OSError, RuntimeError, ValueError):
        return Path(os.path.normpath(path))


class Root(NamedTuple):
    """The workspace folder. Nothing outside it is read: every path is resolved and compared with it."""

    folder: Path

    def relative(self, path: Path) -> str:
        """`path` as problems show it: relative to the workspace, with forward slashes."""
        return PurePosixPath(os.path.relpath(path, self.folder).replace(os.sep, "/")).as_posix()

    def holds(self, path: Path) -> bool:
        """Whether `path`, with all symbolic links followed, is inside the workspace."""
        try:
            return path.resolve().is_relative_to(self.folder.resolve())
        except (OSError, RuntimeError, ValueError):  # a loop of links, a name that no file can have
            return False

    def has_name(self, path: Path, report: Report) -> bool:
        """Whether the name of a file on disk is text; adds S021 where it is not."""
        if not HIDDEN.search(path.name):
            return True
        report.add("S021", Place(self.relative(path)), name=quoted(path.name))
        return False

    def read_bytes(self, path: Path, report: Report, place: Place | None = None) -> bytes | None:
        """The bytes of a file; None after adding S002, S003 or S009 when it cannot be read.

        `place` is where the file is named; without one the problem is that of the file itself.
        """
        shown = self.relative(path)
        where = place or Place(shown)
        if not self.holds(path):
            report.add("S003", where, path=quoted(shown))
            return None
        try:
            if not stat.S_ISREG(path.stat().st_mode):  # opening a pipe would wait for ever
                report.add("S009", where, path=quoted(shown))
                return None
            return path.read_bytes()
        except (OSError, ValueError) as error:
            report.add("S002", where, path=quoted(shown), why=getattr(error, "strerror", None) or str(error))
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
            return source_from(shown, content.decode("utf-8-sig"))
        except UnicodeDecodeError as error:
            line = content.count(b"\n", 0, error.start) + 1
            column = error.start - (content.rfind(b"\n", 0, error.start) + 1) + 1
            report.add("S001", Place(shown, line, column), path=quoted(shown))
            return None
