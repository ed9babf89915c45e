"""Interaction reports in the forms that LMSs export, and what the analysis says of them."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from playwright.sync_api import Browser

from scormgen.problems.report import Report
from scormgen.reports import decode as analyse_report
from scormgen.reports.answers import plain_response, read_answers, read_seconds, read_share
from scormgen.reports.formats import is_table
from tests.conftest import Run, Write, scormgen
from tests.kinds import QUESTIONS
from tests.player.test_accessibility import AXE

COURSE = {
    "courses/c/course.yml": "title: C\n",
    "courses/c/90-test.md": "---\nassessment: {}\n---\n\n"
    + "".join(
        f"### Q: Question {n}? {{#q{n} objective=o{n}}}\n\n- [x] Right\n- [ ] Wrong\n- [ ] =Never\n\n" for n in range(3)
    ),
}
# Which of three questions twenty learners had right: hard, easy, and one that those who know get wrong.
MARKS = ["111", "110", "110", "110", "010", "011", "011", "001", "001", "011"] * 2


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A built course, for reports that only read it."""
    root = tmp_path_factory.mktemp("course")
    for name, text in COURSE.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text)
    assert scormgen("build", cwd=root).code == 0
    return root


def decode(root: Path, text: str | bytes, *words: str) -> Run:
    (root / "report.csv").write_bytes(text if isinstance(text, bytes) else text.encode())
    return scormgen("decode", "report.csv", *words, cwd=root)


def rows() -> list[tuple[str, str, str, bool]]:
    return [
        (f"l{n}@example.org", f"q{q}", "a" if mark == "1" else "b", mark == "1")
        for n, marks in enumerate(MARKS)
        for q, mark in enumerate(marks)
    ]


def long_form() -> str:
    lines = [
        f"{learner};{question};{response};{'correct' if right else 'wrong'};0:00:{10 + int(question[1])}"
        for learner, question, response, right in rows()
    ]
    return "Student;Interaction;Student response;Result;Latency\n" + "\n".join(lines) + "\n"


def cloud_form() -> str:
    lines = [
        f'reg-1,{learner},"Learner, A",{question},choice,2026-11-01T10:00:00Z,1,{{{response}}},{"correct" if right else "incorrect"},PT{10 + int(question[1])}S,a'
        for learner, question, response, right in rows()
    ]
    return (
        "Registration Id,Learner Id,Learner Name,Interaction Id,Type,Timestamp,Weighting,Learner Response,Result,Latency,Correct Responses\n"
        + "\n".join(lines)
    )


def moodle_form(words: tuple[str, ...] = ("Question", "Response", "Right answer", "Result"), scos: int = 1) -> str:
    """As Moodle writes it: tabs, a row an attempt, questions from 0 on; several SCOs one after the other in the row."""
    head = [
        "Name",
        "Email address",
        "Attempt",
        "Started on",
        "Last accessed on",
        "Score",
        *(f"SCO {n}" for n in range(scos)),
    ]
    head += [f"{word} {n}" for n in range(3) for word in words]
    lines = ["\t".join(head)]
    for n, marks in enumerate(MARKS):
        cells = [f"Learner {n}", f"l{n}@example.org", "1", "Monday", "Tuesday", "50"]
        for sco in range(scos):
            cells.append("50/100")
            for q, mark in enumerate(marks):
                filled = sco == scos - 1
                values = {
                    "Question": f"q{q}",
                    "Response": "a" if mark == "1" else "b",
                    "Right answer": "a",
                    "Result": "correct" if mark == "1" else "wrong",
                }
                order = ("Question", "Response", "Right answer", "Result")
                cells += (
                    [values[order[i]] if filled else "" for i, _ in enumerate(words)]
                    if len(words) == 4
                    else [values[word] if filled else "" for word in words]
                )
        lines.append("\t".join(cells))
    return "\n".join(lines) + "\n"


def figures(run: Run) -> list[tuple[Any, ...]]:
    assert run.code == 0, run.err
    return [
        (
            i["interaction"],
            i["answers"],
            i["difficulty"],
            round(i["discrimination"], 3),
            [(c["letter"], c["picked"]) for c in i["choices"]],
        )
        for i in run.json["items"]
    ]


EXPECTED = [
    ("q0", 20, 0.4, -0.25, [("a", 8), ("b", 12), ("c", 0)]),
    ("q1", 20, 0.8, 0.0, [("a", 16), ("b", 4), ("c", 0)]),
    ("q2", 20, 0.6, -0.6, [("a", 12), ("b", 8), ("c", 0)]),
]


@pytest.mark.parametrize(
    "report",
    [
        long_form(),
        cloud_form(),
        moodle_form(),
        moodle_form(("Question", "Response", "Result")),
        moodle_form(("Frage", "Antwort", "Richtige Antwort", "Ergebnis")),
        moodle_form(scos=2),
        long_form().encode("utf-16"),
        "\ufeff" + cloud_form().replace("\n", "\r\n"),
    ],
    ids=["long", "cloud", "moodle", "moodle-3", "moodle-de", "moodle-2-scos", "utf-16", "excel"],
)
def test_every_form_gives_the_same_figures(course: Path, report: str | bytes) -> None:
    run = decode(course, report, "--format", "json")
    found = figures(run)
    assert found == EXPECTED
    assert (run.json["learners"], run.json["answers"], round(run.json["mean"], 3)) == (20, 60, 0.6)


def test_the_figures_are_those_of_the_standard_formulas() -> None:
    """Discrimination by its definition, from the marks: the correlation of an item with the mean of the others."""
    for q, (_, _, difficulty, discrimination, _) in enumerate(EXPECTED):
        own = [int(marks[q]) for marks in MARKS]
        rest = [sum(int(m) for i, m in enumerate(marks) if i != q) / 2 for marks in MARKS]
        mean, other = sum(own) / 20, sum(rest) / 20
        covariance = sum((a - mean) * (b - other) for a, b in zip(own, rest, strict=True))
        spread = (sum((a - mean) ** 2 for a in own) * sum((b - other) ** 2 for b in rest)) ** 0.5
        assert (mean, round(covariance / spread, 3)) == (difficulty, discrimination)


def test_text_csv_and_html_say_the_same(course: Path, browser: Browser) -> None:
    run = decode(course, long_form(), "--csv", "out.csv", "--html", "out.html")
    assert run.code == 0
    assert run.out.startswith(
        "20 learners, 3 questions, 60 answers, 60 % right on average\n\nq0  20 answers, 40 % right, discrimination -0.25, 10 s\n  Question 0?\n"
    )
    assert "  [x]  40 %  a  Right\n  [ ]  60 %  b  Wrong\n  [ ]   0 %  c  =Never\n" in run.out
    assert "  ! learners who do well elsewhere do worse here: check the key\n  ! nobody picks: =Never\n" in run.out
    with (course / "out.csv").open(encoding="utf-8-sig", newline="") as file:
        lines = list(csv.DictReader(file))
    assert len(lines) == 9
    assert (lines[2]["answer"], lines[2]["picked"], lines[2]["median_seconds"]) == ("'=Never", "0", "10.0")
    page = browser.new_context().new_page()
    page.goto((course / "out.html").as_uri())
    assert page.locator("section").count() == 3
    assert page.locator("section").first.locator("tbody tr").count() == 3
    page.evaluate(f"() => {{ {AXE} }}")
    assert page.evaluate("() => axe.run().then(r => r.violations.map(v => v.id))") == []


def test_discrimination_is_left_out_below_twenty_learners(course: Path) -> None:
    lines = long_form().splitlines()
    note = "discrimination is left out: it needs 20 learners, and the report has 19"
    run = decode(course, "\n".join(lines[:-3]), "--html", "out.html")
    assert run.out.startswith(
        f"19 learners, 3 questions, 57 answers, 60 % right on average\n{note}\n\nq0  19 answers, 42 % right, 10 s\n"
    )
    assert "discrimination -" not in run.out and run.out.count("left out") == 1
    assert f'<p class="notes">{note}</p>' in (course / "out.html").read_text("utf-8")
    items = decode(course, "\n".join(lines[:-1]), "--format", "json").json["items"]  # one learner has not answered q2
    assert [item["discrimination"] is None for item in items] == [False, False, True]
    assert (
        items[2]["notes"][-1] == "discrimination is left out: it needs 20 learners who also answered others, and has 19"
    )


def test_first_last_and_all_answers_can_count(course: Path) -> None:
    text = "learner,interaction,response,result\nA,q0,b,wrong\nA,q0,a,correct\nB,q0,a,correct\n"
    shares = {
        which: decode(course, text, "--answers", which, "--format", "json").json["items"][0]["difficulty"]
        for which in ("first", "last", "all")
    }
    assert shares == {"first": 0.5, "last": 1.0, "all": pytest.approx(2 / 3)}


def test_every_kind_is_shown_in_words(workspace: Write) -> None:
    root = workspace(
        {
            "courses/c/course.yml": "title: C\n",
            "courses/c/90-t.md": "---\nassessment: {}\n---\n\n" + QUESTIONS.replace("P-", ""),
        }
    )
    assert scormgen("build", cwd=root).code == 0
    text = (
        "learner\tinteraction\tresponse\tresult\nA\tmatching\t1[.]b[,]2[.]d\t0.67\nA\torder\td,c,b,a\tcorrect\n"
        "A\tgaps.1\tService Desk\tcorrect\nA\tnumber\t4\tcorrect\nA\tmultiple\ta,c\tcorrect\nA\tscenario.1\ta\tcorrect\n"
        "A\tscenario\t1a,2c,9z\tcorrect\nA\tother\tx\tcorrect\n"
    )
    items = {i["interaction"]: i for i in decode(root, text, "--format", "json").json["items"]}
    words = {name: [c["text"] for c in item["choices"] if c["picked"]] for name, item in items.items()}
    assert words == {
        "matching": ["Confirm \u2192 Check that it is suspicious; Clear \u2192 Move people away"],
        "order": ["Confirm; Clear; Communicate; Control"],
        "gaps.1": ["Service Desk"],
        "number": ["4"],
        "multiple": ["Confirm", "Clear"],
        "scenario.1": ["Ask people nearby"],
        "scenario": ["You see it: Ask people nearby → You ask: Tell control → 9z"],
        "other": ["x"],
    }
    assert items["matching"]["difficulty"] == 0.67
    assert items["other"]["notes"] == [
        "not in questions.csv: another version or another course", "fewer than 10 answers: the figures may be chance",
    ]  # fmt: skip


GONE = """learner,interaction,response,result
A,single,b,wrong
A,single,c,wrong
A,multiple,"a,c",correct
A,true,t,correct
A,matching,"1.b,2.c",0.5
A,order,"d,c,b,a",correct
A,gaps.1,"Desk, or so",wrong
A,text,999,correct
A,number,1.2,wrong
A,scenario.2,c,correct
A,scenario,"1a,2c",correct
A,other,x,correct
"""


def test_questions_and_options_that_are_gone_are_named_from_the_lock(workspace: Write) -> None:
    test = "---\nassessment: {}\n---\n\n"
    keep = "### Q: Which is kept? {#single}\n\n- [x] This one\n- [ ] That one\n"
    old = QUESTIONS.replace("P-single", "first").replace("P-", "")
    yml = "title: C\nobjectives: {hot: H, cs: C}\n"
    root = workspace({"courses/c/course.yml": yml, "courses/c/90-t.md": f"{test}{keep}- [ ] No longer\n\n{old}"})
    assert scormgen("build", cwd=root).code == 0
    workspace({"courses/c/90-t.md": test + keep, "courses/c/course.yml": "title: C\nversion: 2.0.0\n"})
    assert scormgen("build", cwd=root).code == 0
    (root / "dist/c-1.0.0-questions.csv").unlink()
    run = decode(root / "courses", GONE, "--format", "json")  # anywhere in the workspace
    assert (run.code, run.json["problems"]) == (0, [])
    items = {item["interaction"]: item for item in run.json["items"]}
    assert {name: (item["question"], [c["text"] for c in item["choices"] if c["picked"]]) for name, item in items.items()} == {
        "single": ("Which is kept?", ["That one"]),
        "multiple": ("Which are of the four Cs?", ["Confirm; Clear"]),
        "true": ("Security is everyone's job.", ["t"]),
        "matching": ("Match the words.", ["Confirm → Check that it is suspicious; Clear → Tell control"]),
        "order": ("Put the four Cs in order.", ["Confirm; Clear; Communicate; Control"]),
        "gaps.1": ("Fill the gaps. (Service Desk | IT)", ["Desk, or so"]),
        "text": ("Which number is for emergencies?", ["999"]),
        "number": ("How many Cs are there?", ["1.2"]),
        "scenario.2": ("The bag (You ask)", ["Tell control"]),
        "scenario": ("The bag", ["You see it: Ask people nearby → You ask: Tell control"]),
        "other": ("", ["x"]),
    }  # fmt: skip
    assert items["true"]["notes"][0] == "no longer in the course: its text is from course.lock"
    last = decode(root, GONE, "--answers", "last", "--format", "json").json["items"][0]
    assert [(c["letter"], c["text"], c["picked"]) for c in last["choices"]] == [
        ("a", "This one", 0), ("b", "That one", 0), ("c", "No longer (no longer offered)", 1),
    ]  # fmt: skip
    (root / "courses/c").rename(root / "moved")
    words = ("--questions", "dist/c-2.0.0-questions.csv")
    unnamed = decode(root, GONE, *words, "--format", "json").json["items"]
    assert [item["question"] for item in unnamed] == ["Which is kept?", *[""] * 10]
    named = decode(root, GONE, *words, "--lock", "moved/course.lock", "--format", "json").json["items"]
    assert named == run.json["items"]
    with (root / "moved/course.lock").open("a") as file:
        file.write("<<<<<<< HEAD\n")
    broken = decode(root, GONE, *words, "--lock", "moved/course.lock")
    assert (broken.code, "moved/course.lock:" in broken.err, "error[C011]" in broken.err) == (1, True, True)


@pytest.mark.parametrize(
    ("code", "text", "line", "words"),
    [
        ("D001", "", 0, "empty"),
        ("D001", "learner,interaction,response\n", 0, "no answer"),
        ("D001", 'learner,interaction,response\nA,q0,"' + "x" * 200_000 + '"\n', 2, "field"),
        ("D002", "learnr,interaction,response\nA,q0,a\n", 1, "did you mean learnr?"),
        (
            "D003",
            "Name\tAttempt\tScore\tTest\tResponse 0\tResult 0\nA\t1\t50\t50\ta\tcorrect\n",
            1,
            "Summary of question",
        ),
        ("D004", "learner,interaction,response,result\nA,q0,a,correct\n,q0,a,correct\n", 3, "left out"),
        ("D005", "learner,interaction,response,result\nA,other,a,correct\n", 0, "--questions"),
    ],
)
def test_what_is_wrong_with_a_report_is_told(course: Path, code: str, text: str, line: int, words: str) -> None:
    run = decode(course, text, "--format", "json")
    problems = run.json["problems"]
    assert [(p["code"], p["path"], p["line"]) for p in problems] == [(code, "report.csv", line)], problems
    assert words in problems[0]["message"] + problems[0]["hint"]
    assert run.code == (0 if code in ("D004", "D005") else 1)
    assert "Traceback" not in run.err


def zipped(**files: str) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, text in files.items():
            archive.writestr(name, text)
    return buffer.getvalue()


ODS = "application/vnd.oasis.opendocument.spreadsheet"
SHEET = "<?xml version='1.0'?><Workbook xmlns='urn:schemas-microsoft-com:office:spreadsheet'/>"


@pytest.mark.parametrize(
    ("code", "content", "what"),
    [
        ("D006", zipped(mimetype=ODS, **{"content.xml": "<a/>"}), "an OpenDocument spreadsheet (.ods)"),
        ("D006", zipped(**{"[Content_Types].xml": "<a/>", "xl/workbook.xml": "<a/>"}), "an Excel workbook (.xlsx)"),
        ("D006", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "an old Excel workbook (.xls), or one with a password"),
        ("D006", SHEET.encode(), "a spreadsheet as XML"),
        ("D007", b"%PDF-1.7\n%\xe2\xe3\n1 0 obj", "a PDF document"),
        ("D007", zipped(**{"imsmanifest.xml": "<a/>"}), "a zip archive"),
        ("D007", zipped(mimetype="application/vnd.oasis.opendocument.text"), "a zip archive"),
        ("D007", b"PK\x03\x04 broken", "a zip archive"),
        ("D007", b"\xef\xbb\xbf\n<!DOCTYPE html>\n<html>learner,interaction,response", "a web page (HTML)"),
        ("D007", b"\x89PNG\r\n\x1a\n", "a picture (PNG)"),
    ],
)  # fmt: skip
def test_a_report_that_is_no_csv_says_what_it_is_and_what_to_export(
    tmp_path: Path, code: str, content: bytes, what: str
) -> None:
    path = tmp_path / "report.csv"  # the name says nothing
    path.write_bytes(content)
    report = Report()
    assert analyse_report(path, (), (), "first", report).items == ()
    ((found, severity, message, hint, place, _),) = report.problems
    assert (found, severity, message.partition(": ")[0], place.line) == (code, "error", f"this is {what}", 0)
    assert "Download table data as to Comma separated values (.csv)" in hint
    assert ("save the sheet as CSV" in hint) == (code == "D006")


def test_the_content_of_a_report_counts_and_not_its_name(course: Path) -> None:
    (course / "report.xlsx").write_text(long_form())
    run = scormgen("decode", "report.xlsx", "--format", "json", cwd=course)
    assert (run.code, run.json["problems"], run.json["items"][0]["interaction"]) == (0, [], "q0")
    wrong = decode(course, zipped(**{"xl/workbook.xml": "<a/>"}))
    assert (wrong.code, wrong.out) == (1, "")
    assert "report.csv: error[D006]: this is an Excel workbook (.xlsx): decode reads CSV\n" in wrong.err


@given(st.binary(max_size=300) | st.text(max_size=300).map(str.encode) | st.builds(
    lambda rows: "\n".join("\t".join(row) for row in rows).encode(),
    st.lists(st.lists(st.sampled_from(["Name", "Question 0", "Response 0", "Result 0", "Score", "a", "", "learner", "interaction", "response", '"', "&amp;"]), max_size=8), max_size=6),
))  # fmt: skip
def test_any_bytes_at_all_are_read_without_throwing(content: bytes) -> None:
    report = Report()
    for start in (b"", b"PK\x03\x04", b"<"):
        is_table("report.csv", start + content, report)
    answers = read_answers("report.csv", content, report)
    for answer in answers:
        assert answer.learner and answer.interaction


@given(st.text(max_size=40))
def test_any_cell_is_read_without_throwing(text: str) -> None:
    share = read_share(text, text)
    assert share is None or 0 <= share <= 1
    seconds = read_seconds(text)
    assert seconds is None or seconds >= 0
    assert isinstance(plain_response(text), str)


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("00:01:05", 65),
        ("0000:00:02.50", 2.5),
        ("PT1M5S", 65),
        ("PT2.5S", 2.5),
        ("PT1H", 3600),
        ("7", 7),
        ("", None),
        ("PT", None),
        ("soon", None),
    ],
)
def test_times_of_both_standards_are_read(text: str, seconds: float | None) -> None:
    assert read_seconds(text) == seconds


def test_json_is_whole(course: Path) -> None:
    run = decode(course, long_form(), "--format", "json")
    assert set(json.loads(run.out)) == {"learners", "answers", "mean", "items", "notes", "problems"}
