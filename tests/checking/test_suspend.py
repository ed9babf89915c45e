"""The proof that a learner's state fits: no state that the player can write is longer than the build says."""

from __future__ import annotations

import json
import re
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scormgen.files.source import Root
from scormgen.pipeline.build import Options, build_course
from scormgen.reading.workspace import Workspace
from tests.conftest import ROOT, Write, scormgen

OPTIONS = "".join(f"- [{{}}] {word}\n" for word in ("One", "Two"))


def single(count: int) -> str:
    return "".join(f"- [{' x'[n == 0]}] Answer {n}\n" for n in range(count))


# The body of a question of each kind with `count` options, pairs, gaps or rows.
KINDS: dict[str, Any] = {
    "single": lambda count: ("Q", "", single(count)),
    "multiple": lambda count: ("Q", "", "- [x] First\n" + single(count)),
    "true-false": lambda _: ("Q", "", "- [x] True\n- [ ] False\n"),
    "matching": lambda count: ("Q", "", "".join(f"- Left {n} -> Right {n}\n" for n in range(count)) + "- [ ] -> Decoy\n"),
    "order": lambda count: ("Q", "type=order", "".join(f"{n}. Step {n}\n" for n in range(1, count + 1))),
    "gaps": lambda count: ("Q", "", " ".join(f"Fill [[gap {n}]]" for n in range(count - 1)) + " or [[= 15 ± 5]].\n"),
    "text": lambda count: ("Q", f"type=text size={10 + count}", "- [x] Answer\n"),
    "number": lambda _: ("Q", "type=number", "- [x] 15 ± 5\n"),
    "rows": lambda count: ("Survey", "scale=agree5", "".join(f"- Row {n}\n" for n in range(count))),
    "comment": lambda count: ("Survey", f"type=text size={20 + count}", ""),
    "poll": lambda count: ("Survey", "", single(count).replace("[x]", "[ ]")),
    "scenario": lambda count: (
        "Scenario", "", "".join(f"#### Scene {n}\n\n- [On](#scene-{n + 1})\n- [End](#scene-{count})\n\n" for n in range(count))
        + f"#### Scene {count}\n\nEnd.\n\n",
    ),
}  # fmt: skip

Question = tuple[str, int]
questions = st.lists(st.tuples(st.sampled_from(sorted(KINDS)), st.integers(2, 9)), max_size=8)
assessments = st.tuples(
    st.lists(st.tuples(st.sampled_from(sorted(KINDS)), st.integers(2, 9)), min_size=1, max_size=8),
    st.sampled_from(["", "attempts: 3, ", "attempts: 60, ", "time: 20 min, ", "time: 600 min, "]),
)


def write(number: int, question: Question) -> str:
    word, attributes, body = KINDS[question[0]](question[1])
    body = body.replace("scene-", f"scene-{number}-").replace("#### Scene ", f"#### Scene {number} ")
    return f"### {word}: Number {number}? {{#q{number} {attributes}}}\n\n{body}\n"


@dataclass(frozen=True, slots=True)
class Sample:
    """A generated course: the questions of its pages, its assessments, and how many of each came and went before."""

    pages: list[list[Question]]
    assessments: list[tuple[list[Question], str]]
    gone: int

    def files(self, *, before: bool) -> dict[str, str]:
        """The course; `before`: as it was when it still had the questions and options that are gone."""
        files, number = {"course.yml": "title: Sample\ncertificate: yes\n"}, 0
        for index, page in enumerate(self.pages):
            text = f"# Page {index}\n\nText.\n\n"
            for question in page:
                text += write(number, question)
                number += 1
            if before:
                text += "".join(write(1000 * index + 500 + n, ("single", 3)) for n in range(self.gone))
            files[f"{index:03}-p{index}.md"] = text
        for index, (found, how) in enumerate(self.assessments):
            text = (
                f"---\ntitle: Test {index}\nassessment: {{{how}pass: 80}}\n---\n\n{write(9000 + index, ('single', 3))}"
            )
            for question in found:
                text += write(number, question)
                number += 1
            files[f"9{index}0-test-{index}.md"] = text
        return files


samples = st.builds(
    Sample, st.lists(questions, min_size=1, max_size=6), st.lists(assessments, max_size=2), st.integers(0, 3)
)


def build(folder: Path, files: dict[str, str]) -> tuple[int, str, list[str]]:
    """suspend_data_max, the SCO's page and the problems of a course, built in this process; its lock is written."""
    course = folder / "courses" / "sample"
    course.mkdir(parents=True, exist_ok=True)
    for name, text in files.items():
        (course / name).write_text(text, "utf-8")
    packages, problems = build_course(Workspace(Root(folder), (course,)), course, Options(folder / "dist"))
    if not packages:
        return 0, "", [f"{p.code} {p.message}" for p in problems]
    built = packages[0]
    if built.lock_text:
        built.lock_path.write_text(built.lock_text, "utf-8")
    page = built.files["index.html"]
    assert isinstance(page, bytes)
    return built.longest_state, page.decode(), []


def shapes(html: str) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """The player's data, and what the widgets of its questions limit: the sizes of fields, the decisions of a path."""
    found = re.search(r'id="sg-data">(.*?)</script>', html, re.DOTALL)
    assert found
    data: dict[str, Any] = json.loads(found[1])
    forms = {
        int(form[1]): {
            "sizes": [
                [part, int(size)] for part, size in re.findall(r'(?:data-part="(\w)" )?data-size="(\d+)"', form[2])
            ],
            "decisions": form[2].count('class="sg-decisions"'),
        }
        for form in re.finditer(r'<form [^>]*data-question="(\d+)"(.*?)</form>', html, re.DOTALL)
    }
    return data, [forms[index] for index in range(len(data["questions"]))]


@pytest.fixture(scope="module")
def search() -> Iterator[Any]:
    """Asks the player's own code for the longest suspend data of a page."""
    with subprocess.Popen(
        ["node", str(ROOT / "tests" / "player" / "longest.js")],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as node:

        def longest(html: str, seed: int, tries: int = 60) -> int:
            data, forms = shapes(html)
            assert node.stdin and node.stdout
            node.stdin.write(json.dumps({"data": data, "shapes": forms, "seed": seed, "tries": tries}) + "\n")
            node.stdin.flush()
            return int(node.stdout.readline())

        yield longest
        assert node.stdin
        node.stdin.close()


@pytest.mark.usefixtures("npm")
@given(sample=samples, seed=st.integers(0, 2**31))
def test_no_state_is_longer_than_the_build_says(
    sample: Sample, seed: int, search: Any, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("sample")
    if sample.gone:
        build(folder, sample.files(before=True))
    most, html, problems = build(folder, sample.files(before=False))
    if problems:
        assert [problem[:4] for problem in problems] == ["P001"], problems
        return
    assert search(html, seed) <= most <= 4096


@pytest.mark.usefixtures("npm")
def test_the_worst_case_is_near_the_longest_state(search: Any, tmp_path: Path) -> None:
    """A bound that is far too high would refuse courses that fit."""
    every = [(kind, 4) for kind in KINDS]
    most, html, problems = build(tmp_path, Sample([every], [(every, "time: 20 min, ")], 0).files(before=False))
    assert problems == []
    assert 0.97 * most <= search(html, 1, 600) <= most


def test_a_course_of_400_pages_and_800_questions_fits(workspace: Write) -> None:
    kinds = ["single", "multiple", "true-false", "single", "matching", "order", "multiple", "single"]
    files: dict[str, str | bytes] = {"courses/big/course.yml": "title: Big\n"}
    for page in range(399):
        text = "".join(write(2 * page + n, (kinds[(2 * page + n) % len(kinds)], 4)) for n in range(2))
        files[f"courses/big/{page:03}-page-{page}.md"] = f"# Page {page}\n\nText.\n\n{text}"
    files["courses/big/900-test.md"] = "---\nassessment: {attempts: 3}\n---\n\n# Test\n\n" + "".join(
        write(n, ("single", 4)) for n in (9000, 9001)
    )
    run = scormgen("build", "--format", "json", cwd=workspace(files))
    package = run.json["packages"][0]
    assert (package["pages"], package["questions"]) == (400, 800)
    assert package["suspend_data_max"] < 4096


def test_a_course_that_cannot_fit_says_what_takes_the_room(workspace: Write) -> None:
    text = "".join(write(n, ("comment", 90)) for n in range(30))
    files: dict[str, str | bytes] = {"courses/c/course.yml": "title: C\n", "courses/c/01-a.md": f"# A\n\n{text}"}
    run = scormgen("build", "--format", "json", cwd=workspace(files))
    problem = run.json["problems"][0]
    assert problem["code"] == "P001"
    assert "survey" in problem["hint"]
    assert "size=" in problem["hint"]
