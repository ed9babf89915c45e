"""Near-forms of question syntax: each is understood as on GitHub, or an error with line, column and what to write; near misses are silent.

Each test builds one page with a question for every form, and compares the complete list of problems.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from scormgen.files.source import Root
from scormgen.pipeline.build import Options, build_course
from scormgen.problems.report import Problem, Report
from scormgen.reading.workspace import Workspace
from tests.conftest import Write
from tests.lms.harness import Package

Found = list[tuple[str, int, int]]  # code, line, column


def problems(root: Path) -> list[Problem]:
    """What a build of the course c says, in order."""
    folder = root / "courses" / "c"
    built, found = build_course(Workspace(Root(root), (folder,)), folder, Options(root / "dist"))
    assert bool(built) != any(problem.severity == "error" for problem in found)
    return Report(found).sorted()


def told(write: Write, page: str, yml: str = "title: C\n", **more: str) -> Found:
    """The problems of a page as code, line and column; each has its hint."""
    files: dict[str, str | bytes] = {"courses/c/course.yml": yml, "courses/c/01-a.md": page}
    files |= {f"courses/c/{name}": text for name, text in more.items()}
    found = problems(write(files))
    assert all(problem.message and problem.hint for problem in found)
    return [(problem.code, problem.place.line, problem.place.column) for problem in found]


class Pages:
    """A page that grows by questions, and the problems that it must give."""

    def __init__(self, front: str = "") -> None:
        self.text, self.expected = f"{front}# P\n", Found()

    def add(self, body: str, *expected: tuple[str, int, int], heading: str = "### Q: Which? {#q%d}") -> None:
        """Adds a question; the lines of `expected` count from the first line of its body."""
        self.text += "\n" + heading.replace("%d", str(len(self.text))) + "\n\n"
        start = self.text.count("\n")
        self.expected += [(code, start + line, column) for code, line, column in expected]
        self.text += body


# A third option in the list, the code that it gives and its column; None where GitHub reads it as an option, and so do we.
THIRD: list[tuple[str, tuple[str, int] | None]] = [
    ("- [ ] Third", None),
    ("- [X] Third", None),
    ("-  [x] Third", None),
    ("-\t[ ] Third", None),
    ("- [ ]\tThird", None),
    ("-[ ] Third", ("Q035", 1)),
    ("-[x] Third", ("Q035", 1)),
    ("-[] Third", ("Q035", 1)),
    ("- [] Third", ("Q035", 3)),
    ("- [ ]Third", ("Q035", 3)),
    ("- [x]Third", ("Q035", 3)),
    ("- [ x ] Third", ("Q035", 3)),
    ("- [  ] Third", ("Q035", 3)),
    ("- [\u00a0] Third", ("Q035", 3)),
    ("-\u00a0[ ] Third", ("Q035", 1)),
    ("- [ ]\u00a0Third", ("Q035", 3)),
    ("- [✓] Third", ("Q035", 3)),
    ("- [*] Third", ("Q035", 3)),
    ("- [xx] Third", ("Q035", 3)),
    ("- (x) Third", ("Q035", 3)),
    ("- ( ) Third", ("Q035", 3)),
    ("- ［ ］ Third", ("Q035", 3)),
    ("- ☐ Third", ("Q035", 3)),
    ("- \\[ \\] Third", ("Q035", 3)),
    ("+[ ] Third", ("Q035", 1)),
    ("*[ ] Third", ("Q035", 1)),
    ("-- [ ] Third", ("Q035", 1)),
    ("– [ ] Third", ("Q035", 1)),
    ("— [x] Third", ("Q035", 1)),
    ("• [x] Third", ("Q035", 1)),
    ("\\- [ ] Third", ("Q035", 1)),
    ("[x] Third", ("Q035", 1)),
    ("[ ] Third", ("Q035", 1)),
    ("[x]: Third", ("Q035", 1)),
    ("☑ Third", ("Q035", 1)),
    ("-[x Third", ("Q035", 1)),
    ("-Third", ("Q035", 1)),
    ("1. [ ] Third", ("Q035", 4)),
    ("2. [x] Third", ("Q035", 4)),
    ("  - [ ] Third", ("Q036", 5)),
    ("    - [ ] Third", ("Q036", 7)),
    ("\t- [ ] Third", ("Q036", 4)),
    ("- Third", ("Q013", 3)),
    ("- [x](#p) Third", ("Q013", 3)),
]
SETTINGS = {"knowledge check": "", "assessment": "---\nassessment: {}\n---\n\n"}


@pytest.mark.parametrize("where", SETTINGS)
def test_every_near_form_of_an_option_is_an_error(workspace: Write, where: str) -> None:
    page = Pages(SETTINGS[where])
    for line, found in THIRD:
        page.add(f"- [x] First\n- [ ] Second\n{line}\n", *([(found[0], 3, found[1])] if found else []))
    assert told(workspace, page.text) == page.expected


def test_options_are_found_wherever_they_got_lost(workspace: Write) -> None:
    page = Pages()
    page.add("-[x] A\n-[ ] B\n", ("Q035", 1, 1), ("Q035", 2, 1))
    page.add("Text\n    - [x] A\n    - [ ] B\n", ("Q035", 2, 5), ("Q035", 3, 5))
    page.add("Text\n\n    - [x] A\n    - [ ] B\n", ("Q035", 3, 5), ("Q035", 4, 5))
    page.add("Text\n-[x] A\n- [ ] B\n- [ ] C\n", ("Q035", 2, 1))
    page.add("- [x] A\n  > Yes.\n-[ ] B\n- [ ] C\n", ("Q035", 3, 1))
    page.add("- [x] A\n- [ ] B\n\n> **Explanation:** So.\n-[ ] C\n", ("Q035", 5, 1))
    page.add("<div>\n- [x] A\n</div>\n\n- [x] A\n- [ ] B\n", ("Q035", 2, 1))
    page.add("| A |\n| - |\n-[ ] B\n\n- [x] A\n- [ ] B\n", ("Q035", 3, 1))
    page.add("1. Look\n   - [x] A\n   - [ ] B\n", ("Q036", 2, 6), ("Q036", 3, 6))
    assert told(workspace, page.text) == page.expected


def test_near_forms_in_every_other_kind(workspace: Write) -> None:
    page = Pages()
    page.add("- [x] 4\n-[ ] 5\n", ("Q035", 2, 1), heading="### Q: How many? {#n%d type=number}")
    page.add("- [x] a\n- [ ]b\n", ("Q035", 2, 3), heading="### Q: Which? {#t%d type=text}")
    page.add("1. Look\n2. Think\n3) Ask\n", ("Q008", 3, 1), heading="### Q: Order? {#o%d type=order}")
    page.add("1. Look\n2.Think\n3. Ask\n", ("Q035", 2, 1), heading="### Q: Order? {#o%d type=order}")
    page.add("1. Look\n(2) Think\n3. Ask\n", ("Q035", 2, 1), heading="### Q: Order? {#o%d type=order}")
    page.add("1. [ ] Look\n2. Think\n", ("Q035", 1, 4), heading="### Q: Order? {#o%d type=order}")
    page.add("- [ ] A\n-[ ] B\n- [ ] C\n", ("Q035", 2, 1), heading="### Survey: Where? {#s%d}")
    page.add("- I know\n-I care\n", ("Q035", 2, 1), heading="### Survey: After it {#r%d scale=agree5}")
    page.add("- [ ]I know\n- I care\n", ("Q035", 1, 3), heading="### Survey: After it {#r%d scale=agree5}")
    page.add("- A -> B\n- C -> D\n-[ ] -> E\n- [ ]-> F\n", ("Q035", 3, 1), ("Q035", 4, 3))
    page.add(
        "- [x] [A](#end)\n- [ ][B](#end)\n-[ ] [C](#end)\n\n#### End\n\nGone.\n",
        ("Q035", 2, 3), ("Q035", 3, 1), heading="### Scenario: A bag {#c%d}",
    )  # fmt: skip
    assert told(workspace, page.text) == page.expected


def test_near_forms_of_arrows_gaps_notes_and_feedback(workspace: Write) -> None:
    page = Pages()
    for arrow in ("→", "=>", "-->", "–>", "⇒", "- >", "-&gt;", "\\->"):
        column = 6 if arrow == "\\->" else 5
        page.add(f"- A -> B\n- C {arrow} D\n- E -> F\n", ("Q037", 2, column))
    page.add("- A → B\n- C->D\n", ("Q037", 1, 5), ("Q037", 2, 4))
    page.add("- A -> B\n- C -> D\n- [ ] → E\n", ("Q037", 3, 7))
    for gap in ("[[a]", "[a]]", "[[a"):
        page.add(
            f"Ring [[999]] or {gap} now.\n",
            ("Q038", 1, 17 + max(0, gap.find("]"))) if gap[1] != "[" else ("Q038", 1, 17),
        )
    page.add("Ring [[999] now.\n\n- [x] A\n- [ ] B\n", ("Q038", 1, 6))
    page.add("- [x] A\n- [ ] B\n", ("Q038", -1, 13), heading="### Q: Ring [[999]]? {#g%d}")
    for note in ("> Hint: think", "> *Hint:* think", "> **Hint** think", "> __Hint:__ think", "> Hint - think"):
        page.add(f"{note}\n\n- [x] A\n- [ ] B\n", ("Q039", 1, 3))
    page.add("**Hint:** think\n\n- [x] A\n- [ ] B\n", ("Q039", 1, 1))
    page.add("- [x] A\n> Yes.\n- [ ] B\n> No.\n- C\n", ("Q040", 2, 1), ("Q040", 4, 1), ("Q013", 5, 3))
    page.add("- [x] A\n- [ ] B\n\n> Well done.\n", ("Q040", 4, 1))
    page.add("- [x] [A](#z)\n> Yes.\n\n#### Z\n\nGone.\n", ("Q040", 2, 1), heading="### Scenario: A bag {#c%d}")
    assert told(workspace, page.text) == page.expected


def test_near_misses_are_silent(workspace: Write) -> None:
    page = Pages()
    page.add("A box as in `-[ ] x`,\n`[x]` or a [x](#p) and mid [x] word -> so.\n\n- [x] A\n- [ ] B\n")
    page.add(
        "```\n-[x] A\n[[a]\n```\n\n- [x] A `-[ ] b` [x]\n  and *b* - c\n  – d\n- [ ] File → Save, or `->`\n- [ ] [B](#p)\n"
    )
    page.add(
        "- [x] A\n  > - a list\n  > - in feedback\n- [ ] B\n\n> **Hint**: Think.\n>\n> 1. One\n\n<!-- a comment -->\n"
    )
    page.add("> Hints help.\n\n**Correct** the text in [[5, 6], [7, 8]].\n\n- [x] A\n- [ ] B\n")
    page.add("> [!TIP]\n> Hint: look.\n\n- [x] -5 °C\n- [ ] 3.5 m\n")
    page.add("1. Look\n   at 3.5 metres\n2. Think\n", heading="### Q: Order? {#o%d type=order}")
    page.add("- A -> File → Save\n- `=>` -> B\n")
    page.text += (
        "\n### A checklist\n\n- [x] Done\n- [ ] To do\n\nA paragraph[^1].\n-[ ] As on GitHub.\n\n[^1]: A note.\n"
    )
    assert told(workspace, page.text) == []


# A heading or paragraph above a task list with ticks, and the column at which it is an error.
NEAR_HEADINGS = [
    ("### Question: Which", 5),
    ("### Question 1: Which", 5),
    ("### Question Which", 5),
    ("### QUESTION - Which", 5),
    ("### Q Which", 5),
    ("### Q1: Which", 5),
    ("### Q. Which", 5),
    ("### Q- Which", 5),
    ("### Q : Which", 5),
    ("### Q： Which", 5),
    ("### q: Which", 5),
    ("### **Q:** Which", 5),
    ("> ### Question: Which", 7),
    ("### Quiz", 5),
    ("### Cwestiwn 2: Pa un", 5),
    ("### Frage: Was", 5),
    ("### Pregunta: Qué", 5),
    ("### Pytanie 1. Co", 5),
    ("### Întrebarea 1: Ce", 5),
    ("### سؤال: ما", 5),
    ("### Survey - Which", 5),
    ("### Umfrage: Was", 5),
    ("### Szenario: Die Tasche", 5),
    ("### Scénario : le sac", 5),
    ("### Card : Bags", 5),
    ("### Tarjeta: Bolsas", 5),
    ("## Pool - Bags", 4),
    ("###Q: Which", 1),
    ("####### Q: Which", 1),
    ("Q. Which", 1),
    ("Q: Which", 1),
    ("**Question 2:** Which", 1),
]


def test_what_looks_like_a_question_is_none(workspace: Write) -> None:
    page, expected = "# P\n", Found()
    for heading, column in NEAR_HEADINGS:
        page += f"\n{heading}\n\n- [x] A\n- [ ] B\n"
        expected.append(("Q041", page.count("\n") - 3, column))
    assert told(workspace, page) == expected


def test_a_ticked_list_that_answers_a_question_is_a_warning(workspace: Write) -> None:
    lists = "\n\n- [x] A\n- [ ] B\n"
    page = f"# Which?{lists}\n## What do you do?\n\nThink.{lists}\n## Else\n\nWhich do you take?{lists}"
    assert told(workspace, page) == [("Q042", 1, 1), ("Q042", 6, 1), ("Q042", 15, 1)]
    silenced = f"# P\n\n<!-- scormgen-ignore Q042: it lists what is done -->\n## Which?{lists}"
    assert told(workspace, silenced) == []


def test_a_pool_in_an_assessment_alone(workspace: Write) -> None:
    front, question = "---\nassessment: {}\n---\n\n", "\n### Q: Which? {#q}\n\n- [x] A\n- [ ] B\n"
    assert told(workspace, f"{front}# T\n\n## Pool Bags {{draw=1}}\n{question}")[0] == ("Q041", 7, 4)
    assert told(workspace, f"{front}# T\n\n## Pool: Bags {{draw=1}}\n{question}") == []
    assert told(workspace, f"# T\n\n## Pool: Bags {{draw=1}}\n{question}") == [("Q043", 3, 1)]


def test_ordinary_headings_are_silent(workspace: Write) -> None:
    headings = ["Q&A", "Q & A", "Questions: many", "Question time", "Card-based access", "Survey results: what", "Cards - all",
                "Question 1\\: Which", "Which?", "Quiz: try it", "Fragen - viele", "Pool safety", "Scenario planning", "Q2 results",
                "What to bring\n\n- [x] A", "Is it?\n\n- [ ] open", "Is it so?\n\n- A", "Code\n\n```\n### Question: x\n```"]  # fmt: skip
    page = "# P\n" + "".join(f"\n### {heading}\n\nText.\n" for heading in headings)
    page += "\nQ: What is it?\n\nA: That.\n\n`Q. x` is code.\n\nCard: not here.\n"
    assert told(workspace, page) == []


def test_one_broken_thing_does_not_hide_the_next(workspace: Write) -> None:
    page = """# P

### Q: {#a tpe=x}

- [ ] A ![A](no.png)
- B [b](#no) [self](#a)

Text <foo>.

* C ![C](none.png)

> **Hnt:** <bar>

### Q: Which of these? {#b type=multiple points=0}

- [x] <b>A
- [x] B {pinned}

> Well.

### Q: How many? {#c type=number}

- [x] ten
- 3

{{ nothing }}
"""
    assert told(workspace, page) == [
        ("Q001", 3, 1), ("Q005", 3, 12), ("L001", 5, 14), ("Q013", 6, 3), ("L004", 6, 10), ("Q011", 8, 1), ("M012", 8, 6),
        ("Q008", 10, 1), ("L001", 10, 10), ("Q010", 12, 5), ("M012", 12, 12), ("Q007", 14, 42), ("Q014", 16, 1),
        ("M008", 16, 7), ("Q005", 17, 10), ("Q040", 19, 1), ("Q024", 23, 3), ("Q013", 24, 3), ("M001", 26, 1), ("Q011", 26, 1),
    ]  # fmt: skip


def test_a_pool_with_a_broken_question_is_not_too_small(workspace: Write) -> None:
    page = "---\nassessment: {}\n---\n\n## Pool: P {draw=2}\n\n### Q: A? {#a}\n\n- [x] A\n- B\n\n### Q: B? {#b}\n\n- [x] A\n- [ ] B\n"
    assert told(workspace, page) == [("Q013", 10, 3)]


def test_a_learner_sees_near_misses_as_they_are_written(browser: Browser, build: Callable[..., Package]) -> None:
    page = """# P

Write `-[ ] x`, [x] and [[a] → b; see <kbd>Q</kbd>.

### Q: Which? {#q}

See `[x]` above.

- [x] File → Save [x]
- [ ] `[ ]` or – so

### Question 1\\: is no question

- [x] Ticked
"""
    package = build({"courses/c/course.yml": "title: C\n", "courses/c/01-a.md": page})
    tab = browser.new_page()
    tab.goto((package.folder / package.scos[0][1]).as_uri())
    tab.locator(".sg-question").wait_for()
    seen = tab.locator("main").inner_text()
    tab.close()
    for text in (
        "Write -[ ] x, [x] and [[a] → b; see Q.",
        "See [x] above.",
        "File → Save [x]",
        "[ ] or – so",
        "Question 1: is no question",
        "Ticked",
    ):
        assert text in seen, seen
