"""Bad input: each mistake has its code, file, line, column and hint, exit 1, no traceback, and leaves dist/ alone."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scormgen.checking.check import check_course
from scormgen.files.source import Root
from scormgen.pipeline.build import Options, build_course
from scormgen.pipeline.build import build as run_build
from scormgen.problems.codes import all_codes
from scormgen.problems.report import Report
from scormgen.reading.workspace import Workspace, choose_courses, find_workspace
from tests.conftest import ROOT, Write, scormgen, scormgen_process
from tests.kinds import QUESTIONS, SURVEYS

Files = dict[str, str | bytes]
YML = "title: Course\n"


def course(page: str | bytes, yml: str = YML, **more: str | bytes) -> Files:
    """One course with one page; `more` names further files with `__` for `/` and `_dot_` for `.`."""
    files: Files = {"courses/c/course.yml": yml, "courses/c/01-page.md": page}
    for name, content in more.items():
        files[f"courses/c/{name.replace('__', '/').replace('_dot_', '.')}"] = content
    return files


def question(body: str, heading: str = "### Q: Which? {#which}") -> str:
    return f"# Page\n\n{heading}\n\n{body}"


OK = "# Page\n\nText.\n"
GOOD = "- [x] Yes\n- [ ] No\n"
MANY = "- [x] Yes\n" + "".join(f"- [ ] No {n}\n" for n in range(36))
HUGE = "".join(
    f"### Q: Question {n}? {{#q{n}}}\n\n" + "".join(f"- [{'x' if o < 2 else ' '}] {n} {o}\n" for o in range(36)) + "\n"
    for n in range(620)
)

# code, files, (path, line, column), a word of the message or hint
CASES: list[tuple[str, Files, tuple[str, int, int], str]] = [
    ("S001", course(b"# Page\n\ncaf\xe9\n"), ("courses/c/01-page.md", 3, 4), "UTF-8"),
    ("S005", {"courses/c/01-page.md": OK}, ("courses/c", 0, 1), "course.yml"),
    ("S006", {"courses/x.txt": ""}, (".", 0, 1), "course.yml"),
    ("S007", {"courses/c/course.yml": YML}, ("courses/c/course.yml", 1, 1), "Markdown file"),
    ("S008", course(OK, "title: A\nid: same\n") | {"courses/d/course.yml": "title: B\nid: same\n", "courses/d/01-a.md": OK}, ("courses/d", 0, 1), "same"),
    ("C001", course(OK, "title: [A\n"), ("courses/c/course.yml", 2, 1), "YAML"),
    ("C001", course(OK, "title: Fire: what to do\n"), ("courses/c/course.yml", 1, 12), "a text with a colon has no quotation marks"),
    ("C001", course(OK, "title: [draft] Fire\n"), ("courses/c/course.yml", 1, 16), "put quotation marks around"),
    ("C001", course(OK, "title: &a A\nid: *a\n"), ("courses/c/course.yml", 0, 1), "anchors"),
    ("C001", course("---\ntitle: 'A\n---\n\nText.\n"), ("courses/c/01-page.md", 3, 1), "YAML"),
    ("C002", course(OK, YML + "langauge: en\n"), ("courses/c/course.yml", 2, 1), "did you mean language?"),
    ("C002", course("---\ntitel: A\n---\n\nText.\n"), ("courses/c/01-page.md", 2, 1), "did you mean title?"),
    ("C002", course(OK, YML + "completion: {requires: [pages]}\n"), ("courses/c/course.yml", 2, 14), "did you mean require?"),
    ("C003", course(OK, YML + "version: 1\nversion: 2\n"), ("courses/c/course.yml", 3, 1), "twice"),
    ("C004", course(OK, YML + "keywords: {a: b}\n"), ("courses/c/course.yml", 2, 11), "a list"),
    ("C004", course(OK, YML + "structure: both\n"), ("courses/c/course.yml", 2, 12), "single or multi"),
    ("C004", course(OK, YML + "duration: soon\n"), ("courses/c/course.yml", 2, 11), "45 min"),
    ("C004", course(OK, YML + "version:\n"), ("courses/c/course.yml", 2, 1), "nothing"),
    ("C004", course(f"---\nassessment: {{pass: 120}}\n---\n\n{question(GOOD)}"), ("courses/c/01-page.md", 2, 20), "from 1 to 100"),
    ("C005", course(OK, "version: 1\n"), ("courses/c/course.yml", 0, 1), "title"),
    ("C006", course(OK, YML + "id: 1 course\n"), ("courses/c/course.yml", 2, 5), "start with a letter"),
    ("M026", course("# Page {.wide}\n\nText.\n"), ("courses/c/01-page.md", 1, 9), "the class “wide” of a page's heading"),
    ("Q005", course(question(GOOD, "### Q: Which? {#a .wide}")), ("courses/c/01-page.md", 3, 19), "“.wide”"),
    ("Q005", course(question("- [x] Yes {.wide}\n- [ ] No\n")), ("courses/c/01-page.md", 5, 12), "“.wide”"),
    ("C006", course(question(GOOD, "### Q: Which? {#a/b}")), ("courses/c/01-page.md", 3, 1), "cannot be an id"),
    ("C007", course(OK, YML + "completion: {require: [assessment]}\n"), ("courses/c/course.yml", 2, 24), "no"),
    ("C008", course(OK, YML + "completion:\n  require: [pages]\n  status: passed\n"), ("courses/c/course.yml", 4, 3), "passed"),
    ("C010", course(OK, YML + "theme: defualt\n"), ("courses/c/course.yml", 0, 1), "did you mean default?"),
    ("C011", course(OK, course_dot_lock="<<<<<<< HEAD\n"), ("courses/c/course.lock", 1, 1), "version control"),
    ("C015", course(OK) | {"scormgen.yml": "rules:\n  T1O1: off\n"}, ("scormgen.yml", 2, 3), "did you mean T101?"),
    ("C015", course(OK) | {"scormgen.yml": "rules: {Q012: off}\n"}, ("scormgen.yml", 1, 9), "stops the build"),
    ("C004", course(OK) | {"scormgen.yml": "rules: {T101: never}\n"}, ("scormgen.yml", 1, 15), "error or warning or off"),
    ("M001", course("# Page\n\nCall {{ hotlin }}.\n", YML + "variables: {hotline: 1}\n"), ("courses/c/01-page.md", 3, 6), "did you mean hotline?"),
    ("M001", course("# Page\n\nCall {{ hotline }}.\n"), ("courses/c/01-page.md", 3, 6), "variables:"),
    ("M002", course("# Page\n\n{{ a + b }}\n"), ("courses/c/01-page.md", 3, 1), "not a variable"),
    ("M003", course('# Page\n\n{% include "nothing.md" %}\n'), ("courses/c/01-page.md", 3, 13), "nothing.md"),
    ("M004", course('# Page\n\n{% include "a.md" %}\n', a_dot_md='{% include "a.md" %}\n'), ("courses/c/a.md", 1, 13), "includes itself"),
    ("M005", course("# Page\n\n{% for x in y %}\n"), ("courses/c/01-page.md", 3, 1), "include"),
    ("M006", course(question(GOOD) + "\n### Q: Other? {#which}\n\n" + GOOD), ("courses/c/01-page.md", 8, 1), "courses/c/01-page.md:3"),
    ("M007", course("# Page\n\n" + ">" * 70 + " deep\n"), ("courses/c/01-page.md", 3, 1), "nested"),
    ("M008", course("# Page\n\n<!-- tabs -->\n\n### One\n\nText.\n"), ("courses/c/01-page.md", 3, 1), "<!-- /tabs -->"),
    ("M008", course("# Page\n\n<details><summary>A</summary>\n\nText.\n"), ("courses/c/01-page.md", 3, 1), "</details>"),
    ("M009", course("# Page\n\nText.\n\n</div>\n"), ("courses/c/01-page.md", 5, 1), "closes nothing"),
    ("M010", course("# Page\n\n<script>alert(1)</script>\n"), ("courses/c/01-page.md", 3, 1), "script"),
    ("M010", course('# Page\n\nA <b onclick="x()">b</b>.\n'), ("courses/c/01-page.md", 3, 6), "onclick"),
    ("M011", course("# Page\n\n<!-- tabs -->\n\nText.\n\n<!-- /tabs -->\n"), ("courses/c/01-page.md", 3, 1), "heading"),
    ("M022", course("# Page\n\n![a](x.mov)\n"), ("courses/c/01-page.md", 3, 6), "H.264"),
    ("M022", course("# Page\n\n![a](x.pdf)\n", x_dot_pdf="x"), ("courses/c/01-page.md", 3, 6), "[x](x.pdf)"),
    ("S012", course("---\ntitle: A\n\n# Page\n\nText.\n"), ("courses/c/01-page.md", 1, 1), "write ---"),
    ("S012", course("\n---\ntitle: A\n---\n\nText.\n"), ("courses/c/01-page.md", 2, 1), "make --- the first line"),
    ("S014", course(OK, **{"02-m__03-n__04-o_dot_md": OK, "02-m__01-a_dot_md": OK}), ("courses/c/02-m/03-n/04-o.md", 0, 1), "folder of a module"),
    ("S014", course(OK, **{"02-b.markdown": OK}), ("courses/c/02-b.markdown", 0, 1), "end its name with .md"),
    ("M012", course("# Page\n\nThen\npress <Enter>.\n"), ("courses/c/01-page.md", 4, 7), "code span"),
    ("M012", course("# Page\n\n<quiz>\n\nText.\n\n</quiz>\n"), ("courses/c/01-page.md", 3, 1), "“<quiz>”"),
    ("M008", course("# Page\n\n<!-- a comment\n\nText.\n"), ("courses/c/01-page.md", 3, 1), "“<!--” is not closed"),
    ("M008", course("# Page\n\n<p text\nmore>\n"), ("courses/c/01-page.md", 3, 1), "> where the tag ends"),
    ("M008", course('# Page\n\nA <b one title="x" two>b</b>.\n'), ("courses/c/01-page.md", 3, 3), "“<b one” is not closed"),
    ("M026", course("# Page\n\n<p hidden>a</p>\n"), ("courses/c/01-page.md", 3, 4), "in <details>"),
    ("M026", course("# Page\n\n<p data-x='1'>a</p>\n"), ("courses/c/01-page.md", 3, 4), "nothing in a course reads it"),
    ("L001", course("# Page\n\nSee ![a](assets/hit.svg).\n", assets__hot_dot_svg="<svg/>"), ("courses/c/01-page.md", 3, 10), "did you mean assets/hot.svg?"),
    ("L002", course("# Page\n\n![a](../../../secret.png)\n"), ("courses/c/01-page.md", 3, 6), "out of the course"),
    ("L014", course("# Page\n\n[a](/etc/passwd)\n"), ("courses/c/01-page.md", 3, 5), "such as ../assets/picture.png"),
    ("L002", course('# Page\n\n{% include "../../secret.md" %}\n') | {"secret.md": "x\n"}, ("courses/c/01-page.md", 3, 13), "out of the course"),
    ("L003", course("# Page\n\n[a](02-tow.md)\n", **{"02-two_dot_md": OK}), ("courses/c/01-page.md", 3, 5), "did you mean 02-two.md?"),
    ("L004", course("# Page\n\n[a](#nowhere)\n"), ("courses/c/01-page.md", 3, 6), "nowhere"),
    ("L005", course("# Page\n\n[a](02-two.md)\n", YML + "structure: multi\n", **{"02-two_dot_md": OK}), ("courses/c/01-page.md", 3, 5), "another module"),
    ("L006", course("# Page\n\n![a](assets)\n", assets__a_dot_svg="<svg/>"), ("courses/c/01-page.md", 3, 6), "folder"),
    ("L007", course("# Page\n\n[a](javascript:alert)\n"), ("courses/c/01-page.md", 3, 5), "tel: or sms:"),
    ("L008", course("# Page\n\n<video src='https://example.org/a.mp4' controls></video>\n"), ("courses/c/01-page.md", 3, 13), "the file “https"),
    ("L008", course("# Page\n\n![a](https://example.org/a.png)\n"), ("courses/c/01-page.md", 3, 6), "another server"),
    ("L009", course("# Page\n\n![a](a.mp4)\n", a_dot_mp4="x", a_dot_vtt="no\n"), ("courses/c/a.vtt", 1, 1), "WebVTT"),
    ("Q001", course(question(GOOD, "### Q:")), ("courses/c/01-page.md", 3, 1), "no text"),
    ("Q002", course(question("Just text.\n")), ("courses/c/01-page.md", 3, 1), "task list"),
    ("Q003", course(question(MANY)), ("courses/c/01-page.md", 5, 1), "37 options"),
    ("Q004", course(question("- [x] Yes\n")), ("courses/c/01-page.md", 5, 1), "one option"),
    ("Q005", course(question(GOOD, "### Q: Which? {#w objectiv=a}")), ("courses/c/01-page.md", 3, 19), "did you mean objective?"),
    ("Q005", course(question("- [x] Yes\n- [ ] No {pinned}\n")), ("courses/c/01-page.md", 6, 11), "did you mean pin?"),
    ("Q006", course(question(GOOD, "### Q: Which? {#w type=singel}")), ("courses/c/01-page.md", 3, 24), "did you mean single?"),
    ("Q007", course(question(GOOD, "### Q: Which? {#w points=lots}")), ("courses/c/01-page.md", 3, 19), "points=2"),
    ("Q008", course(question(GOOD + "\n* [x] A\n* [ ] B\n")), ("courses/c/01-page.md", 8, 1), "second list"),
    ("Q009", course(question("- [x] Yes\n- [ ]\n")), ("courses/c/01-page.md", 6, 1), "no text"),
    ("Q009", course(question("- [x] Yes\n- [ ] <!-- no -->\n")), ("courses/c/01-page.md", 6, 1), "text"),
    ("Q010", course(question(GOOD + "\n> **Hnt:** Think.\n")), ("courses/c/01-page.md", 8, 5), "did you mean hint?"),
    ("Q011", course(question(GOOD + "\nMore.\n")), ("courses/c/01-page.md", 8, 1), "after the options"),
    ("Q012", course(question("- [ ] Yes\n- [ ] No\n")), ("courses/c/01-page.md", 5, 3), "- [x]"),
    ("Q013", course(question("- [x] Yes\n- No\n")), ("courses/c/01-page.md", 6, 3), "no box"),
    ("Q013", course(question("- Yes\n- No\n")), ("courses/c/01-page.md", 5, 3), "no box"),
    ("Q014", course(question("- [x] Yes\n- [x] No\n")), ("courses/c/01-page.md", 5, 1), "every option"),
    ("Q015", course(question("- [x] A\n- [x] B\n- [ ] C\n", "### Q: Which? {type=single}")), ("courses/c/01-page.md", 3, 1), "type=multiple"),
    ("Q016", course(question(GOOD + "\n> **Hint:** A. **Hint:** B.\n")), ("courses/c/01-page.md", 8, 1), "twice"),
    ("Q017", course("# Page\n\n> ### Q: Which?\n>\n> - [x] A\n> - [ ] B\n"), ("courses/c/01-page.md", 3, 1), "inside"),
    ("Q018", course(question(GOOD), course_dot_lock="question 0 which | Which?\n" + "".join(f"option 0 {c} retired | Old {c}\n" for c in "abcdefghijklmnopqrstuvwxyz0123456789")), ("courses/c/01-page.md", 5, 3), "36 letters"),
    ("A001", course("---\nassessment: {}\n---\n\n# Test\n\nText.\n"), ("courses/c/01-page.md", 5, 1), "no question"),
    ("A003", course("---\nassessment: {}\n---\n\n## Pool: P {draw=3}\n\n### Q: Which?\n\n" + GOOD), ("courses/c/01-page.md", 5, 13), "draws 3 of 1"),
    ("A004", course("---\nassessment: {}\n---\n\n### Q: Which?\n\n" + GOOD + "\n## Pool: P\n"), ("courses/c/01-page.md", 10, 1), "no question"),
    ("A005", course("---\nassessment: {}\n---\n\n### Q: Which?\n\n" + GOOD + "\n## More\n\nText.\n"), ("courses/c/01-page.md", 10, 1), "between"),
    ("C013", course("---\nobjectives: [hto]\n---\n\n" + question(GOOD, "### Q: Which? {#w objective=hot}"), YML + "objectives: {hot: Hot}\n"), ("courses/c/01-page.md", 2, 14), "did you mean hot?"),
    ("C013", course(question(GOOD, "### Q: Which? {#w objective=hto}") + "\n" + "### Q: Other? {objective=hot}\n\n" + GOOD, YML + "objectives: {hot: Hot}\n"), ("courses/c/01-page.md", 3, 19), "did you mean hot?"),
    ("Q001", course("# Page\n\n### Survey:\n\n- [ ] A\n- [ ] B\n"), ("courses/c/01-page.md", 3, 1), "Survey:"),
    ("Q002", course(question("1. Look\n2. Think\n")), ("courses/c/01-page.md", 3, 1), "task list"),
    ("Q004", course(question("- Water -> Wood\n- [ ] -> Gas\n")), ("courses/c/01-page.md", 5, 1), "one option"),
    ("Q004", course(question("1. Look\n", "### Q: Order? {type=order}")), ("courses/c/01-page.md", 5, 1), "one option"),
    ("Q005", course(question(GOOD, "### Q: Which? {#w score=partial}")), ("courses/c/01-page.md", 3, 19), "known:"),
    ("Q005", course("# Page\n\n### Survey: Which? {#w points=2}\n\n- [ ] A\n- [ ] B\n"), ("courses/c/01-page.md", 3, 24), "known:"),
    ("Q005", course("# Page\n\n### Scenario: A\n\n- [On](#b)\n\n#### B {#b scrore=5}\n\nEnd.\n"), ("courses/c/01-page.md", 7, 12), "did you mean score?"),
    ("Q006", course(question(GOOD, "### Q: Which? {#w type=survey}")), ("courses/c/01-page.md", 3, 24), "known:"),
    ("Q007", course(question("- [x] A\n- [x] B\n- [ ] C\n", "### Q: Which? {#w score=some}")), ("courses/c/01-page.md", 3, 19), "score=partial"),
    ("Q007", course(question("- [x] A\n", "### Q: Which? {#w type=text size=9}")), ("courses/c/01-page.md", 3, 29), "10 to 255"),
    ("Q007", course(question("- [x] A\n", "### Q: Which? {#w type=text case=any}")), ("courses/c/01-page.md", 3, 29), "exact"),
    ("Q007", course("# Page\n\n### Survey: Which? {#w scale=agree4}\n"), ("courses/c/01-page.md", 3, 24), "agree5"),
    ("Q007", course("# Page\n\n### Scenario: A\n\n- [On](#b)\n\n#### B {#b score=101}\n\nEnd.\n"), ("courses/c/01-page.md", 7, 12), "0 to 100"),
    ("Q008", course("# Page\n\n### Scenario: A\n\n- [On](#b)\n\nOr:\n\n- [Off](#b)\n\n#### B\n\nEnd.\n"), ("courses/c/01-page.md", 9, 1), "second list"),
    ("Q012", course("# Page\n\n### Scenario: A\n\n- [ ] [On](#b)\n\n#### B\n\nEnd.\n"), ("courses/c/01-page.md", 5, 3), "no option"),
    ("Q013", course("# Page\n\n### Scenario: A\n\n- [x] [On](#b)\n- [Off](#b)\n\n#### B\n\nEnd.\n"), ("courses/c/01-page.md", 6, 3), "no box"),
    ("Q019", course(question("- Water -> Wood\n- Foam\n- CO2 -> Wires\n")), ("courses/c/01-page.md", 6, 3), "no arrow"),
    ("Q020", course(question("- Water -> Wood\n- -> Oil\n- CO2 -> Wires\n")), ("courses/c/01-page.md", 6, 3), "decoy"),
    ("Q020", course(question("- Water -> Wood\n- [x] -> Oil\n- CO2 -> Wires\n")), ("courses/c/01-page.md", 6, 3), "decoy"),
    ("Q020", course(question("- Water -> Wood\n- [ ] Foam -> Oil\n- CO2 -> Wires\n")), ("courses/c/01-page.md", 6, 3), "decoy"),
    ("Q021", course(question("- Look\n- Think\n", "### Q: Order? {type=order}")), ("courses/c/01-page.md", 5, 1), "numbered list"),
    ("Q022", course(question(f"- [x] {'long ' * 60}\n", "### Q: Which? {type=text}")), ("courses/c/01-page.md", 5, 3), "255"),
    ("Q023", course(question("- [x] One\n\n  Two\n", "### Q: Which? {type=text}")), ("courses/c/01-page.md", 5, 3), "one line"),
    ("Q024", course(question("- [x] ten\n", "### Q: How many? {type=number}")), ("courses/c/01-page.md", 5, 3), "15 ± 5"),
    ("Q024", course(question("Stay [[= 20..10]] metres away.\n")), ("courses/c/01-page.md", 5, 6), "“20..10”"),
    ("Q025", course(question("Ring [[999]].\n\n- [x] A\n- [ ] B\n")), ("courses/c/01-page.md", 7, 1), "cannot have options"),
    ("Q026", course(question("Ring 999.\n", "### Q: Fill? {type=gaps}")), ("courses/c/01-page.md", 3, 1), "[[Service Desk]]"),
    ("Q027", course(question("Ring [[999]] or [[ | ]].\n")), ("courses/c/01-page.md", 5, 17), "no answer"),
    ("Q028", course("# Page\n\n### Survey: Which?\n\nText.\n"), ("courses/c/01-page.md", 3, 1), "scale=agree5"),
    ("Q028", course("# Page\n\n### Survey: Which? {type=text}\n\n- [ ] A\n- [ ] B\n"), ("courses/c/01-page.md", 5, 1), "scale=agree5"),
    ("Q029", course("# Page\n\n### Survey: Which?\n\n- [ ] A\n- [x] B\n"), ("courses/c/01-page.md", 6, 3), "- [ ]"),
    ("Q029", course("# Page\n\n### Survey: Which? {scale=agree5}\n\n- A\n- [ ] B\n"), ("courses/c/01-page.md", 6, 3), "- [ ]"),
    ("Q030", course("# Page\n\n### Scenario: A\n\nText.\n"), ("courses/c/01-page.md", 3, 1), "sub-heading"),
    ("Q031", course("# Page\n\n### Scenario: A\n\n- [On](#b)\n- Off\n\n#### B\n\nEnd.\n"), ("courses/c/01-page.md", 6, 3), "#ask-them"),
    ("Q032", course("# Page\n\n### Scenario: A\n\n- [On](#askk)\n\n#### Ask\n\nEnd.\n"), ("courses/c/01-page.md", 5, 8), "did you mean ask?"),
    ("Q033", course("# Page\n\n### Scenario: A\n\n- [On](#b)\n\n#### B\n\nEnd.\n\n#### C\n\nEnd.\n"), ("courses/c/01-page.md", 11, 1), "no decision"),
    ("Q034", course("# Page\n\n### Scenario: A\n\n- [On](#b)\n- [End](#c)\n\n#### B\n\n- [Again](#b)\n\n#### C\n\nEnd.\n"), ("courses/c/01-page.md", 8, 1), "no end"),
    ("Q035", course(question("- [x] Yes\n-[ ] Stack it\n- [ ] No\n")), ("courses/c/01-page.md", 6, 1), "write “- [ ] Stack it”"),
    ("Q036", course(question("- [x] Yes\n  - [ ] Stack it\n- [ ] No\n")), ("courses/c/01-page.md", 6, 5), "inside another"),
    ("Q037", course(question("- Water → Wood\n- CO2 -> Wires\n")), ("courses/c/01-page.md", 5, 9), "“→”"),
    ("Q038", course(question("Ring the [[Service Desk].\n")), ("courses/c/01-page.md", 5, 10), "[[Service Desk]]"),
    ("Q039", course(question("> Hint: Think.\n\n" + GOOD)), ("courses/c/01-page.md", 5, 3), "> **Hint:** …"),
    ("Q040", course(question("- [x] Yes\n> It is.\n- [ ] No\n")), ("courses/c/01-page.md", 6, 1), "two spaces"),
    ("Q023", course(question("- [x] 4\n\n  Four.\n", "### Q: How many? {type=number}")), ("courses/c/01-page.md", 5, 3), "one line"),
    ("Q044", course(question("- Water -> Wood\n- CO2 -> Wires\n- [ ] -> Gas\n  > Never.\n")), ("courses/c/01-page.md", 8, 3), "decoy"),
    ("Q017", course(question("> #### Q: Why?\n\n" + GOOD)), ("courses/c/01-page.md", 5, 1), "inside"),
    ("Q023", course(question("- [x] 999 ![A](a.svg)\n", "### Q: Which? {type=text}"), a_dot_svg="<svg/>"), ("courses/c/01-page.md", 5, 3), "pictures"),
    ("Q023", course(question("- [x] 999\n  112\n", "### Q: Which? {type=text}")), ("courses/c/01-page.md", 5, 3), "lines"),
    ("Q045", course(question("- Out -> ![A](a.svg)\n- Aid -> `![`\n"), a_dot_svg="<svg/>"), ("courses/c/01-page.md", 5, 3), "left side"),
    ("Q041", course("# Page\n\n### Question 1: Which?\n\n" + GOOD), ("courses/c/01-page.md", 3, 5), "did you mean “### Q: …”?"),
    ("Q043", course("# Page\n\n## Pool: Bags\n\n" + OK[8:]), ("courses/c/01-page.md", 3, 1), "front matter"),
    ("A006", course("---\nassessment: {}\n---\n\n# Test\n\n### Survey: Which?\n\n- [ ] A\n- [ ] B\n"), ("courses/c/01-page.md", 5, 1), "scored"),
    ("A007", course("---\nassessment: {role: pretest, covers: [mian]}\n---\n\n" + question(GOOD), **{"02-main_dot_md": OK, "03-test_dot_md": "---\nassessment: {}\n---\n\n### Q: B?\n\n" + GOOD}), ("courses/c/01-page.md", 2, 38), "did you mean main?"),
    ("A008", course("---\nassessment: {role: pretest}\n---\n\n" + question(GOOD), YML + "structure: multi\n", **{"02-main_dot_md": OK}), ("courses/c/01-page.md", 2, 20), "structure: single"),
    ("A009", course("---\nassessment: {role: pretest}\n---\n\n" + question(GOOD), YML + "completion: {require: [assessment]}\n", **{"02-main_dot_md": OK}), ("courses/c/course.yml", 2, 24), "pretest"),
    ("P001", course("# Page\n\n" + HUGE), ("courses/c/course.yml", 0, 1), "620 questions of the kind multiple"),
    ("P002", course("# Page\n\n![a](" + "d" * 120 + "/" + "e" * 100 + ".svg)\n", **{"d" * 120 + "__" + "e" * 100 + "_dot_svg": "<svg/>"}), ("courses/c/01-page.md", 3, 6), "too long"),
    ("P003", course(OK, YML + "theme: own\n") | {"themes/own/tokens.css": ".a { color red }\n"}, ("themes/own/tokens.css", 1, 6), "color red"),
]  # fmt: skip


@pytest.mark.parametrize(("code", "files", "where", "words"), CASES, ids=[f"{n}-{c[0]}" for n, c in enumerate(CASES)])
def test_a_mistake_is_told_with_its_place(
    workspace: Write, code: str, files: Files, where: tuple[str, int, int], words: str
) -> None:
    root = workspace(files | {"dist/keep.txt": "kept"})
    report = Report()
    found = find_workspace(root, report)
    result = run_build(found, choose_courses(found, (), root, report), Options(found.dist), report, lambda _: None)
    problems = [problem for problem in result.problems if problem.code == code]
    assert problems, result.problems
    place, told = problems[0].place, f"{problems[0].message} {problems[0].hint}"
    assert (place.path, place.line, place.column) == where, problems[0]
    assert words in told
    assert problems[0].hint
    assert {problem.code for problem in result.problems} == {code}
    assert [path.name for path in (root / "dist").iterdir()] == ["keep.txt"]
    assert not result.packages


def test_a_mistake_ends_the_command_with_1(workspace: Write) -> None:
    root = workspace(course(question("- [ ] A\n- [ ] B\n")) | {"dist/keep.txt": "kept"})
    run = scormgen("build", "--format", "json", cwd=root)
    assert (run.code, run.err, run.json["packages"]) == (1, "", [])
    assert [problem["code"] for problem in run.json["problems"]] == ["Q012"]
    text = scormgen("build", cwd=root)
    assert (text.code, text.out) == (1, "")
    assert text.err.endswith("1 error, 0 warnings\nnothing was written\n")


def test_every_code_has_a_case() -> None:
    """Rules and silences have theirs in test_rules.py, reports in test_decode.py, constructs of other tools in test_constructs.py, the player's
    words in test_words.py, files left out in test_left_out.py.
    """
    elsewhere = {"S002", "S003", "S004", "S009", "S010", "S011", "S013", "C009", "C016", "C012", "C014", "M013", "Q042"}
    elsewhere |= {f"D00{n}" for n in range(1, 8)}
    elsewhere |= {f"L01{n}" for n in range(4)}  # test_sheets.py
    elsewhere |= {"P004", "P005", "S015", "S016"}  # test_atomic.py
    elsewhere |= {"S020", "S021", "S022", "M030", "M031", "M032", "C026", "C027"}  # test_limits.py
    elsewhere |= {"C023", "C024", "C025"}  # test_templates.py
    elsewhere |= {"Q046", "Q047", "C031"}  # test_fragments.py, test_web.py
    elsewhere |= {
        "C017",
        "C018",
        "C019",
        "C020",
        "C021",
        "C030",
        "M015",
        "M026",
        "M027",
    }  # test_words.py, test_lock.py, below, test_csp.py, test_word.py, test_hostile_html.py
    elsewhere |= {f"M0{n}" for n in (14, *range(16, 26)) if n != 22}
    assert {case[0] for case in CASES} | elsewhere == {code for code in all_codes() if int(code[1:]) < 100}


def test_a_link_out_of_the_workspace_is_not_followed(
    workspace: Write, tmp_path_factory: pytest.TempPathFactory
) -> None:
    outside = tmp_path_factory.mktemp("outside") / "secret.svg"
    outside.write_text("<svg>secret</svg>")
    root = workspace(course("# Page\n\n![a](a.svg)\n"))
    (root / "courses/c/a.svg").symlink_to(outside)
    run = scormgen("build", "--format", "json", cwd=root)
    assert [(p["code"], p["line"], p["column"]) for p in run.json["problems"]] == [("S003", 3, 6)]
    (root / "courses/c/02-page.md").symlink_to(outside)
    run = scormgen("build", "--format", "json", cwd=root)
    assert [p["code"] for p in run.json["problems"]] == ["S003", "S003"]
    (root / "courses/c/03-pages").symlink_to(outside.parent)
    run = scormgen("build", "--format", "json", cwd=root)
    assert [p["path"] for p in run.json["problems"] if p["code"] == "S003"][-1] == "courses/c/03-pages"


def test_a_pipe_is_not_waited_for(workspace: Write) -> None:
    root = workspace(course("# Page\n\n![a](a.svg)\n"))
    os.mkfifo(root / "courses/c/a.svg")
    run = scormgen("build", "--format", "json", cwd=root)
    assert [p["code"] for p in run.json["problems"]] == ["S009"]


def test_a_file_that_cannot_be_read_is_told(workspace: Write) -> None:
    root = workspace(course(OK))
    (root / "courses/c/01-page.md").unlink()
    (root / "courses/c/01-page.md").symlink_to("nothing.md")
    run = scormgen("build", "--format", "json", cwd=root)
    assert "S002" in [p["code"] for p in run.json["problems"]]


def test_a_folder_that_cannot_be_read_is_told(workspace: Write) -> None:
    root = workspace(course(OK) | {"courses/c/02-more/01-page.md": OK})
    folder = root / "courses/c/02-more"
    folder.chmod(0)
    # Root may read everything, unless it gives that up.
    ordinary = ["setpriv", "--bounding-set=-dac_override,-dac_read_search"] if os.geteuid() == 0 else []
    command = [*ordinary, sys.executable, "-m", "scormgen", "build", "--format", "json"]
    try:
        done = subprocess.run(
            command, cwd=root, env=os.environ | {"PYTHONPATH": str(ROOT)}, capture_output=True, check=False
        )
    finally:
        folder.chmod(0o755)
    assert done.returncode == 1, done.stderr
    found = json.loads(done.stdout)["problems"]
    assert [(one["code"], one["path"]) for one in found] == [("S002", "courses/c/02-more")]


def test_an_unknown_course_is_told(workspace: Write) -> None:
    run = scormgen("build", "cuorse", cwd=workspace({"courses/course/course.yml": YML, "courses/course/01-a.md": OK}))
    assert run.code == 1
    assert "S004" in run.err
    assert "did you mean course?" in run.err


def test_all_problems_of_all_courses_come_in_one_run(workspace: Write) -> None:
    files = course(question("- [ ] A\n- [ ] B\n") + "\n### More\n\n![a](a.png) {{ x }}\n")
    files |= {"courses/d/course.yml": "titel: D\n", "courses/d/01-a.md": OK}
    run = scormgen("build", "--format", "json", cwd=workspace(files))
    assert [p["code"] for p in run.json["problems"]] == ["Q012", "L001", "M001", "C002"]


def test_text_shows_the_line_and_a_caret(workspace: Write) -> None:
    run = scormgen("build", cwd=workspace(course(question("- [ ] It is blue\n- [ ] No\n"))))
    assert run.err.startswith(
        "courses/c/01-page.md:5:3: error[Q012]: no option is marked as right\n"
        "  |\n"
        "5 | - [ ] It is blue\n"
        "  |   ^^^ put an x in the box of the right answer: - [x]\n"
    )


def test_github_format_names_the_line(workspace: Write) -> None:
    run = scormgen("build", "--format", "github", cwd=workspace(course(question("- [ ] A\n- [ ] B\n"))))
    assert run.out == (
        "::error file=courses/c/01-page.md,line=5,col=3,title=Q012::no option is marked as right "
        "(put an x in the box of the right answer: - [x])\n"
    )


def test_a_bug_of_ours_is_told_in_two_lines(workspace: Write) -> None:
    root = workspace(
        course(OK)
        | {"sitecustomize.py": "import scormgen.reading.course\nscormgen.reading.course.read_course = None\n"}
    )
    path = os.pathsep.join([str(root), str(Path(__file__).parents[2])])
    run = scormgen_process("build", cwd=root, PYTHONPATH=path)
    assert run.code == 70
    assert len(run.err.strip().splitlines()) == 2
    assert "Traceback" in scormgen_process("build", "-v", cwd=root, PYTHONPATH=path).err


@pytest.mark.parametrize("words", [["--nothing"], ["build", "--jobs", "x"], ["unknown"]])
def test_wrong_usage_exits_with_2(workspace: Write, words: list[str]) -> None:
    run = scormgen(*words, cwd=workspace(course(OK)))
    assert run.code == 2
    assert "Traceback" not in run.err


def test_an_objective_without_a_question_is_a_warning(workspace: Write) -> None:
    yml = YML + "objectives:\n  hot: Hot\n  cold: Cold\n"
    root = workspace(course(question(GOOD, "### Q: Which? {#w objective=hot}"), yml))
    run = scormgen("build", "--format", "json", cwd=root)
    assert [(p["code"], p["line"], p["column"]) for p in run.json["problems"]] == [("C014", 4, 3)]
    assert run.code == 0


def test_a_key_of_another_tool_is_a_warning_and_a_misspelt_one_an_error(workspace: Write) -> None:
    page = "---\nteaching:\n  aim: yes\ndescription: A\ntags: [a, {b: c}]\nsubtitle: B\nhide: [toc]\n---\n\n# Page\n\nText.\n"
    root = workspace(course(page))
    run = scormgen("build", "--format", "json", cwd=root)
    assert run.code == 0
    assert [(p["code"], p["severity"], p["line"], p["column"]) for p in run.json["problems"]] == [
        ("C021", "warning", 2, 1)
    ]
    assert run.json["problems"][0]["message"].endswith(": “teaching”, “description”, “tags”, “subtitle”, “hide”")
    workspace({"courses/c/01-page.md": page.replace("tags:", "pagse:"), "scormgen.yml": "rules: {C021: off}\n"})
    run = scormgen("build", "--format", "json", cwd=root)
    assert [(p["code"], p["line"], p["hint"]) for p in run.json["problems"]] == [("C002", 5, "did you mean pages?")]
    workspace({"courses/c/01-page.md": OK, "courses/c/course.yml": YML + "cover: a.png\nassessment: {}\n"})
    run = scormgen("build", "--format", "json", cwd=root)
    assert [(p["code"], p["line"]) for p in run.json["problems"]] == [("C002", 2), ("C002", 3)]


def test_objectives_that_are_sentences_are_those_of_another_tool(workspace: Write) -> None:
    page = '---\nobjectives:\n- "Say what a shell is."\n- "Use it"\n---\n\n# Page\n\nText.\n'
    run = scormgen("build", "--format", "json", cwd=workspace(course(page + "\n## Another\n\nText.\n")))
    assert [(p["code"], p["line"], p["column"]) for p in run.json["problems"]] == [("C021", 2, 1)]
    assert "expects ids of objectives" in run.json["problems"][0]["hint"]
    run = scormgen("build", "--format", "json", cwd=workspace(course(page.replace('"Use it"', "hot"))))
    assert [(p["code"], p["line"], p["column"]) for p in run.json["problems"]] == [("C013", 3, 4), ("C013", 4, 3)]


def test_a_part_has_no_other_questions_id(workspace: Write) -> None:
    page = question("Ring [[999]].\n", "### Q: Fill? {#fill}") + "\n### Q: Other? {#fill.1}\n\n" + GOOD
    run = scormgen("build", "--format", "json", cwd=workspace(course(page)))
    assert [(p["code"], p["line"]) for p in run.json["problems"]] == [("M006", 7)]


def test_a_past_review_date_is_a_warning(workspace: Write) -> None:
    root = workspace(course(OK, YML + "review_by: 2020-01-01\n"))
    run = scormgen("build", cwd=root)
    assert (run.code, "C009" in run.err) == (0, True)
    assert scormgen("build", "--strict", cwd=root).code == 1
    assert scormgen("build", "--strict", cwd=root, SOURCE_DATE_EPOCH="1500000000").code == 0


_LINES = ("# P\n\n" + QUESTIONS + SURVEYS).replace("P-", "").split("\n")
_BITS = ["->", "[[", "]]", "{#x}", "{score=partial}", "[x]", "[ ]", "- ", "1. ", ">", "![", "](", "<img>", "<!-- scormgen-ignore W104: x -->", "Мир труд май", "ABC", "#", "(#see)", "type=order", "±", "|", "`", "{", "}",
         "\\", "<div>", "</div>", "<!-- tabs -->", "Q:", "Survey:", "Scenario:", "**Hint:**", "\u00a0", "\U0001f600", "\t", "   "]  # fmt: skip
_edits = st.lists(
    st.tuples(st.sampled_from(["drop", "copy", "insert", "cut", "indent"]), st.integers(0, 10_000), st.integers(0, 80), st.sampled_from(_BITS)),
    min_size=1, max_size=12,
)  # fmt: skip


@given(edits=_edits, assessed=st.booleans())
def test_no_edit_of_a_page_with_every_kind_makes_a_traceback(
    edits: list[tuple[str, int, int, str]], assessed: bool, tmp_path_factory: pytest.TempPathFactory
) -> None:
    lines = list(_LINES)
    for edit, place, column, bit in edits:
        at = place % len(lines)
        line = lines[at]
        match edit:
            case "drop" if len(lines) > 1:
                del lines[at]
            case "copy":
                lines.insert(at, lines[(place * 7) % len(lines)])
            case "insert":
                lines[at] = line[:column] + bit + line[column:]
            case "cut":
                lines[at] = line[:column]
            case _:
                lines[at] = "  " + line
    text = "\n".join(lines)
    folder = tmp_path_factory.mktemp("edited")
    course_folder = folder / "courses" / "c"
    course_folder.mkdir(parents=True)
    (course_folder / "course.yml").write_text("title: C\n")
    (course_folder / "01-a.md").write_text(f"---\nassessment: {{}}\n---\n\n{text}" if assessed else text, "utf-8")
    workspace = Workspace(Root(folder), (course_folder,))
    built, problems = build_course(workspace, course_folder, Options(folder / "dist"))
    assert built or any(problem.severity == "error" for problem in problems)
    found = check_course(workspace, course_folder)
    assert {problem for problem in problems if problem.severity == "error"} <= set(found)
    for problem in found:
        assert problem.message and problem.hint
        assert 0 <= problem.place.line <= len(lines) + 4
