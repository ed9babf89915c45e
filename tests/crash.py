"""Runs commands that are killed, or that the machine refuses something, at a step that is chosen: their n-th touch of the disk.

`Zygote` is a process that has imported scormgen; each command is a fork of it. What runs is the command itself; around it only the
system's calls are counted. A step is a call that changes something: a file or folder made, written, put on the disk, renamed or deleted.
"""

from __future__ import annotations

import errno
import io
import json
import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from typing import Any, NamedTuple

STEPS = ("open", "mkdir", "chmod", "fsync", "replace", "unlink")


class Trial(NamedTuple):
    """How a command ended: its exit code (negative: a signal), its output, and the steps that it came to."""

    code: int
    out: str
    err: str
    steps: list[str]


class Zygote:
    """Starts commands in a folder."""

    def __init__(self) -> None:
        root = str(Path(__file__).parent.parent)
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.crash"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=root,
            env={**os.environ, "PYTHONPATH": root},
        )  # fmt: skip

    def run(self, folder: Path, words: str = "build", how: str = "", at: float = 0) -> Trial:
        """Runs a command; `how` is `kill` (at a step, from 1), `after` (so many seconds) or the name of an error that step gets."""
        assert self.process.stdin and self.process.stdout
        print(json.dumps([str(folder), words, how, at]), file=self.process.stdin, flush=True)
        return Trial(*json.loads(self.process.stdout.readline()))

    def close(self) -> None:
        assert self.process.stdin and self.process.stdout
        self.process.stdin.close()
        self.process.wait()
        self.process.stdout.close()


class Counter:
    """Counts the steps of this process, and does at one of them what was asked for."""

    def __init__(self, how: str, at: float, log: int) -> None:
        self.how, self.at, self.log, self.count = how, at, log, 0

    def step(self, name: str) -> None:
        self.count += 1
        os.write(self.log, f"{name}\n".encode())
        if self.count == self.at:
            if self.how == "kill":
                os.kill(os.getpid(), signal.SIGKILL)
            elif self.how:
                number = getattr(errno, self.how)
                raise OSError(number, os.strerror(number))

    def watch(self) -> None:
        """Has the calls of `os` counted, and the writes of binary files."""
        for name in STEPS:
            setattr(os, name, self._counted(name, getattr(os, name)))
        counter = self

        class File(io.FileIO):
            def write(self, data: Any) -> int:
                counter.step("write")
                return super().write(data)

        def fdopen(number: int, mode: str = "r", *words: Any, **more: Any) -> Any:
            binary = "w" in mode and "b" in mode
            return io.BufferedRandom(File(number, "w+")) if binary else io.open(number, mode, *words, **more)  # noqa: UP020

        os.fdopen = fdopen  # type: ignore[assignment]

    def _counted(self, name: str, call: Callable[..., Any]) -> Callable[..., Any]:
        def counted(*words: Any, **more: Any) -> Any:
            if name != "open" or words[1] & os.O_CREAT:
                self.step(name)
            return call(*words, **more)

        return counted


def _run(folder: str, words: str, how: str, at: float, log: int) -> None:
    """In the fork: the command."""
    from scormgen.cli import main

    os.chdir(folder)
    sys.argv = ["scormgen", *words.split()]
    if how == "after":  # what a process does of itself when this signal comes is to end at once
        signal.setitimer(signal.ITIMER_REAL, at)
    Counter(how, at, log).watch()
    main()


def _fork(folder: str, words: str, how: str, at: float) -> Trial:
    with ExitStack() as opened:
        files = [opened.enter_context(tempfile.TemporaryFile()) for _ in range(3)]
        child = os.fork()
        if not child:
            code = 70
            try:
                for number, file in enumerate(files[:2], start=1):
                    os.dup2(file.fileno(), number)
                _run(folder, words, how, at, files[2].fileno())
                code = 0
            except SystemExit as error:
                code = int(error.code or 0)
            finally:
                sys.stdout.flush()
                sys.stderr.flush()
                os._exit(code)
        _, status = os.waitpid(child, 0)
        texts = []
        for file in files:
            file.seek(0)
            texts.append(file.read().decode())
    return Trial(os.waitstatus_to_exitcode(status), texts[0], texts[1], texts[2].split())


def main() -> None:
    import scormgen.cli
    import scormgen.packaging.dist
    import scormgen.pipeline.build
    import scormgen.targets.base.contents
    import scormgen.targets.scorm12.manifest  # noqa: F401

    for line in sys.stdin:
        print(json.dumps(_fork(*json.loads(line))), flush=True)


if __name__ == "__main__":
    main()
