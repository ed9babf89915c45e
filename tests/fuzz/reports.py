"""Interaction reports of LMSs with bytes changed, beside the questions.csv of a small course."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

from scormgen.targets.scorm12.interactions import CSV_COLUMNS
from tests.fuzz.mutants import ODD, Files, mutate_bytes
from tests.reports.test_decode import cloud_form, long_form, moodle_form

_CELLS = [
    "=1+1",
    "@SUM(A1)",
    "+1",
    "-1+1",
    "\t=1",
    "1e999",
    "nan",
    "-inf",
    "9" * 400,
    "PT9999999999999H",
    "99:99:99",
    "-1",
    "1/0",
    "0",
    "²",
    "",
    "a[,]b",
    "1[.]b[,]2[.]",
    "{a,b",
    '"',
    "<script>pwned('f')</script>",
    "</style><img src=x onerror=pwned('f')>",
    "correct",
    "0.5",
]


def _cells(text: str, random: Random) -> str:
    """The report with some cells and headings replaced, and some rows copied."""
    lines = text.split("\n")
    separator = max("\t;,", key=lines[0].count)
    for _ in range(random.choice([0, 1, 6, 40])):
        at = random.choice([0, random.randrange(len(lines))])
        cells = lines[at].split(separator)
        cells[random.randrange(len(cells))] = random.choice([*_CELLS, *ODD, random.choice(lines[0].split(separator))])
        lines[at] = separator.join(cells)
    lines += [random.choice(lines)] * random.choice([0, 0, 1, 5000])
    return "\n".join(lines)


def report_mutant(random: Random, lock_of: Callable[[Files], bytes]) -> Files:
    """A report in one of the forms of LMSs, often with its questions.csv, either of them mutated."""
    german = moodle_form(("Frage", "Antwort", "Richtige Antwort", "Ergebnis"))
    text = _cells(random.choice([long_form(), cloud_form(), moodle_form(), moodle_form(scos=2), german]), random)
    rows = [
        f"q{n},test,test,assessment,single,Question {n}?,{letter},Option {letter},{'yes' if letter == 'a' else 'no'},,o{n},choice"
        for n in range(3)
        for letter in "abc"
    ]
    questions = (
        _cells("\n".join([",".join(CSV_COLUMNS), *rows]), random)
        if random.random() < 0.5
        else "\n".join([",".join(CSV_COLUMNS), *rows])
    )
    content = text.encode(random.choice(["utf-8", "utf-8", "utf-8-sig", "utf-16", "cp1252", "utf-32"]), "replace")
    files = {"report.csv": mutate_bytes(content, random) if random.random() < 0.7 else content}
    if random.random() < 0.7:
        files["c-1.0.0-questions.csv"] = (
            mutate_bytes(questions.encode(), random) if random.random() < 0.3 else questions.encode()
        )
    if random.random() < 0.3:
        lock = "# course.lock 1: written by scormgen build.\ncourse c\npage 0 test | Test\nquestion 0 q0 | Question 0?\noption 0 a | Right\noption 0 b | Wrong\n"
        files["courses/c/course.lock"] = mutate_bytes(lock.encode(), random)
        files["courses/c/course.yml"] = b"title: C\n"
    return files
