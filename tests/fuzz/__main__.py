"""`python -m tests.fuzz`: makes so many mutants by seed, runs the commands on each, and keeps the smallest form of what fails.

A failure is printed with its seed, made smaller, and written to tests/fuzz/found/; `--again FILE` runs such a file once more.
"""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

from tests.fuzz.run import KINDS, again, fuzz, keep_smallest


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--seed", type=int, default=0, help="the first seed")
    parser.add_argument("--count", type=int, default=200, help="how many mutants of each kind")
    parser.add_argument("--kind", choices=KINDS, action="append", help="default: all")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--tries", type=int, default=400, help="how often each failure is made smaller; 0: not at all")
    parser.add_argument("--again", type=Path, metavar="FILE", help="run one workspace of found/ or regressions/")
    options = parser.parse_args()
    if options.again:
        print("\n".join(again(options.again)) or "no failure")
        return 0
    clean = True
    for kind in options.kind or KINDS:
        figures = fuzz(kind, options.seed, options.count, options.jobs)
        if options.tries:
            keep_smallest(figures, options.tries)
        print(figures, flush=True)
        clean = clean and not figures.failures
    return 0 if clean else 1


if __name__ == "__main__":
    sys.exit(main())
