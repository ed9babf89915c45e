"""What a cold build costs beside Python-Markdown converting the same text: `make bench`.

Prints wall and CPU seconds and peak memory of each, as the best of several runs, and their ratios. The baseline is a process that
imports Python-Markdown with its `extra` extensions and converts every file; the build is `scormgen build` on an empty dist/.
"""

from __future__ import annotations

import os
import random
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

RUNS = 5
WORDS = [
    "people",
    "notice",
    "what",
    "is",
    "normal",
    "at",
    "work",
    "and",
    "report",
    "what",
    "does",
    "not",
    "fit",
    "the",
    "place",
    "or",
    "the",
    "time",
    "a",
    "friendly",
    "word",
    "helps",
    "an",
    "honest",
    "visitor",
    "and",
    "tells",
    "others",
    "that",
    "they",
    "were",
    "seen",
    "**never**",
    "put",
    "yourself",
    "at",
    "risk",
    "`doors`",
    "[close](https://example.org)",
    "quietly",
]
BASELINE = """
import pathlib, sys, markdown
convert = markdown.Markdown(extensions=["extra"])
for path in sorted(pathlib.Path(sys.argv[1]).rglob("*.md")):
    convert.reset()
    convert.convert(path.read_text("utf-8"))
"""


@dataclass(frozen=True, slots=True)
class Cost:
    """Seconds of wall clock and CPU, and the peak of resident memory in MB."""

    wall: float
    cpu: float
    memory: float

    def __str__(self) -> str:
        return f"{self.wall:7.2f} s wall {self.cpu:7.2f} s CPU {self.memory:7.0f} MB"


def measure(command: list[str], folder: Path) -> Cost:
    """The cheapest of several runs of a command, with all its children."""
    costs = []
    for _ in range(RUNS):
        start = time.perf_counter()
        process = subprocess.Popen(command, cwd=folder, stdout=subprocess.DEVNULL)
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.perf_counter() - start
        assert status == 0, f"{command} failed"
        costs.append(Cost(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024))
    return min(costs, key=lambda cost: cost.cpu)


def sentence(chance: random.Random) -> str:
    return " ".join(chance.choices(WORDS, k=chance.randint(8, 18))).capitalize() + "."


def make_page(number: int, chance: random.Random, *, picture: bool, question: bool) -> str:
    """A page of about 350 words with the forms of everyday courses."""
    paragraphs = [" ".join(sentence(chance) for _ in range(5)) for _ in range(4)]
    items = "\n".join(f"- {sentence(chance)}" for _ in range(5))
    parts = [
        f"## Page {number}",
        paragraphs[0],
        items,
        paragraphs[1],
        f"> [!NOTE]\n> {sentence(chance)}",
        "### Details",
        paragraphs[2],
    ]
    parts.append(
        "| Sign | Meaning |\n| --- | --- |\n"
        + "\n".join(f"| {sentence(chance)} | {sentence(chance)} |" for _ in range(3))
    )
    if picture:
        parts.append(f'![What picture {number} means](assets/p{number % 10}.svg "Caption {number}")')
    parts.append(paragraphs[3])
    if question:
        options = "\n".join(
            f"- [{'x' if o == number % 4 else ' '}] {sentence(chance)}\n  > {sentence(chance)}" for o in range(4)
        )
        parts.append(
            f"### Q: What do you do in case {number}? {{#q{number}}}\n\n{options}\n\n> **Explanation:** {sentence(chance)}"
        )
    return "\n\n".join(parts)


def make_course(root: Path, pages: int) -> Path:
    """A course of so many pages in files of ten: a picture on every fourth, a question on three of four."""
    chance = random.Random(7)
    folder = root / f"{pages}" / "courses" / "bench"
    (folder / "assets").mkdir(parents=True)
    (folder / "course.yml").write_text(f"title: Bench {pages}\n")
    for number in range(10):
        (folder / "assets" / f"p{number}.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"/>')
    for first in range(0, pages, 10):
        made = [
            make_page(n, chance, picture=n % 4 == 0, question=n % 4 != 0) for n in range(first, min(first + 10, pages))
        ]
        (folder / f"{first // 10:03}-part-{first // 10}.md").write_text(
            "\n\n".join([f"# Module {first // 10}", *made]) + "\n"
        )
    return root / f"{pages}"


def main() -> None:
    with tempfile.TemporaryDirectory() as name:
        costs: dict[int, tuple[Cost, Cost]] = {}
        for pages in (40, 100, 1000):
            root = make_course(Path(name), pages)
            baseline = measure([sys.executable, "-c", BASELINE, str(root)], root)
            build = measure([sys.executable, "-m", "scormgen", "build", "-q"], root)
            check = measure([sys.executable, "-m", "scormgen", "check", "-q", "--format", "json"], root)
            costs[pages] = (build, baseline)
            print(f"{pages:5} pages  build           {build}")
            print(f"             Python-Markdown {baseline}")
            print(
                f"             ratio           {build.wall / baseline.wall:7.2f}        {build.cpu / baseline.cpu:7.2f}       {build.memory / baseline.memory:7.2f}"
            )
            print(f"             check           {check}")
        per_page = (costs[1000][0].cpu / 1000) / (costs[100][0].cpu / 100)
        print(f"CPU a page, 1,000 pages beside 100: {per_page:.2f}")
        version = measure([sys.executable, "-m", "scormgen", "--version"], Path(name))
        print(f"scormgen --version           {version}")


if __name__ == "__main__":
    main()
