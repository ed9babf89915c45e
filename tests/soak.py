"""What is too long for every run, by hand: `make soak`. A sample of each is in the suite, with fixed seeds.

Prints the table of faults by moment and LMS (each cell a course of its own), then plays random days of learners in a real browser.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

from tests.conftest import FLAGS
from tests.find_chromium import find_chromium
from tests.lms.harness import Lms
from tests.lms.recovery import CONDUCTS, FAULTS, MOMENTS, build_package, play
from tests.lms.schedules import Day
from tests.lms.server import Site, serve


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


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.soak", description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--days", type=int, default=70, help="random days in each LMS")
    options = parser.parse_args()
    site = Site()
    server = serve(site)
    with sync_playwright() as playwright, tempfile.TemporaryDirectory() as folder:
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=FLAGS)
        lms = Lms(browser, site)
        clean = print_table(lms, Path(folder, "table"))
        clean = play_days(lms, Path(folder, "days"), options.days) and clean
        browser.close()
    server.shutdown()
    return 0 if clean else 1


if __name__ == "__main__":
    sys.exit(main())
