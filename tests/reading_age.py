"""The reading age of each page of the courses, by Flesch-Kincaid: `python -m tests.reading_age` prints them.

As `scormgen check` measures it (T101): running text without questions; names and words of the glossary count as plain.
"""

from __future__ import annotations

import sys

from scormgen.checking.check import make_subject
from scormgen.checking.rules.language import ENOUGH_WORDS, explained_words, page_sentences, reading_age
from scormgen.pipeline.compile import compile_course
from scormgen.problems.report import Report
from scormgen.reading.workspace import find_workspace
from tests.conftest import ROOT


def page_ages(course: str) -> dict[str, float]:
    """Pages with enough words for a measure, with their ages."""
    workspace = find_workspace(ROOT, Report())
    folder = ROOT / "courses" / course
    compiled = compile_course(workspace, folder, Report())
    assert compiled
    subject = make_subject(workspace, compiled)
    plain = explained_words(subject)
    pages = page_sentences(subject)
    return {page.id: round(reading_age(s, plain), 1) for page, s in pages if sum(map(len, s)) >= ENOUGH_WORDS}


if __name__ == "__main__":
    for name in sys.argv[1:] or ("act-awareness", "hostile-reconnaissance", "scan"):
        for page, age in page_ages(name).items():
            print(f"{age:5}  {name}  {page}")
