"""Atomic writes: files are staged beside their targets and then renamed, so that nobody sees half a file, or some of
several.

A temporary file is `.NAME.PID-RANDOM.part`. The next build and `scormgen clean` delete those that a killed process has
left.
"""

from __future__ import annotations

import io
import os
import re
import sys
import time
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import NamedTuple

if sys.platform != "win32":
    import fcntl

from scormgen.problems.report import Failure

_PART = re.compile(r"\.(?P<name>.+)\.(?P<pid>\d+)-[0-9a-f]{8}\.part", re.DOTALL)
_NAME_BYTES = 200  # bytes of the target's name in the name of its temporary file: file systems allow 255
_FORGOTTEN = 24 * 3600.0  # seconds: another process may have the number of a dead one
_HELD = 2.0  # seconds: how long a program that has a target open is waited for, on Windows
_PATIENCE, _LOOK = 30.0, 0.05  # seconds: how long to wait for another writer, and how often to check


class _Part(NamedTuple):
    """A temporary file, and its target."""

    part: Path
    target: Path


def failure(path: Path, error: OSError, what: str = "written") -> Failure:
    return Failure(f"{path} cannot be {what}: {error.strerror or error}")


class Staging:
    """Files that are put in place together. Before `commit`, only temporary files are written; without it, none is
    left.

    Every method raises Failure if the system reports an error.
    """

    def __init__(self) -> None:
        self._parts: list[_Part] = []
        self._made: list[Path] = []  # folders
        self._deleted: Path | None = None

    def __enter__(self) -> Staging:
        return self

    def __exit__(self, *_: object) -> None:
        for part, target in self._parts:
            # The staged file in place of a deleted one stays: the next writer reads from it what was planned.
            with suppress(OSError):
                if target != self._deleted:
                    part.unlink()
        for folder in reversed(self._made):
            with suppress(OSError):  # the folder is not empty
                folder.rmdir()

    def make_folder(self, folder: Path) -> None:
        """Makes a folder if there is none."""
        try:
            missing = [path for path in (folder, *folder.parents) if not path.exists()]
            for path in reversed(missing):
                path.mkdir(exist_ok=True)
                self._made.append(path)
            if not folder.is_dir():
                raise Failure(f"{folder} cannot be used as a folder: it is a file. Rename it, or set another folder")
        except OSError as error:
            raise failure(folder, error, "made") from error

    @contextmanager
    def open(self, target: Path, mode: int = 0o644) -> Iterator[io.BufferedRandom]:
        """A context with the temporary file of a target, open for writing; at its end, the file is on the disk with
        the permissions `mode`.
        """
        self.make_folder(target.parent)
        if target.is_dir():
            raise Failure(f"{target} cannot be written: there is a folder with this name. Rename or delete it")
        name = os.fsencode(target.name)[:_NAME_BYTES].decode("utf-8", "ignore")
        part = target.with_name(f".{name}.{os.getpid()}-{os.urandom(4).hex()}.part")
        try:
            opened = os.open(part, os.O_RDWR | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o644)
            self._parts.append(_Part(part, target))
            with os.fdopen(opened, "w+b") as file:
                yield file
                file.flush()
                part.chmod(mode)  # independent of the umask: CI publishes these files
                os.fsync(opened)
        except OSError as error:
            raise failure(target, error) from error

    def write(self, target: Path, content: bytes, mode: int = 0o644) -> None:
        with self.open(target, mode) as file:
            file.write(content)

    def commit(self, first: Path | None = None) -> None:
        """Deletes `first`, then puts the files in place in the order in which they were staged.

        A folder is flushed to disk before the first file of another folder is changed, and before `first` is written
        again. Where the machine refuses before a file beside `first` is new, `first` is put back: all that it says is
        still so.
        """
        if not self._parts:
            return
        before = None
        placed: list[Path] = []
        new = {target for _, target in self._parts if not target.exists()}
        try:
            if first is not None and first.exists():
                before = first.read_bytes()
                _delete(first)
                self._deleted = first
                _sync(first.parent)
            for part, target in self._parts:
                if placed and (placed[-1].parent != target.parent or target == first):
                    _sync(placed[-1].parent)
                _replace(part, target)
                placed.append(target)
            _sync(placed[-1].parent)
        except OSError as error:
            if self._deleted is None or new.issuperset(placed):
                placed = [target for target in placed if target not in new or not _undo(target)]
            if first is not None and before is not None and all(target.parent != first.parent for target in placed):
                with suppress(Failure):
                    write_file(first, before)
                    self._deleted = None
            raise self._what_stands(placed, error) from error
        self._parts.clear()
        self._made.clear()

    def _what_stands(self, placed: list[Path], error: OSError) -> Failure:
        left = [target for _, target in self._parts if target not in placed]
        if not placed and self._deleted is None:
            return failure(left[0], error)
        return Failure(
            f"{left[0]} cannot be put in place: {error.strerror or error}. "
            f"New are: {', '.join(map(str, placed)) or 'none'}. As before are: {', '.join(map(str, left))}. "
            "Run the command again"
        )


def _replace(part: Path, target: Path) -> None:
    """Windows refuses while another program has the target open, as a virus scanner has for a moment."""
    end = time.monotonic() + _HELD
    while True:
        try:
            part.replace(target)
        except PermissionError:
            if os.name != "nt" or time.monotonic() >= end:
                raise
            time.sleep(_LOOK)
        else:
            return


def _undo(path: Path) -> bool:
    with suppress(OSError):
        path.unlink()
        return True
    return False


def _delete(path: Path) -> None:
    try:
        path.unlink()
    except OSError as error:
        raise failure(path, error, "deleted") from error


def write_file(path: Path, content: bytes, mode: int = 0o644) -> None:
    """Writes a file atomically. Raises Failure if the system reports an error."""
    with Staging() as staging:
        staging.write(path, content, mode)
        staging.commit()


def write_files(files: dict[Path, bytes]) -> None:
    """Writes all of the files, or none. Raises Failure if the system reports an error."""
    with Staging() as staging:
        for path, content in files.items():
            staging.write(path, content)
        staging.commit()


def _sync(folder: Path) -> None:
    """Flushes a folder's names to disk, if the platform can: otherwise, a power cut may undo renames in another
    order.
    """
    with suppress(OSError):  # Windows cannot open folders, and some file systems do not support this
        opened = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(opened)
        finally:
            os.close(opened)


def find_parts(folder: Path, of: str = "", but: str = "") -> list[Path]:
    """The temporary files in a folder: of one target or of all, without those of the target `but`."""
    with suppress(OSError):
        names = sorted(entry.name for entry in os.scandir(folder))
        parts = [match for name in names if (match := _PART.fullmatch(name))]
        return [folder / match.group() for match in parts if match["name"] != but and of in ("", match["name"])]
    return []


def sweep(folders: Iterable[Path], but: str = "") -> None:
    """Deletes the temporary files of processes that have ended, without those of the target `but`."""
    for part in (part for folder in folders for part in find_parts(folder, but=but)):
        with suppress(
            OSError
        ):  # it no longer exists, or the folder is read-only, which is reported when something is written
            if _is_stale(part):
                part.unlink()


def _is_stale(part: Path) -> bool:
    match = _PART.fullmatch(part.name)
    assert match
    if time.time() - part.stat().st_mtime > _FORGOTTEN:
        return True
    if os.name == "nt":  # here, checking for a process would end it
        return False
    try:
        os.kill(int(match["pid"]), 0)
    except (ProcessLookupError, OverflowError):
        return True
    except OSError:  # it belongs to another user
        return False
    return False


@contextmanager
def only_writer(folders: Iterable[Path], patience: float = _PATIENCE) -> Iterator[None]:
    """Locks each folder against other builds, if the platform can (flock). The lock ends with the process, however it
    ends.

    Waits while another writer is busy; raises Failure after `patience` seconds.
    """
    with ExitStack() as held:
        for folder in sorted(
            {folder.resolve() for folder in folders}
        ):  # always in the same order, or two processes could wait for each other
            opened = _open_folder(folder)
            if opened is None:
                continue
            held.callback(os.close, opened)
            end = time.monotonic() + patience
            while not _lock(opened):
                if time.monotonic() >= end:
                    raise Failure(
                        f"another scormgen is writing to {folder}: run the command again when it has finished"
                    )
                time.sleep(_LOOK)
        yield


def _open_folder(folder: Path) -> int | None:
    with suppress(OSError):
        return os.open(folder, os.O_RDONLY)
    return None


def _lock(opened: int) -> bool:
    """Whether the lock was acquired, or locks are not supported here."""
    if sys.platform == "win32":
        return True
    try:
        fcntl.flock(opened, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError:  # a file system without locks
        return True
    return True
