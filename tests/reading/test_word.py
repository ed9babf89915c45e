"""HTML pasted from Word: one problem for each block, and a fix that keeps the text."""

from __future__ import annotations

import json
from typing import Any

import jsonschema
import pytest

from tests.conftest import NPM, Write, scormgen

YML = "title: Course\n"
PASTED = """\
# Page

<p class=MsoNormal style='margin-bottom:0cm;mso-ansi-language:EN-US'><b
style='mso-bidi-font-weight:normal'>Report</b> the bag, <span class="MsoHyperlink own">at once</span>.<o:p></o:p></p>
<p class=MsoListParagraph><!--[if !supportLists]--><span lang=EN-US>1.</span><!--[endif]-->First</p>

<!--[if gte mso 9]><xml>
 <w:WordDocument><w:View>Normal</w:View></w:WordDocument>
</xml><![endif]-->

- Second <span style="color:red;mso-x:y">point</span><o:p> here</o:p>
- Third

> <![if !vml]>Kept <i style='mso-x:y'>text</i><![endif]>
> <o:p>&nbsp;</o:p>
> on two lines

| A | B |
| --- | --- |
| <span class=MsoNormal>a</span> | <span class=MsoNormal>b</span> |

`<o:p>` is code, <!-- class=MsoNormal --> and <b class="own" title="a class=MsoNormal">bold</b> is not of Word.
"""
FIXED = """\
# Page

<p><b>Report</b> the bag, <span class="own">at once</span>.</p>
<p><span lang=EN-US>1.</span>First</p>


- Second <span>point</span> here
- Third

> Kept <i>text</i>
> on two lines

| A | B |
| --- | --- |
| <span>a</span> | <span>b</span> |

`<o:p>` is code, <!-- class=MsoNormal --> and <b class="own" title="a class=MsoNormal">bold</b> is not of Word.
"""


@pytest.mark.usefixtures("npm")
@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_words_html_is_one_problem_for_each_block_and_is_fixed(workspace: Write, ending: str) -> None:
    page = PASTED.replace("\n", ending)
    root = workspace({"courses/c/course.yml": YML, "courses/c/01-a.md": page.encode()})
    run = scormgen("check", "--format", "json", cwd=root)
    found = run.json["problems"]
    assert [(p["code"], p["severity"], p["line"], p["column"]) for p in found] == [
        ("M015", "error", line, 1) for line in (3, 7, 11, 14, 20)
    ]
    assert {p["hint"] for p in found} == {"scormgen check --fix removes it and keeps the text"}
    schema = json.loads((NPM / "@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json").read_text("utf-8"))
    sarif = scormgen("check", "--format", "sarif", cwd=root).json
    jsonschema.Draft7Validator(schema).validate(sarif)
    fix: Any = sarif["runs"][0]["results"][0]["fixes"][0]["artifactChanges"][0]["replacements"][0]
    assert fix["deletedRegion"] == {"startLine": 3, "startColumn": 1, "endLine": 5, "endColumn": 101}
    done = scormgen("check", "--fix", cwd=root)
    assert (done.code, "courses/c/01-a.md:3: M015 fixed" in done.err) == (0, True), done.err
    assert (root / "courses/c/01-a.md").read_bytes().decode() == FIXED.replace("\n", ending)


def test_pictures_and_formulas_of_word_are_left_for_the_author(workspace: Write) -> None:
    page = "# Page\n\n<p class=MsoNormal><m:oMath><m:r>E</m:r></m:oMath><o:p></o:p></p>\n"
    root = workspace({"courses/c/course.yml": YML, "courses/c/01-a.md": page})
    found = scormgen("check", "--fix", "--format", "json", cwd=root).json["problems"]
    assert [(p["code"], p["line"], p["hint"]) for p in found] == [
        ("M015", 3, "add its pictures and formulas again in Markdown")
    ]
    assert (root / "courses/c/01-a.md").read_text("utf-8") == page


def test_a_style_that_is_not_words_stays_an_error_of_its_own(workspace: Write) -> None:
    page = '# Page\n\n<p style="color:red">A</p>\n\n<p class="Moss">B</p>\n'
    root = workspace({"courses/c/course.yml": YML, "courses/c/01-a.md": page})
    found = scormgen("check", "--format", "json", cwd=root).json["problems"]
    assert [(p["code"], p["line"]) for p in found] == [("M010", 3)]
