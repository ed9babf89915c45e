"""What is too long for every run, by hand: `make soak`. A sample of each is in the suite, with fixed seeds.

Prints the table of faults by moment and LMS (each cell a course of its own), then plays random days of learners in a real browser.
Before that builds are killed and refused: at each step, and at random times.
After it the commands run on mutants of courses and reports, with figures of each kind.
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from playwright.sync_api import sync_playwright

from tests.conftest import FLAGS
from tests.crash import Zygote
from tests.find_chromium import find_chromium
from tests.fuzz.run import fuzz, keep_smallest
from tests.kills import kill_and_build, make_sample, refuse
from tests.lms.harness import Lms
from tests.lms.recovery import CONDUCTS, FAULTS, MOMENTS, build_package, play
from tests.lms.schedules import Day
from tests.lms.server import Site, serve

MUTANTS = {"structure": 5000, "bytes": 2000, "reports": 2000}


def print_table(lms: Lms, folder: Path) -> bool:
    """A row for each fault, moment and LMS; returns whether nothing was missing after the relaunch."""
    package = build_package(folder)
    print(
        "| LMS | fault | moment | told | after recovery | after Exit | after relaunch |\n| --- | --- | --- | --- | --- | --- | --- |"
    )
    clean = True
    for conduct in CONDUCTS:
        for fault in FAULTS:
            for moment in MOMENTS:
                lms.site.fault = None
                cell = play(lms, package, conduct, fault, (moment,))
                columns = (cell.after_recovery, cell.after_exit, cell.after_relaunch)
                found = [", ".join(lacks) or "all there" for lacks in columns]
                print("|", " | ".join([conduct, fault, moment, cell.told[moment], *found]), "|", flush=True)
                clean = clean and not cell.after_relaunch
    return clean


def play_days(lms: Lms, folder: Path, days: int) -> bool:
    """So many days in each LMS; returns whether nothing was missing."""
    package, clean = build_package(folder), True
    for conduct in CONDUCTS:
        for seed in range(days):
            lms.site.fault = None
            lacks = Day(lms, package, conduct, seed).play()
            if lacks:
                clean = False
                print(conduct, seed, lacks, flush=True)
        print(f"{conduct}: {days} days played", flush=True)
    return clean


def stop_builds(folder: Path, kills: int) -> None:
    """Kills so many builds, and has every call of a build refused once, in two ways; fails at the first that leaves anything wrong."""
    zygote, chance = Zygote(), random.Random(1)
    sample = make_sample(zygote, folder)
    began = time.perf_counter()
    steps = zygote.run(sample.copy(folder / "steps")).steps
    took = time.perf_counter() - began
    every = range(1, len(steps) + 1)
    chosen = [chance.uniform(0.2, 1.1) * took for _ in range(kills - len(steps))]
    for how, points in (("kill", every), ("after", chosen)):
        left = Counter(kill_and_build(zygote, sample, folder / "killed", how, at) for at in points)
        where = "at each step" if how == "kill" else "at random times"
        print(f"{len(points)} builds killed {where}; what they left: {dict(sorted(left.items()))}", flush=True)
    for error in ("ENOSPC", "EROFS"):
        codes = Counter(refuse(zygote, sample, folder / "refused", error, at).code for at in every)
        print(f"{len(steps)} builds refused a call ({error}): {codes[1]} failed, {codes[0]} went on", flush=True)
    zygote.close()


def print_fuzz() -> bool:
    """Mutants of each kind; returns whether none failed. A failure is kept, made smaller, in tests/fuzz/found/."""
    clean = True
    for kind, count in MUTANTS.items():
        figures = fuzz(kind, 100_000, count)
        keep_smallest(figures)
        print(figures, flush=True)
        clean = clean and not figures.failures
    return clean


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.soak", description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--days", type=int, default=70, help="random days in each LMS")
    parser.add_argument("--kills", type=int, default=300, help="builds that are killed")
    parser.add_argument("--only-builds", action="store_true", help="stop builds, and play nothing")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        stop_builds(Path(name), options.kills)
    if options.only_builds:
        return 0
    site = Site()
    server = serve(site)
    with sync_playwright() as playwright, tempfile.TemporaryDirectory() as folder:
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=FLAGS)
        lms = Lms(browser, site)
        clean = print_table(lms, Path(folder, "table"))
        clean = play_days(lms, Path(folder, "days"), options.days) and clean
        browser.close()
    server.shutdown()
    clean = print_fuzz() and clean
    return 0 if clean else 1


if __name__ == "__main__":
    sys.exit(main())
