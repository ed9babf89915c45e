"""Many mutants by their seeds, in several processes: which fail, how many come to a package, and the smallest form of each failure."""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from pathlib import Path
from random import Random
from typing import Any, NamedTuple

from tests.fuzz.grammar import structure_mutant
from tests.fuzz.minimise import minimise
from tests.fuzz.mutants import Files, byte_mutant, from_text, read, to_text, write
from tests.fuzz.oracle import Outcome, guarded, judge_report, judge_workspace
from tests.fuzz.reports import report_mutant

FOUND = Path(__file__).parent / "found"
_SHOWN = 1500  # characters of a failure on the terminal; the file has all
Make = Callable[[Random, Callable[[Files], bytes]], Files]
Judge = Callable[[Files, Path], dict[str, Any]]
KINDS: dict[str, tuple[Make, Judge]] = {
    "structure": (structure_mutant, judge_workspace),
    "bytes": (byte_mutant, judge_workspace),
    "reports": (report_mutant, judge_report),
}


class Figures(NamedTuple):
    """What a run of many mutants comes to."""

    kind: str
    mutants: int
    packages: int
    slowest: float
    seconds: float
    failures: dict[str, int]  # the first seed of each, by what it is

    def __str__(self) -> str:
        share = f"{self.packages} ({self.packages / max(self.mutants, 1):.0%}) to the end"
        return f"{self.kind}: {self.mutants} mutants, {share}, slowest command {self.slowest:.2f} s, {self.seconds:.0f} s of CPU, {len(self.failures)} different failures"


def lock_of(files: Files) -> bytes:
    """The course.lock that a build of the workspace writes; empty where it does not build."""
    lock: list[str] = []

    def judge(files: Files, base: Path) -> dict[str, Any]:
        write(files, base)
        judge_quietly(base)
        return {"failures": [read(base).get("courses/c/course.lock", b"").decode()]}

    lock = guarded(files, judge).failures
    return lock[0].encode() if lock else b""


def judge_quietly(base: Path) -> None:
    """Reads the course and writes its lock, without a package."""
    from scormgen.pipeline.compile import compile_course
    from scormgen.problems.report import Report
    from scormgen.reading.workspace import find_workspace

    workspace = find_workspace(base, Report())
    compiled = compile_course(workspace, base / "courses" / "c", Report())
    (base / "courses" / "c" / "course.lock").write_text(compiled.lock_text if compiled else "")


def mutant(kind: str, seed: int) -> Files:
    return KINDS[kind][0](Random(f"{kind} {seed}"), lock_of)


def run_seed(kind: str, seed: int) -> tuple[int, Outcome]:
    return seed, guarded(mutant(kind, seed), KINDS[kind][1])


def what(failure: str) -> str:
    """A failure without what differs from mutant to mutant."""
    return failure.partition(" | ")[0]


def fuzz(kind: str, first: int, count: int, jobs: int = os.cpu_count() or 1) -> Figures:
    """Runs the mutants of `count` seeds from `first` on; prints each new failure as it is found."""
    packages, slowest, seconds, failures = 0, 0.0, 0.0, dict[str, int]()
    with ProcessPoolExecutor(jobs) as pool:
        for seed, outcome in pool.map(partial(run_seed, kind), range(first, first + count), chunksize=4):
            packages += bool(outcome.packages)
            slowest, seconds = max(slowest, outcome.slowest), seconds + outcome.seconds
            for failure in outcome.failures:
                if what(failure) not in failures:
                    failures[what(failure)] = seed
                    print(f"{kind} {seed}: {failure[:_SHOWN]}", flush=True)
    return Figures(kind, count, packages, slowest, seconds, failures)


def keep_smallest(figures: Figures, tries: int = 400) -> None:
    """Prints the smallest form of each failure, and writes it to `found/`."""
    judge = KINDS[figures.kind][1]
    for failure, seed in figures.failures.items():
        smallest = minimise(mutant(figures.kind, seed), partial(_fails, failure, judge), tries)
        name = re.sub(r"[^a-z0-9]+", "-", failure.lower())[:60].strip("-")
        path = FOUND / f"{figures.kind}-{seed}-{name}.txt"
        FOUND.mkdir(exist_ok=True)
        path.write_bytes(to_text(smallest))
        shown = to_text(smallest).decode("utf-8", "backslashreplace")[:_SHOWN]
        print(f"\n--- {failure} (seed {seed}), kept as {path}\n{shown}", flush=True)


def _fails(failure: str, judge: Judge, files: Files) -> bool:
    return failure in map(what, guarded(files, judge).failures)


def again(path: Path) -> list[str]:
    """The failures of a file of `found/` or `regressions/`."""
    files = from_text(path.read_bytes())
    return guarded(
        files, judge_report if any(name.startswith("report.") for name in files) else judge_workspace
    ).failures
