"""What must be true of every workspace: no crash, nothing slow, nothing outside touched, a sound package, fixes that lose no word.

A mutant runs in a forked child, so that neither a limit of CPU time nor what one mutant leaves behind reaches the next.
"""

from __future__ import annotations

import contextlib
import csv
import hashlib
import io
import json
import os
import re
import resource
import shutil
import signal
import sys
import tempfile
import time
import traceback
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from lxml import etree

from scormgen.cli import main
from tests.fuzz.markup import dangers
from tests.fuzz.mutants import Files, read, write
from tests.test_nothing_lost import learner_words

COMMAND_SECONDS = 5  # of CPU; more is a failure
_ALL_SECONDS = 30  # of CPU for all commands of a mutant, after which it is killed
_WALL_SECONDS = 600  # then it waits for something that never comes
_MEMORY = 4 << 30
_RUNNING = "running"  # the file that says which command a mutant is in
_CANARY = "canary-7f3a"
_MANIFEST = "{http://www.imsproject.org/xsd/imscp_rootv1p1p2}"
_SAYS_IMAGE = {"image", "of"}  # what the fix of W102 takes out of alternative texts


class Outcome(NamedTuple):
    """What a mutant did: each failure is what it is, then behind a bar what differs between mutants."""

    failures: list[str]
    packages: int = 0
    slowest: float = 0.0
    seconds: float = 0.0


@cache
def warm_up() -> None:
    """Runs the commands once in this process, so that no child needs to import them anew."""
    with tempfile.TemporaryDirectory(prefix="fuzz-") as folder:
        judge_workspace(
            {"courses/c/course.yml": b"title: C\n", "courses/c/01-a.md": b"### Q: A? {#a}\n\n- [x] A\n- [ ] B\n"},
            Path(folder),
        )


def guarded(files: Files, judge: Callable[[Files, Path], dict[str, Any]]) -> Outcome:
    """Judges a mutant in a child process of limited CPU time, memory and wall time."""
    warm_up()
    reader, writer = os.pipe()
    base = Path(tempfile.mkdtemp(prefix="fuzz-"))
    child = os.fork()
    if not child:
        with contextlib.suppress(BaseException), os.fdopen(writer, "w") as pipe:
            resource.setrlimit(resource.RLIMIT_CPU, (_ALL_SECONDS, _ALL_SECONDS))
            resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
            resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
            signal.alarm(_WALL_SECONDS)
            try:
                json.dump(judge(files, base), pipe)
            except BaseException:
                json.dump({"failures": [f"oracle: | {traceback.format_exc()}"]}, pipe)
        os._exit(0)
    os.close(writer)
    with os.fdopen(reader) as pipe:
        result = pipe.read()
    _, status, usage = os.wait4(child, 0)
    running = (base / _RUNNING).read_text() if (base / _RUNNING).exists() else "nothing"
    shutil.rmtree(base, ignore_errors=True)
    seconds = usage.ru_utime + usage.ru_stime
    if not result:
        name = signal.Signals(os.WTERMSIG(status)).name if os.WIFSIGNALED(status) else f"exit {status}"
        return Outcome([f"killed: {name} in {running}"], 0, seconds, seconds)
    return Outcome(**json.loads(result), seconds=seconds)


class _Commands:
    """Runs commands in this process, and keeps what was wrong with any of them."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.failures: list[str] = []
        self.slowest = 0.0
        self.said = ""  # by the last command

    def run(self, *words: str) -> int:
        """The exit code of a command; an exception out of it, a slow run and a leak of the canary are failures."""
        (self.folder.parent / _RUNNING).write_text(words[0])
        before, code, out = time.process_time(), 0, io.StringIO()
        arguments, sys.argv = sys.argv, ["scormgen", *words, "-v", "-C", str(self.folder)]
        try:
            with contextlib.redirect_stdout(out), contextlib.redirect_stderr(out):
                main()
        except SystemExit as done:
            code = int(done.code or 0)
        except BaseException as error:
            last = traceback.extract_tb(error.__traceback__)[-1]
            ours = [frame for frame in traceback.extract_tb(error.__traceback__) if "scormgen" in frame.filename][-1]
            at = f"{Path(ours.filename).name}:{ours.lineno} {Path(last.filename).name}:{last.name}"
            self.failures.append(f"crash: {type(error).__name__} in {at} | {words[0]}: {str(error)[:200]}")
            code = 70
        sys.argv = arguments
        seconds = time.process_time() - before
        self.slowest = max(self.slowest, seconds)
        if seconds > COMMAND_SECONDS:
            self.failures.append(f"slow: {words[0]} | took {seconds:.1f} s of CPU")
        if code not in (0, 1, 2, 70):
            self.failures.append(f"exit: {words[0]} gave {code}")
        self.said = out.getvalue()
        if _CANARY in self.said:
            self.failures.append(f"leak: {words[0]} printed what is outside the workspace")
        return code


def judge_workspace(files: Files, base: Path) -> dict[str, Any]:
    """build, build --locked, check, check --fix twice; what each may write, and what the package must be like."""
    root, outside = base / "workspace", base / "outside"
    write(
        {
            "secret.txt": f"{_CANARY}\n".encode(),
            "course.yml": f"title: {_CANARY}\n".encode(),
            "a.md": f"{_CANARY}\n".encode(),
        },
        outside,
    )
    root.mkdir()
    write(files, root)
    commands, canary, sources = _Commands(root), _signature(base, outside), _signature(root, root)
    built = commands.run("build", "-j", "1") == 0
    packages = [path for path in sorted((root / "dist").glob("*-scorm12.zip")) if path.is_file()] if built else []
    contents = {path: path.read_bytes() for path in packages}
    commands.failures += [failure for content in contents.values() for failure in check_package(content)]
    is_other = "[C020]" in commands.said  # the lock of a course with another id, which --locked takes for an error
    if built and not is_other and commands.run("build", "-j", "1", "--locked") != 0:
        commands.failures.append("lock: a build with --locked fails straight after a build")
    if any(path.read_bytes() != content for path, content in contents.items()):
        commands.failures.append("bytes: a second build gave another package")
    commands.failures += _changed("build", sources, _signature(root, root), r"dist/.*|courses/[^/]*/course\.lock")
    sources = _signature(root, root)
    commands.run("check")
    commands.failures += _changed("check", sources, _signature(root, root), "")
    commands.failures += _check_fix(commands, root)
    if _signature(base, outside) != canary:
        commands.failures.append("outside: a file outside the workspace was touched")
    return {"failures": commands.failures, "packages": len(packages), "slowest": commands.slowest}


def _check_fix(commands: _Commands, root: Path) -> Iterator[str]:
    """A fix loses no word, writes sources alone, and leaves nothing for a second one."""
    before, signature = _words(root), _signature(root, root)
    if commands.run("check", "--fix") == 70:
        return
    after, once = _words(root), _signature(root, root)
    yield from _changed("check --fix", signature, once, r".*\.(?:md|yml)")
    lost = [word for word in before - after if word not in _SAYS_IMAGE]
    if lost:
        yield f"lost words: check --fix | took out {sorted(lost)[:9]}"
    if once != signature:
        commands.run("check", "--fix")
        if _signature(root, root) != once:
            yield "fix: a second check --fix changes something again"


def _words(root: Path) -> Counter[str]:
    found: Counter[str] = Counter()
    for name, content in read(root).items():
        if name.endswith((".md", ".yml")):
            found.update(learner_words(content.decode("utf-8", "replace")))
    return found


def _signature(base: Path, folder: Path) -> dict[str, str]:
    """Every name below a folder with what tells a change: the content's hash, or where a link leads."""
    found = {}
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(base).as_posix()
        if path.is_symlink():
            found[name] = f"link {path.readlink()}"
        else:
            found[name] = hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else "folder"
    return found


def _changed(what: str, before: dict[str, str], after: dict[str, str], allowed: str) -> Iterator[str]:
    names = {name for name in before.keys() | after.keys() if before.get(name) != after.get(name)}
    if wrong := sorted(name for name in names if not re.fullmatch(f"dist|{allowed}", name, re.S)):
        yield f"wrote: {what} | changed {wrong[:5]}"


def check_package(content: bytes) -> Iterator[str]:
    """What is wrong with a package: its zip, its manifest, the files that it lists, and what its pages would run."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        if broken := archive.testzip():
            yield f"zip: damaged | {broken}"
        names = archive.namelist()
        if len(names) != len({name.lower() for name in names}) or any(
            name.startswith("/") or ".." in name.split("/") for name in names
        ):
            yield f"zip: names | {names}"
        try:
            manifest = etree.fromstring(archive.read("imsmanifest.xml"))
        except (KeyError, etree.XMLSyntaxError) as error:
            yield f"manifest: | {error}"
            return
        listed = {file.get("href") for file in manifest.iter(f"{_MANIFEST}file")}
        missing = set(names) - listed - {"imsmanifest.xml"} - {name for name in names if name.endswith(".xsd")}
        if missing or listed - set(names):
            yield f"manifest: its list of files | not listed {sorted(missing)}, not there {sorted(map(str, listed - set(names)))}"
        for name in names:
            if _CANARY.encode() in archive.read(name):
                yield f"leak: a package holds what is outside the workspace | {name}"
            if name.endswith(".html"):
                yield from (f"markup: {danger}" for danger in dangers(archive.read(name).decode()))


def judge_report(files: Files, base: Path) -> dict[str, Any]:
    """decode as text, JSON, CSV and HTML: no formula in a cell, nothing in the page that runs."""
    base = base / "workspace"
    write(files, base)
    commands = _Commands(base)
    name = next(name for name in files if name.startswith("report."))
    code = commands.run("decode", str(base / name), "--csv", str(base / "out.csv"), "--html", str(base / "out.html"))
    commands.run("decode", str(base / name), "--format", "json", "--answers", "last")
    if code == 0:
        page = (base / "out.html").read_text("utf-8")
        commands.failures += [f"markup: {danger}" for danger in dangers(page) if danger != "<style>"]
        cells = [cell for row in csv.reader(io.StringIO((base / "out.csv").read_text("utf-8-sig"))) for cell in row]
        commands.failures += [
            f"formula: in the CSV | {cell[:40]!r}" for cell in cells if re.match(r"[=+@\t\r]|-(?![\d.]+$)", cell)
        ]
    return {"failures": commands.failures, "packages": int(code == 0), "slowest": commands.slowest}
