"""How problems are printed: once for each name, cut around the column, ten of a code, counted; and SARIF without templates."""

from __future__ import annotations

import re

import pytest

from tests.conftest import Write, scormgen

YML = "title: Course\n"
WORDS = "word " * 200


def test_an_unknown_name_is_reported_once_for_each_file(workspace: Write) -> None:
    many = "# Page\n\n" + "Ring {{ page.phone }} or {{ hotlin }}, {{ hotlin }}.\n\n" * 3 + '{% include "note.md" %}\n'
    root = workspace({
        "courses/c/course.yml": YML + "variables: {hotline: 1}\n", "courses/c/01-a.md": many, "courses/c/02-b.md": many,
        "courses/_shared/note.md": "{{ page.phone }} {{ page.mail }}\n",
    })  # fmt: skip
    found = scormgen("check", "--format", "json", cwd=root).json["problems"]
    assert [
        (p["code"], p["path"], p["line"], p["column"], p["message"]) for p in found if p["severity"] == "error"
    ] == [
        ("M002", "courses/_shared/note.md", 1, 1, "this is not a variable: “{{ page.phone }}”"),
        ("M002", "courses/_shared/note.md", 1, 18, "this is not a variable: “{{ page.mail }}”"),
        *(
            problem
            for path in ("courses/c/01-a.md", "courses/c/02-b.md")
            for problem in (
                ("M002", path, 3, 6, "this is not a variable: “{{ page.phone }}” (and 2 more places in this file)"),
                ("M001", path, 3, 26, "the variable “hotlin” is not defined (and 2 more places in this file)"),
            )
        ),
    ]


def test_an_excerpt_is_cut_around_its_column(workspace: Write) -> None:
    lines = (f"{WORDS}![a](x.png) {WORDS}", f"![a](x.png) {WORDS}", f"{WORDS}![a](x.png)", "![a](x.png)")
    page = "# Page\n\n" + "\n\n".join(lines) + "\n"
    text = scormgen("build", cwd=workspace({"courses/c/course.yml": YML, "courses/c/01-a.md": page})).err
    excerpts = re.findall(r"^(\d+ \| )(.*)\n +\| ( *)(\^+) put the file", text, re.MULTILINE)
    assert [len(shown) for _, shown, _, _ in excerpts] == [100, 100, 100, 11]
    assert [(shown[0], shown[-1]) for _, shown, _, _ in excerpts] == [("…", "…"), ("!", "…"), ("…", ")"), ("!", ")")]
    for _, shown, before, carets in excerpts:
        assert shown[len(before) :][: len(carets)] == "x.png"


def test_ten_of_a_code_are_shown_and_all_are_counted(workspace: Write) -> None:
    page = "# Page\n\n" + "".join(f"![a](x{n}.png)\n\n" for n in range(13)) + "[a](b.md)\n"
    root = workspace({"courses/c/course.yml": YML, "courses/c/01-a.md": page})
    counted = (
        "    13  L001  the file … does not exist\n     1  L003  the page … does not exist\n14 errors, 0 warnings\n"
    )
    for words, rest in ((["check"], "--all shows them"), (["build"], "scormgen check --all shows them")):
        text = scormgen(*words, cwd=root).err
        assert text.count("error[L001]") == 10
        assert f"\n… and 3 more of L001; {rest}\n" in text
        assert text.index("x9.png") < text.index("… and 3 more") < text.index("error[L003]")
        assert counted in text
    text = scormgen("check", "--all", cwd=root).err
    assert (text.count("error[L001]"), "more of" in text, text.endswith(counted)) == (13, False, True)
    for format_ in ("json", "github", "sarif"):
        assert scormgen("check", "--format", format_, cwd=root).out.count("x12.png") >= 1


def test_a_count_names_its_problem_where_the_code_alone_would_not(workspace: Write) -> None:
    page = "# P\n\n[unused]: https://example.org\n\nText {.a} and more {.b}, ==x==.\n"
    run = scormgen("build", cwd=workspace({"courses/c/course.yml": "title: C\n", "courses/c/01-a.md": page}))
    assert run.err.partition("     2  ")[2].splitlines()[:3] == [
        "M020  “{.a}” is a list of attributes that has no effect, and others",
        "     1  M013  the link reference “unused” is used nowhere",
        "     1  M017  … is …: learners would see the mark itself…",
    ]


def test_sarif_has_no_templates(workspace: Write) -> None:
    page = "# Page\n\n![a](x.png) {{ y }} {{ y.z }}\n\n### Q: Which? {#w points=lots}\n\n- [x] A\n- [ ] B\n"
    root = workspace({"courses/c/course.yml": YML + "cover: x\n", "courses/c/01-a.md": page})
    rules = scormgen("check", "--format", "sarif", cwd=root).json["runs"][0]["tool"]["driver"]["rules"]
    help_of = {rule["id"]: (rule["shortDescription"]["text"], rule["help"]["text"]) for rule in rules}
    assert not re.search(r"\{\w+\}|\{\{\{\{", str({code: text for code, text in help_of.items() if code != "M002"}))
    assert help_of["M001"] == (
        "the variable … is not defined",
        "Add the name under variables: in course.yml, or correct its spelling.",
    )
    assert help_of["M002"][1].startswith("Write {{ name }} with a name from variables: in course.yml")


def test_a_question_with_an_error_is_not_called_gone(workspace: Write) -> None:
    good = "# Page\n\n### Q: Which? {#which}\n\n- [x] A\n  > Yes.\n- [ ] B\n"
    root = workspace({"courses/c/course.yml": YML, "courses/c/01-a.md": good, "courses/c/02-b.md": "# B\n\nText.\n"})
    assert scormgen("build", cwd=root).code == 0
    workspace({"courses/c/01-a.md": good.replace("[x]", "[ ]")})
    for words in (["check"], ["build", "--locked"]):
        found = scormgen(*words, "--format", "json", cwd=root).json["problems"]
        assert [p["code"] for p in found] == ["Q012"]
    workspace({"courses/c/01-a.md": "# Page\n\n![a](x.png)\n"})
    found = scormgen("check", "--format", "json", cwd=root).json["problems"]
    assert [p["code"] for p in found] == ["L001", "P104"]


def test_nothing_is_written_or_deleted_where_dist_leads_out_of_the_workspace(
    workspace: Write, tmp_path_factory: pytest.TempPathFactory
) -> None:
    outside = tmp_path_factory.mktemp("outside")
    (outside / "theirs-scorm12.zip").write_text("theirs")
    root = workspace({"courses/c/course.yml": "title: C\n", "courses/c/01-a.md": "Text.\n"})
    (root / "dist").symlink_to(outside)
    for command in ("build", "list", "clean"):
        run = scormgen(command, cwd=root)
        assert (run.code, run.out) == (1, "")
        assert run.err.startswith("scormgen: dist is a link that leads out of the workspace")
    assert [path.name for path in outside.iterdir()] == ["theirs-scorm12.zip"]
    assert scormgen("build", "-o", str(root / "dist"), cwd=root).code == 0  # whoever names it means it
