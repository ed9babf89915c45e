"""The folder of packages: writes a build as a whole or not at all, with `SHA256SUMS` as the mark of a complete build.

The order of renames is safe whenever the process may be killed. Without SHA256SUMS, a folder counts as unfinished, so
it is deleted first and written last. A course.lock is renamed before the package that was made with it: a lock may have
more slots than a package, but if a package had slots that no lock has, a later build would give them to other
questions.
"""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Literal, NamedTuple

from scormgen.files.source import Asset, Root, in_order, source_from
from scormgen.files.staging import Staging, failure, find_parts, only_writer, sweep
from scormgen.packaging.package import QUESTIONS, Package, write_zip
from scormgen.problems.report import Failure, Place, Report
from scormgen.targets import TARGETS
from scormgen.text import quoted

SUMS = "SHA256SUMS"
_ENDINGS = (QUESTIONS, *(f"-{name}.zip" for name in TARGETS))
_LINE = re.compile(r"([0-9a-f]{64}) [ *]([^/\\\n]+)")


class Written(NamedTuple):
    """A file that a build has written."""

    sha256: str
    size: int


def publish(built: Sequence[Package], output: Path, root: Root) -> tuple[Mapping[str, Written], Sequence[Asset]]:
    """Writes packages, their questions.csv and locks, and SHA256SUMS: all, or none.

    Returns the written files by name, and the assets that have changed since they were read. If there are any, nothing
    was written. Raises Failure if the system reports an error.
    """
    written: dict[str, Written] = {}
    changed: list[Asset] = []
    if not built:
        return written, changed
    with _no_umask(), Staging() as staging:
        staging.make_folder(output)
        with only_writer([output, root.folder]):
            known = _known(output)
            sweep(
                [
                    output,
                    *_folders([root.folder / "courses" / "_shared", *(package.lock_path.parent for package in built)]),
                ],
                but=SUMS,
            )
            _stage_locks(built, root, staging)
            for package in built:
                target = output / package.zip_name
                with staging.open(target) as file:
                    changed += write_zip(file, package.files, package.first)
                    file.seek(0)
                    written[package.zip_name] = Written(hashlib.file_digest(file, "sha256").hexdigest(), file.tell())
                if package.questions_csv is not None:
                    staging.write(output / package.csv_name, package.questions_csv)
                    digest = hashlib.sha256(package.questions_csv).hexdigest()
                    written[package.csv_name] = Written(digest, len(package.questions_csv))
            if not changed:
                staging.write(output / SUMS, _sums(output, written, known))
                sweep([output])  # the staged SHA256SUMS of an interrupted build, now replaced by ours
                staging.commit(first=output / SUMS)
    return written, changed


def _stage_locks(built: Iterable[Package], root: Root, staging: Staging) -> None:
    """Raises Failure if a lock has changed since its course was read, by another build or a person."""
    for one in {package.lock_path: package for package in built}.values():
        now = _read_text(one.lock_path)
        if now != one.lock_before:
            raise Failure(
                f"{root.relative(one.lock_path)} has changed during the build, so nothing was written: build again"
            )
        if one.lock_text is not None:
            staging.write(one.lock_path, one.lock_text.encode())


def _read_text(path: Path) -> str | None:
    """A lock as a course is read with it."""
    try:
        return source_from("", path.read_bytes().decode("utf-8-sig", "replace")).text
    except FileNotFoundError:
        return None
    except OSError as error:
        raise failure(path, error, "read") from error


def _read_sums(path: Path) -> list[tuple[str, str]]:
    """The hashes and names in a file like SHA256SUMS; empty if there is no such file."""
    with suppress(OSError, UnicodeDecodeError):
        return _LINE.findall(path.read_text("utf-8"))
    return []


def _known(folder: Path) -> list[tuple[str, str]]:
    """The content of SHA256SUMS; after a build that was interrupted during its renames, the planned content."""
    sums = folder / SUMS
    return [line for path in ([sums] if sums.exists() else find_parts(folder, SUMS)) for line in _read_sums(path)]


def _sums(folder: Path, written: Mapping[str, Written], known: Iterable[tuple[str, str]]) -> bytes:
    """SHA256SUMS for the files of this build, and for unchanged files of earlier builds."""
    lines = {name: digest for digest, name in known if name not in written and _digest(folder / name) == digest}
    lines |= {name: entry.sha256 for name, entry in written.items()}
    return "".join(f"{digest}  {name}\n" for name, digest in sorted(lines.items())).encode()


def _digest(path: Path) -> str | None:
    """The hash of a file; None if it cannot be read."""
    with suppress(OSError), path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
    return None


def _packages(folder: Path) -> list[Path]:
    """The packages and questions.csv in a folder. Raises Failure if it cannot be read."""
    try:
        return in_order(path for path in folder.iterdir() if path.name.endswith(_ENDINGS) and path.is_file())
    except (FileNotFoundError, NotADirectoryError):
        return []
    except OSError as error:
        raise failure(folder, error, "read") from error


def check_dist(folder: Path, root: Root, report: Report) -> Literal["whole", "unfinished", "empty"]:
    """Whether a folder of packages is `whole`, `unfinished` or `empty`; adds S015 and S016 if it is unfinished."""
    names = {path.name for path in _packages(folder)}
    if not (folder / SUMS).is_file():
        if names:
            shown = root.relative(folder)
            report.add("S015", Place(shown), path=quoted(f"{shown}/"))
        return "unfinished" if names else "empty"
    known = {name: digest for digest, name in _read_sums(folder / SUMS)}
    before = len(report.problems)
    for name in sorted({*names, *known}):
        if name not in known:
            what = "is not listed in SHA256SUMS"
        elif name not in names:
            what = "is listed in SHA256SUMS, but does not exist"
        elif _digest(folder / name) != known[name]:
            what = "is not the file that SHA256SUMS lists"
        else:
            continue
        shown = root.relative(folder / name)
        report.add("S016", Place(shown), path=quoted(shown), what=what)
    return "whole" if len(report.problems) == before else "unfinished"


def clean(folder: Path, root: Root, courses: Sequence[Path]) -> list[Path]:
    """Deletes what builds have written into a folder, and all temporary files; returns the deleted paths.

    Raises Failure if something cannot be deleted.
    """
    removed: list[Path] = []
    with only_writer([folder, root.folder]):
        # SHA256SUMS is deleted first: without it, the rest counts as unfinished.
        sums = [folder / SUMS] if (folder / SUMS).is_file() else []
        folders = [folder, *_folders([root.folder / "courses" / "_shared", *courses])]
        for path in (*sums, *_packages(folder), *(part for course in folders for part in find_parts(course))):
            try:
                path.unlink()
            except OSError as error:
                raise failure(path, error, "deleted") from error
            removed.append(path)
    return removed


def _folders(courses: Iterable[Path]) -> Iterator[Path]:
    for course in courses:
        for folder, _, _ in os.walk(course):
            yield Path(folder)


@contextmanager
def _no_umask() -> Iterator[None]:
    """Files are readable for all users, whatever the umask: CI publishes them."""
    before = os.umask(0o022)
    try:
        yield
    finally:
        os.umask(before)
