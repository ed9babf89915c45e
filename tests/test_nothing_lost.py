"""Every word of the source is in the package or in a problem: over our own courses, and over pages made of random blocks and edits.

Not looked for: comments, front matter, attribute lists, addresses, and the marks of syntax. By hand, with more examples:
`python -m tests.test_nothing_lost 5000`.
"""

from __future__ import annotations

import base64
import html
import json
import re
import sys
import tempfile
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from scormgen.files.source import Root, source_from
from scormgen.pipeline.compile import compile_course
from scormgen.problems.report import Problem, Report
from scormgen.reading.blocks import parse_document
from scormgen.reading.config import FRONT_MATTER
from scormgen.reading.front_matter import find_front_matter
from scormgen.reading.page_parts import with_bodies
from scormgen.reading.workspace import Workspace
from tests.conftest import ROOT

COURSES = [path.parent for path in sorted((ROOT / "courses").glob("*/course.yml"))]
Edits = list[tuple[str, int, int, str]]
_SHOWN = ("alt", "title", "aria-label", "href", "src", "class", "data-definition")


class _Learner(HTMLParser):
    """What a learner meets of a page: its text, the attributes that are read out or shown, and the feedback of questions."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self.script = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.script = tag == "script"
        for name, value in attrs:
            if name == "data-key" and value:
                self.found.extend(_strings(json.loads(base64.b64decode(value))))
            elif name in _SHOWN and value:
                self.found.append(value)

    def handle_endtag(self, tag: str) -> None:
        self.script = False

    def handle_data(self, data: str) -> None:
        if not self.script:
            self.found.append(data)


def _strings(value: Any) -> Iterator[str]:
    match value:
        case str():
            yield shown(value)
        case list():
            for child in value:
                yield from _strings(child)
        case dict():
            for child in value.values():
                yield from _strings(child)
        case _:
            yield str(value)


def shown(markup: str) -> str:
    learner = _Learner()
    learner.feed(markup)
    learner.close()
    return " ".join(learner.found)


def compiled(root: Path, folder: Path) -> tuple[str, list[Problem]]:
    """What the learner would meet of a course, also of one with errors; and its problems."""
    report = Report()
    course = compile_course(Workspace(Root(root), (folder,)), folder, report)
    files = course.rendered.files if course and course.rendered else {}
    return " ".join(
        shown(content.decode())
        for name, content in files.items()
        if name.endswith(".html") and isinstance(content, bytes)
    ), report.sorted()


_SYNTAX = [
    (r"\A---\n.*?\n---\n", ""),
    (r"<!--.*?-->", " "),
    (r"\{%.*?%\}|\{\{.*?\}\}|\{[^{}\n]*\}", " "),
    (r"^(?:```|~~~).*$", " "),
    (r"^#+ Pool:.*$", " "),  # its name is for authors
    (r"^(#+ )(?:Q|Survey|Scenario|Card):", r"\1"),
    (r"\[!\w+\]", " "),
    (r"^([ >]*)(?:[*+-]|\d+[.)]) (?:\[[ xX]\] )?", r"\1"),
    (r"\*\*(?:Hint|Correct|Wrong|Explanation):\*\*", " "),
    (r"\]\(\S*?(?:[ \n]+\"([^\"]*)\")?\)", r"] \1 "),
    (r"^\[[^\]]*\]:.*$", " "),
    (r"<[a-z/][^<>]*?(?:(?:alt|title)=\"([^\"]*)\"[^<>]*)?>", r" \1 "),
]


def words(source: str) -> set[str]:
    """The words that an author wrote for learners."""
    return set(learner_words(source))


def learner_words(source: str) -> list[str]:
    """The same as a list, with each word as often as it is written."""
    for pattern, replacement in _SYNTAX:
        source = re.sub(pattern, replacement, source, flags=re.MULTILINE | (re.DOTALL if pattern[0] in r"\<" else 0))
    return re.findall(r"[^\W_]+", html.unescape(source).casefold())


@pytest.mark.parametrize("folder", COURSES, ids=[path.name for path in COURSES])
def test_every_word_of_our_courses_is_in_the_package(folder: Path) -> None:
    text, problems = compiled(ROOT, folder)
    assert problems == []
    there = set(re.findall(r"[^\W_]+", text.casefold()))
    sources = [path for path in folder.rglob("*.md") if path.name[0] != "_" and path.name != "README.md"]
    lost = {path.name: missing for path in sources if (missing := words(path.read_text("utf-8")) - there)}
    assert sources and lost == {}


# Each @ becomes a word of its own.
BLOCKS = [
    "@ *@* @.", "@\n@ `@` [@](https://example.org \"@\").", "![@](a.svg \"@\")", "@ <b title=\"@\">@</b> @", "> @\n> @",
    "> [!NOTE]\n> @", "- @\n- @\n  - @\n\n    @", "1. @\n2. @\n   > @", "- [x] @\n- [ ] @", "| @ | @ |\n| - | - |\n| @ | @ |\n| @ | @ | @ |",
    "```\n@\n```", "    @", "<div>\n@\n</div>", "<details><summary>@</summary>\n\n@\n\n</details>",
    "<!-- tabs -->\n\n### @\n\n@\n\n### @\n\n@\n\n<!-- /tabs -->", "@[^1] @\n\n[^1]: @\n    @\n\n    @", "[^2]: @", "@\n: @\n: @",
    "ABC @\n\n*[ABC]: @", "*[XYZ]: @", "[@][r] @\n\n[r]: https://example.org \"@\"", "[r]: https://example.org \"@\"", "[@]: @",
    "## @\n\n@", "### @", "# @", "@\n===", "### Card: @\n\n@\n\n| @ | |\n| - | - |", "### Pool: @", "---", "<!-- @ -->", "<@>", "<p @", "\\@ @\\\n@", "@  \n@",
    "### Question: @\n\n- [x] @\n- [ ] @", "Q. @?\n\n- [x] @\n- [ ] @", "title: @\nid: @", "~~@~~ **@** __@__ @@",
]  # fmt: skip
QUESTIONS = [
    "### Q: @\n\n@\n\n- [x] @\n  > @\n- [ ] @\n\n  @\n\n> **Hint:** @\n>\n> **Correct:** @ **Wrong:** @ **Explanation:** @",
    "### Q: @\n\n- @ -> @\n  > @\n- @ -> @\n\n  @\n- [ ] -> @\n  > @", "### Q: @ {type=order}\n\n1. @\n   > @\n2. @",
    "### Q: @\n\n@ [[@]] @ [[@ | @]]\n\n> **Explanation:** @", "### Q: @ {type=text}\n\n- [x] @\n- [ ] @\n  > @", "### Q: @ {type=number}\n\n@\n\n- [x] 4\n- [ ] 3\n  > @",
    "### Q: @\n\n- [x] True\n  > @\n- [ ] False", "### Survey: @ {scale=agree5}\n\n@\n\n- @\n\n  > @\n- @", "### Survey: @ {type=text}\n\n@", "### Survey: @\n\n- [ ] @\n  > @\n- [ ] @\n\n> **Explanation:** @",
    "### Scenario: @\n\n@\n\n- [x] [@](#end)\n  > @\n- [ ] [@](#end)\n\n  @\n\n@\n\n#### @ {#end}\n\n@",
    "### Q: @\n\n-[x] @\n- [ ]@\n@\n", "### Q: @\n\n- [x] @\n> @\n- [ ] @\n\n@", "### Q: @\n\n1. [x] @\n2. [ ] @", "### Q: @ [^1]\n\n- [x] @[^1]\n- [ ] @ [@][r]", "### Q:\n\n@\n\n- @",
]  # fmt: skip
BITS = ["- ", "-", "[ ] ", "[x]", "> ", "    ", "\t", "# ", "1. ", "`", "*", "_", "|", "[", "]", "](", ")", "<", ">", "<!--", "-->", "{", "}", "\\", "~~~", "[^1]", "[^9]: ", ": ", "\n", "<b>", "</div>", "<details>",
        "<!-- tabs -->", "<!-- /tabs -->", "Q: ", "->", "[[", "]]", "&", "**Hint:**", "$", "!", "*[", "]: ", "---", "==="]  # fmt: skip
_block = st.sampled_from(BLOCKS) | st.sampled_from(QUESTIONS)
_nested = st.tuples(st.sampled_from(["> ", "  ", "    ", "- "]), _block).map(
    lambda pair: "\n".join(
        (pair[0] if pair[0] != "- " or not n else "  ") + line for n, line in enumerate(pair[1].split("\n"))
    )
)
_edit = st.tuples(
    st.sampled_from(["insert", "insert", "indent", "join", "copy"]),
    st.integers(0, 999),
    st.integers(0, 40),
    st.sampled_from(BITS),
)
PAGES = st.tuples(
    st.lists(_block | _nested, min_size=1, max_size=6),
    st.lists(_edit, max_size=3),
    st.sampled_from(["", "---\nassessment: {}\n---\n\n"]),
)


def page_of(blocks: list[str], edits: Edits, front: str) -> str:
    lines = "\n\n".join(blocks).split("\n")
    for what, place, column, bit in edits:
        at = place % len(lines)
        match what:
            case "insert":
                lines[at] = lines[at][:column] + bit + lines[at][column:]
            case "indent":
                lines[at] = "  " + lines[at]
            case "copy":
                lines.insert(at, lines[(place * 7) % len(lines)])
            case "join" if len(lines) > 1 and "" in lines:
                del lines[[n for n, line in enumerate(lines) if not line][place % lines.count("")]]
    count = 0

    def number(_: re.Match[str]) -> str:
        nonlocal count
        count += 1
        return f"w{count}w"

    return front + re.sub("@", number, "\n".join(lines)) + "\n"


def unit(page: str, line: int) -> range:
    """The lines (from 1) that a problem may stand in: those of the question, else of the block, else up to empty lines."""
    source = source_from("01-a.md", page)
    first = find_front_matter(source, FRONT_MATTER).content
    for block, body in with_bodies(parse_document(source, first, Report()).blocks):
        lines = range(block.line, max(one.end for one in (block, *(body or ()))) + 1)
        if line in lines:
            return lines
    return block_of(page.split("\n"), line)


def block_of(lines: list[str], line: int) -> range:
    """The lines around one up to empty lines that no indented line follows."""
    first, last = line, line
    while first > 1 and (lines[first - 2].strip() or lines[first - 1].startswith("  ") or not lines[first - 1].strip()):
        first -= 1
    while last < len(lines) and (
        lines[last].strip() or any(line.startswith("  ") for line in lines[last + 1 : last + 2])
    ):
        last += 1
    return range(first, last + 1)


def lost_words(page: str) -> list[str]:
    """The words of a page that are neither in the package nor in a block with a problem."""
    with tempfile.TemporaryDirectory() as name:
        root = Path(name)
        folder = root / "courses" / "c"
        folder.mkdir(parents=True)
        (folder / "course.yml").write_text("title: C\n")
        (folder / "a.svg").write_text("<svg/>")
        (folder / "01-a.md").write_text(page)
        (folder / "02-b.md").write_text("# B\n\nText.\n")
        text, problems = compiled(root, folder)
    there = set(re.findall(r"w\d+w", text))
    lines = page.split("\n")
    told = {problem.place.line for problem in problems if problem.place.path.endswith("01-a.md")}
    said = " ".join(f"{problem.message} {problem.hint} {problem.place.excerpt}" for problem in problems)
    there |= set(re.findall(r"w\d+w", said))
    plain = re.sub(
        rf"<!--{'.*' if '“<!--” is not closed' in said else '.*?-->'}|" r"\{[^{}]*\}|\[\^[^\]\s]*\]|^ *#+ Pool:[^\n]*",
        lambda m: re.sub(r"w\d+w", "", m[0]),
        page,
        flags=re.DOTALL | re.M,
    )
    lost = []
    broken = any(problem.severity == "error" for problem in problems)
    for number, line in enumerate(plain.split("\n"), start=1):
        missing = [word for word in re.findall(r"w\d+w", line) if word not in there]
        above = lines[block_of(lines, number).start - 1 : number]
        if broken and any(re.match(r"[> -]*\*?\[[^\]]*\]:", other) for other in above):
            continue  # what uses the definition may be in a block with an error
        if missing and not told & set(unit(page, number)):
            lost.extend(missing)
    return lost


def check(page: tuple[list[str], Edits, str]) -> None:
    text = page_of(*page)
    assert lost_words(text) == [], text


@settings(derandomize=True)
@given(PAGES)
def test_every_word_of_a_page_is_in_the_package_or_in_a_problem(page: tuple[list[str], Edits, str]) -> None:
    check(page)


if __name__ == "__main__":
    settings(max_examples=int(sys.argv[1]), deadline=None, suppress_health_check=list(HealthCheck))(
        given(PAGES)(check)
    )()
