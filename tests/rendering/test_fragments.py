"""A page is a list of fragments: what an author writes cannot be mistaken for a mark between them."""

from __future__ import annotations

import re
from collections.abc import Callable

from tests.conftest import Write, scormgen
from tests.lms.harness import Package

Build = Callable[[dict[str, str | bytes]], Package]
QUESTION = "### Q: Ready? {#ready}\n\n- [x] Yes\n- [ ] No\n\n"
CARD = """# One

## Card: First

<section>

Inside the author's section.

</section>

<a id="spot"></a>

After the section. [Back to the spot](#spot)

| to whom | number |
| --- | --- |
| the desk | |
"""


def course(page: str) -> dict[str, str | bytes]:
    return {"courses/c/course.yml": "title: C\n", "courses/c/01-one.md": page}


def html(package: Package) -> str:
    return (package.folder / "index.html").read_text("utf-8")


def test_a_section_of_the_authors_is_part_of_the_card_on_both_pages(build: Build) -> None:
    text = html(build(course(CARD)))
    assert text.count("Inside the author's section.") == text.count("After the section.") == 2
    cards = re.findall(r'(?s)<section [^>]*class="sg-card".*?data-action="print-card"', text)
    assert [card.count("<section") for card in cards] == [2, 2]
    assert all("After the section." in card and "the desk" in card for card in cards)


def test_no_id_stands_twice_in_a_document(build: Build) -> None:
    ids = re.findall(r'\sid="([^"]+)"', html(build(course(f"{CARD}\n## Two\n\n{QUESTION}"))))
    assert sorted(ids) == sorted(set(ids))
    assert "take-away--one--spot" in ids


def test_a_question_under_a_card_is_an_error(workspace: Write) -> None:
    page = f"# One\n\n## Card: First\n\nText.\n\n{QUESTION}"
    problems = scormgen("build", "--format", "json", cwd=workspace(course(page))).json["problems"]
    assert [(p["code"], p["line"]) for p in problems] == [("Q046", 7)]
    assert "First" in problems[0]["message"]


def test_text_that_looks_like_a_mark_is_text(build: Build) -> None:
    """The element that once stood for a question, and the name of each that stands for something in the tree today."""
    marks = ["sg-question", "sg-gap", "sg-card", "sg-raw", "sg-piece"]
    lines = [f"`<{mark}>0</{mark}>` and \\<{mark}>0\\</{mark}>" for mark in marks]
    fence = "\n".join(f"<{mark}>0</{mark}>" for mark in marks)
    text = html(build(course(f"# One\n\n{chr(10).join(lines)}\n\n```\n{fence}\n```\n\n{QUESTION}")))
    for mark in marks:
        assert text.count(f"&lt;{mark}&gt;0&lt;/{mark}&gt;") == 3
        assert f"<{mark}" not in text
    assert text.count('id="q-ready"') == 1


def test_a_mark_as_raw_html_is_an_error(workspace: Write) -> None:
    problems = scormgen(
        "build", "--format", "json", cwd=workspace(course("# One\n\n<sg-question>0</sg-question>\n"))
    ).json["problems"]
    assert {p["code"] for p in problems} == {"M012"}


def test_a_gap_where_nobody_could_see_it_is_an_error(workspace: Write) -> None:
    page = '# One\n\n### Q: Where? {#where}\n\nAt [the desk](https://x.org/[[a]]), <span title="[[b]]">there</span>, [[c]].\n'
    problems = scormgen("build", "--format", "json", cwd=workspace(course(page))).json["problems"]
    assert [(p["code"], p["line"]) for p in problems if p["severity"] == "error"] == [("Q047", 5)] * 2
