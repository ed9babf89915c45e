"""`check --fix`: edits at parsed positions that keep every word, and nothing where an edit would change more than is meant."""

from __future__ import annotations

import re
import resource
from collections import Counter
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from scormgen.checking.fix import Fixes, fix_courses, fix_files
from scormgen.files.source import Root
from scormgen.problems.report import Edit, Place, Problem, Report
from scormgen.reading.workspace import find_workspace
from tests.conftest import Write, scormgen

TEST = "---\nassessment: {pass: 50}\n---\n\n"
REST = "\n\n- [x] A cat\n- [ ] A dog\n\n> **Explanation:** A cat.\n"


def fixed(root: Path) -> Fixes:
    """Runs `check --fix` in this process."""
    report = Report()
    workspace = find_workspace(root, report)
    return fix_courses(workspace, workspace.folders, report)


def codes(fixes: Fixes) -> tuple[list[str], list[tuple[str, str]]]:
    return [problem.code for problem in fixes.fixed], [(problem.code, why) for problem, why in fixes.unfixed]


def fix_test(workspace: Write, text: str | bytes) -> tuple[Fixes, str]:
    """Fixes an assessment; what became of its problems, and its file."""
    content = text.encode() if isinstance(text, str) else text
    root = workspace({"courses/c/course.yml": "title: C\n", "courses/c/01-t.md": TEST.encode() + content})
    fixes = fixed(root)
    after = (root / "courses/c/01-t.md").read_bytes().decode()
    again = fixed(root)
    assert again.fixed == []
    assert (root / "courses/c/01-t.md").read_bytes().decode() == after
    return fixes, after.removeprefix(TEST)


@pytest.mark.parametrize(
    ("heading", "wanted"),
    [
        ("### Q: Title", "### Q: Title {#title}"),
        ("### Q: Title {.wide}", "### Q: Title {#title .wide}"),
        ("### Q: Title { .wide points=2 }", "### Q: Title {#title  .wide points=2 }"),
        ("### Q: Title { }", "### Q: Title {#title  }"),
        ("### Q: Title ##", "### Q: Title {#title} ##"),
        ("### Q: Title {.wide} ###  ", "### Q: Title {#title .wide} ###  "),
        ("### Q: Title\t", "### Q: Title {#title}\t"),
        ("### Q: Title C#", "### Q: Title C# {#title-c}"),
        ("Q: Title\n====", "Q: Title {#title}\n===="),
        ("Q: Title\nand more\n----", "Q: Title\nand more {#title-and-more}\n----"),
        ("Q: C# course {.wide}\n----", "Q: C# course {#c-course .wide}\n----"),
        ("### Q: Title `{a}`", "### Q: Title `{a}` {#title-a}"),
        ("### Q: Title <!-- scormgen-ignore Q101: x -->", "### Q: Title {#title}"),
    ],
)
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_an_id_goes_into_the_heading_of_each_form(workspace: Write, heading: str, wanted: str, end: str) -> None:
    fixes, after = fix_test(workspace, f"{heading}{REST}".replace("\n", end))
    assert after == f"{wanted}{REST}".replace("\n", end)
    assert fixes.unfixed == []


def test_all_bytes_outside_an_edit_stay(workspace: Write) -> None:
    """A mark at the start, each kind of line end, tabs, a character that reading leaves out, and no end of the last line."""
    text = (
        "\ufeff---\r\nassessment: {pass: 50}\r---\n\n# Te\x0bst\r\r\n###\tQ: \x0cWhich is \x0bnot so?\t\r\n\r- [x] A\u2028 cat\n\n- [ ] A dog\r\n"
        "\r\n> **Explanation:** A cat.\r\r### Q: Two\u0085?\n\n- [x] A\n- [ ] B\n\n> **Explanation:** A"
    )
    root = workspace({"courses/c/course.yml": "title: C\n", "courses/c/01-t.md": text})
    assert codes(fixed(root)) == (["Q105", "Q108", "Q108"], [])
    wanted = text.replace("\x0bnot so?", "\x0b**not** so? {#which-is-not-so}").replace(
        "Two\u0085?", "Two\u0085? {#two}"
    )
    assert (root / "courses/c/01-t.md").read_bytes().decode() == wanted


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("### Q: Which of `a not b` is so? {#one}" + REST, "Q105"),
        ("### Q: Which is <b title=\"not\">so</b>? {#one}" + REST, "Q105"),
        ("# T\n\nA `![Picture of a cat](cat.svg)` ![Picture of a cat](cat.svg)\n\n### Q: One {#one}" + REST, "W102"),
    ],
)  # fmt: skip
def test_a_fix_that_would_change_more_is_not_made(workspace: Write, text: str, code: str) -> None:
    workspace({"courses/c/cat.svg": "<svg/>"})
    fixes, after = fix_test(workspace, text)
    assert (codes(fixes), after) == (([], [(code, "it would change more than this: edit the text yourself")]), text)


def test_words_beside_an_image_are_not_its_alternative_text(workspace: Write) -> None:
    page = "# P\n\nPicture of a cat: ![Picture of a cat](cat.svg) ![Picture of a cat](cat.svg)\n"
    root = workspace({"courses/c/course.yml": "title: C\n", "courses/c/01-a.md": page, "courses/c/cat.svg": "<svg/>"})
    assert codes(fixed(root)) == (["W102", "W102"], [])
    assert (root / "courses/c/01-a.md").read_text("utf-8") == page.replace("![Picture of a", "![A")


def test_a_silence_that_parts_two_paragraphs_leaves_its_line_empty(workspace: Write) -> None:
    silence = "<!-- scormgen-ignore W104: nothing -->"
    page = f"# P\n\nOne.\n{silence}\nTwo.\n\n{silence}\nThree.\n\n```\n{silence}\n```\n\n`{silence}`\n"
    yml = "title: C\nduration: 5 min # scormgen-ignore C014: none\ndescription: |\n  One # scormgen-ignore C014: is text\n"
    root = workspace({"courses/c/course.yml": yml, "courses/c/01-a.md": page})
    fixes = fixed(root)
    assert [problem.code for problem in fixes.fixed] == ["S011"] * 3
    assert [problem.place.path for problem, _ in fixes.unfixed] == ["courses/c/course.yml"]
    after = page.replace(f"One.\n{silence}\n", "One.\n\n").replace(f"\n{silence}\nThree", "\nThree")
    assert (root / "courses/c/01-a.md").read_text("utf-8") == after
    assert (root / "courses/c/course.yml").read_text("utf-8") == yml.replace(" # scormgen-ignore C014: none", "")


def test_a_snippet_is_fixed_once_and_where_it_is(workspace: Write) -> None:
    one = f"### Q: One?{REST}\n"
    files: dict[str, str | bytes] = {f"courses/{name}/course.yml": "title: C\n" for name in "ab"}
    files |= {f"courses/{name}/01-t.md": TEST + '# T\n\n{% include "one.md" %}\n' for name in "ab"}
    root = workspace({**files, "courses/_shared/one.md": one})
    assert codes(fixed(root)) == (["Q108"], [])
    assert (root / "courses/_shared/one.md").read_text("utf-8") == one.replace("One?", "One? {#one}")


def test_a_snippet_that_would_need_two_ids_is_left(workspace: Write) -> None:
    include = '{% include "one.md" %}\n\n'
    one = f"### Q: One?{REST}\n"
    root = workspace({
        "courses/c/course.yml": "title: C\n", "courses/c/01-t.md": f"{TEST}# T\n\n{include}{include}",
        "courses/_shared/one.md": one,
    })  # fmt: skip
    why = "this text is used several times, and each use needs another change"
    assert codes(fixed(root)) == ([], [("Q108", why)] * 2)
    assert (root / "courses/_shared/one.md").read_text("utf-8") == one


def test_a_linked_file_stays_a_link_and_its_target_is_fixed(workspace: Write) -> None:
    root = workspace({"courses/c/course.yml": "title: C\n", "kept/t.md": f"{TEST}### Q: One?{REST}"})
    (root / "courses/c/01-t.md").symlink_to("../../kept/t.md")
    (root / "kept/t.md").chmod(0o640)
    assert codes(fixed(root)) == (["Q108"], [])
    assert (root / "courses/c/01-t.md").is_symlink()
    assert "One? {#one}" in (root / "kept/t.md").read_text("utf-8")
    assert (root / "kept/t.md").stat().st_mode & 0o777 == 0o640


def test_a_read_only_file_is_left_and_that_is_reported(workspace: Write) -> None:
    text = f"{TEST}### Q: One?{REST}"
    root = workspace({"courses/c/course.yml": "title: C\n", "courses/c/01-t.md": text})
    (root / "courses/c/01-t.md").chmod(0o444)
    done = scormgen("check", "--fix", cwd=root)
    assert (done.code, "courses/c/01-t.md:5: Q108 not fixed: the file is read-only" in done.err) == (1, True)
    found = scormgen("check", "--fix", "--format", "json", cwd=root).json
    assert (found["fixed"], [(p["code"], p["line"], p["why"]) for p in found["unfixed"]]) == (
        [], [("Q108", 5, "the file is read-only")],
    )  # fmt: skip
    assert (root / "courses/c/01-t.md").read_text("utf-8") == text
    assert "unfixed" not in scormgen("check", "--format", "json", cwd=root).json


def test_a_file_that_has_changed_since_is_left(workspace: Write) -> None:
    root = workspace({"a.md": "# New\n", "b.md": b"\xff"})
    problems = [
        Problem("Q108", "warning", "", "", Place(path, line), Edit(1, "# Old", "# Old {#old}"))
        for path, line in (("a.md", 1), ("a.md", 9), ("b.md", 1), ("gone.md", 1))
    ]
    fixes = fix_files(Root(root), problems)
    assert (fixes.fixed, {unfixed.why for unfixed in fixes.unfixed}, len(fixes.unfixed)) == (
        [], {"the text has changed since it was checked"}, 4,
    )  # fmt: skip


def test_a_file_that_cannot_be_written_stays_and_that_is_reported(workspace: Write) -> None:
    text = f"{TEST}### Q: Which of `a not b` is so?{REST}"
    root = workspace({"courses/c/course.yml": "title: C\n", "courses/c/01-t.md": text})
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (20, hard))  # a file may have 20 bytes, as on a disk that is nearly full
    try:
        fixes = fixed(root)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert (fixes.fixed, [unfixed.problem.code for unfixed in fixes.unfixed]) == ([], ["Q105", "Q108"])
    assert "cannot be written" in fixes.unfixed[1].why
    assert (root / "courses/c/01-t.md").read_text() == text
    assert len(list((root / "courses/c").iterdir())) == 2


def test_words_of_word_are_not_put_together(workspace: Write) -> None:
    page = "# P\n\n<p class=MsoNormal>One<o:p>&nbsp;</o:p>two<o:p></o:p>, three.</p>\r\n\r\n<!--[if gte mso 9]><xml>\r<w:x>9</w:x>\r\n</xml><![endif]-->\nEnd."
    root = workspace({"courses/c/course.yml": "title: C\n", "courses/c/01-a.md": page})
    assert codes(fixed(root))[1] == []
    assert (root / "courses/c/01-a.md").read_bytes().decode() == "# P\n\n<p>One two, three.</p>\r\n\r\nEnd."


SILENCE = "<!-- scormgen-ignore W104: no reason -->"
LINES = st.sampled_from([
    "### Q: Which is not so?", "### Q: One ##", "### Q: Two {.wide}", "Q: Three\n=====", "Q: Four\nis not five\n---", "> ### Q: Five",
    "- ### Q: Six", "### Q: Seven {points=2} <!-- x -->", "### Q: What is `not` ten?", "## Pool: Eight {draw=1}", "## Nine",
    "- [x] A cat", "- [ ] A dog", "  > A dog barks.", "> **Explanation:** A cat.", "\t- tabbed", "    code", "```", "~~~", "> quoted", "1. one",
    "![Picture of a cat](cat.svg)", "- ![image of a Dog](cat.svg)", "A `![photo of x](cat.svg)` ![photo of x](cat.svg) Picture of x",
    "> ![An icon of a picture of a door](cat.svg)", "| a | b |\n| --- | --- |\n| ![icon of a key](cat.svg) | c |",
    SILENCE, f"text {SILENCE}", f"- {SILENCE}", f"> {SILENCE}", f"  {SILENCE}", f"`{SILENCE}`",
    "<p class=MsoNormal style='mso-x:y'>Word<o:p></o:p></p>", "- a <span style='mso-x:y'>b</span> <o:p>&nbsp;</o:p>", "<![if !vml]>Kept<![endif]>",
    "<!--[if gte mso 9]><xml><w:x>9</w:x></xml><![endif]-->", "> <b class=MsoTitle>c</b>", "<div>", "</div>", "plain words\\", '{% include "s.md" %}',
    "[one]: https://example.org", "Term\n: Definition", "[^n]: A note ![drawing of a cat](cat.svg)\n", "And[^n]", "\x0b", "", "", "", "",
])  # fmt: skip
ENDS = st.sampled_from(["\n", "\n", "\r\n", "\r"])


def words(text: str) -> Counter[str]:
    """The words of a text without what fixes may write and take out."""
    text = re.sub(
        r"<!--\[if gte.*?<!\[endif\]-->|<!-- scormgen-ignore.*?-->|</?o:p>|<!\[.*?\]>", "", text, flags=re.DOTALL
    )
    text = re.sub(
        r"""\s(?:class=Mso\w+|style='mso-x:y')|&nbsp;|\{#[\w-]+\}|(?<=\{)#[\w-]+ |\*\*(?=not)|(?<=not)\*\*""", "", text
    )
    text = re.sub(r"!\[(?:an? |the )?(?:image|picture|photo|icon) of ", "![", text, flags=re.I)
    text = re.sub(r"!\[(?:an? |the )?(?:image|picture|photo|icon) of ", "![", text, flags=re.I)
    return Counter(re.findall(r"\S+", re.sub(r"[\x0b\ufeff]", "", text).lower()))


@settings(suppress_health_check=list(HealthCheck))
@given(
    st.lists(st.tuples(LINES, ENDS), max_size=14),
    st.lists(st.tuples(LINES, ENDS), max_size=5),
    st.booleans(),
    st.booleans(),
)
@example(
    [("### Q: Which is not so?", "\r"), ("", "\r"), ("- [x] A cat", "\r"), ("- [ ] A dog", "")],
    [("", "\n")],
    True,
    True,
)
@example([(f"text\n{SILENCE}\nmore", "\n"), (SILENCE, "\n"), ("=====", "\n")], [], False, False)
def test_fix_keeps_every_word_and_finds_nothing_twice(
    lines: list[tuple[str, str]], snippet: list[tuple[str, str]], assessed: bool, marked: bool
) -> None:
    """Of a file with anything in it: a second run changes nothing, and finds no fixable problem but those that were reported as left."""
    texts = ["".join(re.sub("\n", end, line) + end for line, end in part) for part in (lines, snippet)]
    before = {"01-a.md": "\ufeff" * marked + TEST * assessed + texts[0].removesuffix("\n"), "s.md": texts[1]}
    with TemporaryDirectory() as name:
        folder = Path(name, "courses", "c")
        folder.mkdir(parents=True)
        (folder / "course.yml").write_text("title: C\n")
        (folder / "cat.svg").write_text("<svg/>")
        for path, text in before.items():
            (folder / path).write_bytes(text.encode())
        first = fixed(Path(name))
        after = {path: (folder / path).read_bytes().decode() for path in before}
        for path, text in before.items():
            assert words(after[path]) == words(text), path
            assert (after[path] == text) == all(not problem.place.path.endswith(path) for problem in first.fixed)
        second = fixed(Path(name))
        assert (second.fixed, second.unfixed) == ([], first.unfixed)
        assert {path: (folder / path).read_bytes().decode() for path in before} == after
