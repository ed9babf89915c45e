"""Every question kind in every mode, by mouse, keyboard and touch: what reaches the LMS, and that the page stays usable."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable
from typing import Any

import pytest

from tests.conftest import Write, scormgen
from tests.kinds import ANSWERS, QUESTIONS, SURVEYS, Given, give, surveys
from tests.lms.harness import Lms, Package, Session
from tests.lms.learner import Learner
from tests.player.test_accessibility import OPTIONS, violations

Build = Callable[[dict[str, str | bytes]], Package]
CLOCK = re.compile(r"([01]\d|2[0-3]):[0-5]\d:[0-5]\d")
TIME = re.compile(r"\d{2,4}:[0-5]\d:[0-5]\d")
OBJECTIVES = {"single": "hot", "multiple": "cs", "matching": "cs"}
DEVICES: dict[str, dict[str, Any]] = {
    "mouse": {},
    "keyboard": {},
    "touch": {"has_touch": True, "is_mobile": True, "viewport": (360, 700)},
}


def course(settings: str = "", *, checks: bool = True) -> dict[str, str | bytes]:
    files: dict[str, str | bytes] = {
        "courses/kinds/course.yml": (
            "title: Kinds\nlanguage: en-GB\nobjectives: {hot: Suspicious items, cs: The four Cs}\n"
        ),
        "courses/kinds/01-all.md": "# All kinds {objective=cs}\n\nText.\n",
    }
    if checks:
        files["courses/kinds/01-all.md"] = "# All kinds {objective=cs}\n\n" + (QUESTIONS + SURVEYS).replace("P-", "")
    if settings:
        files["courses/kinds/90-test.md"] = (
            f"---\ntitle: Test\nassessment: {{{settings}}}\n---\n\n" + QUESTIONS.replace("P-", "t-")
        )
    return files


def made(session: Session) -> list[tuple[str, str, str, list[str], str]]:
    """The interactions that the LMS holds, as tests/kinds.py writes them."""
    return [
        (
            i["id"],
            i["type"],
            i["student_response"],
            [p["pattern"] for p in i["correct_responses"].values()],
            i["result"],
        )
        for i in session.interactions()
    ]


def expected(answers: list[Given], prefix: str = "") -> list[tuple[str, str, str, list[str], str]]:
    return [(prefix + row[0], *row[1:]) for given in answers for row in given.made]


@pytest.mark.parametrize("device", DEVICES)
@pytest.mark.parametrize("how", ["right", "wrong", "partly"])
def test_a_knowledge_check_of_every_kind_is_recorded_in_the_standards_form(
    lms: Lms, build: Build, how: str, device: str
) -> None:
    session = lms.launch(build(course()), **DEVICES[device])
    learner = Learner(session.frame, keyboard=device == "keyboard", touch=device == "touch")
    answers = ANSWERS[how]() + surveys()
    for given in answers:
        form = session.frame.locator(f"#q-{given.question}")
        give(learner, form, given)
        if given.question != "scenario":
            learner.press(form.locator('[type="submit"]'))
        form.locator(".sg-feedback-title").wait_for()
    assert made(session) == expected(answers)
    for found in session.interactions():
        name = found["id"].partition(".")[0]
        assert CLOCK.fullmatch(found["time"])
        assert found["objectives"] == ({"0": {"id": OBJECTIVES[name]}} if name in OBJECTIVES else {})
        assert found["latency"] == "" or TIME.fullmatch(found["latency"])
    weights = {i["id"]: i["weighting"] for i in session.interactions()}
    assert (weights["single"], weights["multiple"], weights["scenario.1"], weights["place"]) == ("1", "2", "0", "0")
    assert session.frame.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
    assert session.errors == []


@pytest.mark.parametrize("device", DEVICES)
def test_a_blank_answer_is_asked_for_and_not_recorded(lms: Lms, build: Build, device: str) -> None:
    session = lms.launch(build(course()), **DEVICES[device])
    learner = Learner(session.frame, keyboard=device == "keyboard", touch=device == "touch")
    for name in [given.question for given in ANSWERS["blank"]() + surveys() if given.question != "scenario"]:
        form = session.frame.locator(f"#q-{name}")
        learner.press(form.locator('[type="submit"]'))
        assert form.locator(".sg-feedback").inner_text() == "Answer the question first."
    number = session.frame.locator("#q-number")
    learner.type(number.locator(".sg-input"), "four")
    learner.press(number.locator('[type="submit"]'))
    assert "not a number" in number.locator(".sg-feedback").inner_text()
    assert session.interactions() == []
    assert session.errors == []


def test_a_check_can_be_tried_again(lms: Lms, build: Build) -> None:
    session = lms.launch(build(course()))
    learner = Learner(session.frame)
    for given in ANSWERS["wrong"]():
        form = session.frame.locator(f"#q-{given.question}")
        give(learner, form, given)
        if given.question != "scenario":
            form.locator('[type="submit"]').click()
        form.locator('[data-action="again"]').click()
        assert form.locator(".sg-feedback").is_hidden()
        assert form.locator(".sg-mark").count() == 0
    for given in ANSWERS["right"]():
        form = session.frame.locator(f"#q-{given.question}")
        give(learner, form, given)
        if given.question != "scenario":
            form.locator('[type="submit"]').click()
        right = "Right decisions: 2 of 2" if given.question == "scenario" else "Correct"
        assert right in form.locator(".sg-feedback-title").inner_text()
    assert made(session) == expected(ANSWERS["wrong"]() + ANSWERS["right"]())
    assert session.errors == []


def test_answers_of_every_kind_come_back(lms: Lms, build: Build) -> None:
    package = build(course())
    session = lms.launch(package)
    learner = Learner(session.frame)
    answers = ANSWERS["partly"]() + surveys()
    for given in answers:
        form = session.frame.locator(f"#q-{given.question}")
        give(learner, form, given)
        if given.question != "scenario":
            form.locator('[type="submit"]').click()
        form.locator(".sg-feedback-title").wait_for()
    shown = session.frame.locator("form.sg-question").evaluate_all(_SHOWN)
    session.leave()
    again = lms.launch(package)
    assert again.frame.locator("form.sg-question").evaluate_all(_SHOWN) == shown
    assert again.errors == []


# What a form shows: its fields, its order, its marks, its feedback, the scene that it has come to.
_SHOWN = """forms => forms.map(form => [
    [...form.querySelectorAll('input, select, textarea')].map(f => f.type.match(/radio|checkbox/) ? f.checked : f.value.replace(',', '')),
    [...form.querySelectorAll('.sg-order-item')].map(row => row.dataset.option),
    [...form.querySelectorAll('.sg-mark, .sg-path, .sg-feedback, .sg-scene:not([hidden])')].map(e => e.textContent),
])"""


@pytest.mark.parametrize(
    ("settings", "how", "score", "status"),
    [
        ("pass: 80, feedback: end, review: all", "right", "100", "passed"),
        ("pass: 80, feedback: end, review: wrong, attempts: 1", "wrong", "", "incomplete"),
        ("pass: 60, feedback: end, review: none", "partly", "", "incomplete"),
        ("pass: 40, feedback: end, review: all", "partly", "43.33", "passed"),
        ("pass: 80, feedback: each, review: wrong, shuffle: [options]", "right", "100", "passed"),
        ("pass: 80, feedback: each, review: all", "wrong", "", "incomplete"),
        ("pass: 40, feedback: none, review: none", "partly", "43.33", "passed"),
        ("pass: 40, feedback: none, review: all", "blank", "", "incomplete"),
    ],
)
def test_an_assessment_of_every_kind_is_recorded_in_every_mode(
    lms: Lms, build: Build, settings: str, how: str, score: str, status: str
) -> None:
    session = lms.launch(build(course(settings, checks=False)))
    learner = Learner(session.frame)
    learner.next()
    learner.start()
    answers = ANSWERS[how]()
    feedback = re.findall(r"feedback: (\w+)", settings)[0]
    for given in answers:
        form = learner.question
        give(learner, form, given)
        learner.press(learner.page.locator('[data-action="next-question"]'))
        if feedback == "each":
            form.locator(".sg-feedback-title").wait_for()
            learner.press(learner.page.locator('[data-action="next-question"]'))
        else:
            assert session.frame.locator(".sg-feedback:visible").count() == 0
    unanswered = learner.page.locator(".sg-assessment-open li").count()
    assert unanswered == (len(answers) if how == "blank" else 0)
    learner.submit()
    assert made(session) == expected(answers, "t-")
    core = session.cmi["core"]
    assert (core["lesson_status"], core["score"]["raw"]) == (status, score)
    reviewed = {"all": len(answers), "none": 0, "wrong": 0 if how == "right" else len(answers)}
    assert learner.page.locator(".sg-review-item").count() == reviewed[re.findall(r"review: (\w+)", settings)[0]]
    assert session.errors == []


def test_results_by_topic_reach_the_learner_and_the_lms(lms: Lms, build: Build) -> None:
    package = build(course("pass: 60, attempts: 0", checks=False))
    session = lms.launch(package)
    learner = Learner(session.frame)
    learner.next()
    _attempt(learner, {"single": "wrong", "multiple": "partly"})
    topics = learner.page.locator(".sg-topic")
    assert [text.split("\n")[:2] for text in topics.all_inner_texts()] == [
        ["Suspicious items", "0\u00a0%"],
        ["The four Cs", "33\u00a0%"],
    ]
    assert topics.nth(1).locator("a").all_inner_texts() == ["All kinds"]
    assert session.cmi["objectives"] == _objectives(("hot", "0", "failed"), ("cs", "33.33", "failed"))
    learner.start()
    _attempt(learner, {"single": "right", "multiple": "wrong", "matching": "right"}, start=False)
    assert session.cmi["objectives"] == _objectives(("hot", "100", "passed"), ("cs", "33.33", "failed"))
    session.leave()
    again = lms.launch(package)
    learner = Learner(again.frame)
    learner.start()
    _attempt(learner, {"single": "wrong", "multiple": "right", "matching": "right"}, start=False)
    assert again.cmi["objectives"] == _objectives(("hot", "100", "passed"), ("cs", "100", "passed"))
    assert again.errors == []


def _attempt(learner: Learner, answers: dict[str, str], *, start: bool = True) -> None:
    if start:
        learner.start()
    for position, name in enumerate(given.question for given in ANSWERS["blank"]()):
        if name in answers:
            give(learner, learner.question, ANSWERS[answers[name]]()[position])
        learner.press(learner.page.locator('[data-action="next-question"]'))
    learner.submit()


def _objectives(*rows: tuple[str, str, str]) -> dict[str, Any]:
    return {
        str(index): {"id": name, "status": status, "score": {"raw": raw, "min": "0", "max": "100"}}
        for index, (name, raw, status) in enumerate(rows)
    }


def test_every_kind_is_accessible_before_and_after_answering_and_in_review(lms: Lms, build: Build) -> None:
    session = lms.launch(build(course("pass: 40, feedback: each, review: all, time: 20 min")), **OPTIONS)
    learner = Learner(session.frame)
    found = violations(session.frame)
    for given in ANSWERS["partly"]() + surveys():
        form = session.frame.locator(f"#q-{given.question}")
        give(learner, form, given)
        if given.question != "scenario":
            form.locator('[type="submit"]').click()
    found += violations(session.frame)
    learner.next()
    learner.start()
    for given in ANSWERS["partly"]():
        found += violations(session.frame)
        give(learner, learner.question, given)
        learner.press(learner.page.locator('[data-action="next-question"]'))
        found += violations(session.frame)
        learner.press(learner.page.locator('[data-action="next-question"]'))
    learner.submit()
    found += violations(session.frame)
    assert found == []


def test_an_arrow_in_an_option_makes_no_matching(workspace: Write) -> None:
    page = "# Page\n\n### Q: Where is it? {#where}\n\n- [x] File -> Save as\n- [ ] Edit -> Copy\n"
    root = workspace({"courses/c/course.yml": "title: C\n", "courses/c/01-page.md": page})
    assert scormgen("build", cwd=root).code == 0
    rows = next((root / "dist").glob("*.csv")).read_text("utf-8-sig").splitlines()
    assert rows[1] == "where,page,page,check,single,Where is it?,a,File -> Save as,yes,a,,choice"


def test_headings_inside_questions_have_ids_of_their_own(workspace: Write) -> None:
    part = "#### One\n\nText.\n\n- [x] A\n- [ ] B\n\n"
    page = f"# Page\n\n### Q: First?\n\n{part}### Q: Second?\n\n{part}"
    root = workspace({"courses/c/course.yml": "title: C\n", "courses/c/01-page.md": page})
    run = scormgen("build", cwd=root)
    assert run.code == 0, run.err
    with zipfile.ZipFile(next((root / "dist").glob("*.zip"))) as archive:
        ids = re.findall(r' id="([^"]*)"', archive.read("index.html").decode())
    assert len(ids) == len(set(ids))
    assert "" not in ids


def test_without_partial_marks_part_of_an_answer_earns_nothing(lms: Lms, build: Build) -> None:
    text = QUESTIONS.replace(" score=partial", "").replace("P-", "")
    files = course("pass: 50", checks=False)
    files["courses/kinds/90-test.md"] = f"---\ntitle: Test\nassessment: {{pass: 50, attempts: 1}}\n---\n\n{text}"
    session = lms.launch(build(files))
    learner = Learner(session.frame)
    learner.next()
    learner.start()
    for given in ANSWERS["partly"]():
        give(learner, learner.question, given)
        learner.press(learner.page.locator('[data-action="next-question"]'))
    learner.submit()
    assert {i["result"] for i in session.interactions()} == {"wrong", "correct"}
    # True or false alone is right.
    assert learner.page.locator(".sg-result-score").inner_text() == "1 of 10 points (10\u00a0%), you needed 5."
    assert session.errors == []


def test_a_field_takes_no_more_than_is_kept(lms: Lms, build: Build) -> None:
    package = build(course())
    session = lms.launch(package)
    form = session.frame.locator("#q-comment")
    field = form.locator("textarea")
    field.press_sequentially("é" * 29)
    field.press_sequentially("euro €€")
    assert field.input_value() == "é" * 29 + "eu"  # 60 bytes
    form.locator('[type="submit"]').click()
    assert session.interactions()[0]["student_response"] == "é" * 29 + "eu"
    session.leave()
    again = lms.launch(package)
    assert again.frame.locator("#q-comment textarea").input_value() == "é" * 29 + "eu"
    assert again.errors == []
