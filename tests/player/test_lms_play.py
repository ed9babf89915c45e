"""The courses, played in scorm-again from the first page to the last, and what the LMS then holds."""

from __future__ import annotations

import csv
import re
from pathlib import Path
from typing import Any

import pytest

from tests.lms.harness import Lms, Package, Session
from tests.lms.learner import Learner

TIME = re.compile(r"\d{2,4}:[0-5]\d:[0-5]\d(\.\d{1,2})?")
CLOCK = re.compile(r"([01]\d|2[0-3]):[0-5]\d:[0-5]\d")
QUESTIONS = {"act-awareness": 12, "feature-tour": 4, "hostile-reconnaissance": 12, "scan": 12}  # in each assessment
COURSES = tuple(QUESTIONS)
TOUR = "feature-tour"  # the shortest, with every kind of question


def assessed(package: Package) -> int:
    """The SCO that holds the assessment: the one with a mastery score."""
    return next(index for index, sco in enumerate(package.scos) if sco[2])


def known(dist: Path, course: str) -> dict[str, dict[str, str]]:
    """questions.csv: kind, type, pattern, letters and objective by interaction id."""
    rows: dict[str, dict[str, str]] = {}
    with next(dist.glob(f"{course}-*-questions.csv")).open(encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(file):
            found = rows.setdefault(row["interaction"], {**row, "letters": ""})
            found["letters"] += row["letter"]
    return rows


def assert_interactions(
    session: Session, questions: dict[str, dict[str, str]], checks: str, assessed: list[str]
) -> None:
    """Every interaction whole: id, objective, type, time, pattern, weighting, response, result, latency, and no more than these.

    `checks` is what no knowledge check, or each, came to; `assessed` are the results of the assessment behind them.
    """
    interactions = session.interactions()
    results = [found["result"] for found in interactions]
    assert results[len(results) - len(assessed) :] == assessed
    of_checks = set(results[: len(results) - len(assessed)]) - {"neutral"}
    assert of_checks <= {"correct"} if checks == "correct" else "correct" not in of_checks
    for found in interactions:
        question = questions[found["id"]]
        kind = question["kind"]
        assert found["type"] == question["type"]
        assert CLOCK.fullmatch(found["time"])
        # One answer may make several interactions, the first of which has the time spent.
        assert kind in ("scenario", "gaps", "survey") or TIME.fullmatch(found["latency"])
        assert found["objectives"] == ({"0": {"id": question["objective"]}} if question["objective"] else {})
        if kind in ("scenario", "gaps", "survey"):
            continue  # tests/questions/test_kinds.py reads their paths, parts and points
        assert found["weighting"] == "1"
        patterns = [one["pattern"] for one in found["correct_responses"].values()]
        assert patterns == question["pattern"].split(" | ")
        assert (found["student_response"] in patterns) == (found["result"] == "correct")
        if question["letters"]:
            assert set(re.findall(r"\w+", found["student_response"])) <= set(question["letters"])


def assert_core(session: Session, **expected: Any) -> None:
    """All of cmi.core that a SCO can write."""
    core = session.cmi["core"]
    assert TIME.fullmatch(core["session_time"])
    found = {key: core[key] for key in ("lesson_status", "lesson_location", "exit")} | {"score": core["score"]}
    assert found == expected
    assert len(session.cmi["suspend_data"]) < 4096
    assert session.cmi["suspend_data"].isascii()


def last_page(session: Session) -> str:
    """The page that is shown; behind the last one the action cards and the certificate have no place of their own."""
    shown = session.frame.locator(".sg-page:not([hidden])").get_attribute("id") or ""
    if shown not in ("sg-take-away", "sg-certificate"):
        return shown
    return session.frame.locator(".sg-page:not(#sg-take-away, #sg-certificate)").last.get_attribute("id") or ""


@pytest.mark.parametrize("course", COURSES)
def test_a_course_taken_to_a_pass_records_everything(
    lms: Lms, packages: dict[str, Package], dist: Path, course: str
) -> None:
    package = packages[course]
    for sco, (_, _, mastery) in enumerate(package.scos):
        session = lms.launch(package, sco)
        at_launch = session.calls
        assert len(at_launch) <= 10
        assert [call.name for call in at_launch].count("LMSCommit") == 1
        assert session.cmi["core"]["lesson_status"] == "incomplete"
        learner = Learner(session.frame)
        learner.take_pages()
        if mastery:
            learner.take_assessment(QUESTIONS[course])
            score = {"raw": "100", "min": "0", "max": "100"}
            assert_core(session, lesson_status="passed", lesson_location=last_page(session), exit="", score=score)
            assert_interactions(session, known(dist, course), "correct", ["correct"] * QUESTIONS[course])
        else:
            none = {"raw": "", "min": "", "max": "100"}
            assert_core(session, lesson_status="completed", lesson_location=last_page(session), exit="", score=none)
            assert_interactions(session, known(dist, course), "correct", [])
        assert session.errors == []
        written = [call.args[0] for call in session.calls if call.name == "LMSSetValue"]
        reported = [element for element in written if element.startswith("cmi.interactions.")]
        assert len(reported) == len(set(reported)), "an answer was written twice"
        session.leave()


@pytest.mark.parametrize(
    ("course", "attempts", "status", "raw"),
    [
        ("act-awareness", [7, 6, 5], "failed", "58.33"),
        ("feature-tour", [1, 0], "incomplete", ""),
        ("hostile-reconnaissance", [8], "incomplete", ""),
        ("scan", [7], "incomplete", ""),
    ],
)
def test_a_failed_assessment_is_recorded_as_the_course_says(
    lms: Lms, packages: dict[str, Package], dist: Path, course: str, attempts: list[int], status: str, raw: str
) -> None:
    package = packages[course]
    session = lms.launch(package, assessed(package))
    learner = Learner(session.frame)
    learner.take_pages(right=False)
    for right in attempts:
        learner.take_assessment(right)
        assert "Not passed" in learner.page.locator(".sg-result-title").inner_text()
    score = {"raw": raw, "min": "0" if raw else "", "max": "100"}
    assert_core(session, lesson_status=status, lesson_location=last_page(session), exit="suspend", score=score)
    results: list[str] = []
    for right in attempts:
        results += ["correct"] * right + ["wrong"] * (QUESTIONS[course] - right)
    assert_interactions(session, known(dist, course), "none", results)
    assert learner.page.locator(".sg-retry").is_visible() == (status == "incomplete")
    assert session.errors == []


@pytest.mark.parametrize(
    ("course", "pages"), [("act-awareness", 4), ("feature-tour", 11), ("hostile-reconnaissance", 4), ("scan", 4)]
)
def test_a_course_left_half_way_resumes_at_its_page(
    lms: Lms, packages: dict[str, Package], course: str, pages: int
) -> None:
    package = packages[course]
    sco = 1 if len(package.scos) > 1 else 0
    session = lms.launch(package, sco)
    learner = Learner(session.frame)
    learner.take_pages(stop=pages)
    left, answers = last_page(session), len(session.cmi["interactions"])
    assert answers
    learner.exit()
    assert session.calls[-1].name == "LMSFinish"
    assert session.cmi["core"]["exit"] == "suspend"
    assert session.errors == []
    session.context.close()
    again = lms.launch(package, sco)
    assert len(again.calls) <= 10
    assert last_page(again) == left
    assert again.frame.locator(".sg-tick").count() == pages
    assert again.frame.locator(".sg-feedback-title").count() == answers
    assert len(again.cmi["interactions"]) == answers
    assert again.errors == []


def test_a_place_without_suspend_data_is_still_the_place(lms: Lms, packages: dict[str, Package]) -> None:
    """An LMS that lost the suspend data, or whose package was another tool's with the same page names."""
    package = packages[TOUR]
    session = lms.launch(package)
    learner = Learner(session.frame)
    learner.take_pages(stop=3)
    left = last_page(session)
    session.leave()
    stored = lms.stored(session.attempt)
    assert stored
    stored["cmi"]["suspend_data"] = ""
    again = lms.launch(package, learner="L2", stored=stored)
    assert last_page(again) == left
    assert again.errors == []


@pytest.mark.parametrize("course", [TOUR, "scan"])
def test_a_half_finished_assessment_goes_on_where_it_was(lms: Lms, packages: dict[str, Package], course: str) -> None:
    package = packages[course]
    session = lms.launch(package, assessed(package))
    learner = Learner(session.frame)
    learner.take_pages(right=None)
    learner.start()
    for _ in range(QUESTIONS[course] // 2):
        learner.answer_one(right=True)
    place = learner.page.locator(".sg-assessment-place").inner_text()
    session.leave()
    again = lms.launch(package, assessed(package))
    learner = Learner(again.frame)
    assert learner.page.locator(".sg-assessment-place").inner_text() == place
    while learner.question.count():
        learner.answer_one(right=True)
    learner.submit()
    assert again.cmi["core"]["lesson_status"] == "passed"
    assert again.cmi["core"]["score"]["raw"] == "100"
    assert again.errors == []


@pytest.mark.parametrize("mode", ["review", "browse"])
@pytest.mark.parametrize("course", [TOUR, "scan"])
def test_review_and_browse_write_nothing(lms: Lms, packages: dict[str, Package], course: str, mode: str) -> None:
    package = packages[course]
    sco = assessed(package)
    session = lms.launch(package, sco)
    learner = Learner(session.frame)
    learner.take_pages()
    learner.take_assessment(QUESTIONS[course])
    session.leave()
    before = list(lms.site.commits[session.attempt])
    reviewed = lms.launch(package, sco, mode=mode)
    learner = Learner(reviewed.frame)
    assert "Passed" in learner.page.locator(".sg-result-title").inner_text()
    learner.page.locator(".sg-assessment").wait_for()
    if reviewed.frame.locator('[data-action="back"]').is_enabled():
        learner.press(reviewed.frame.locator('[data-action="back"]'))
        learner.take_page(right=False)
    learner.exit()
    assert {call.name for call in reviewed.calls} == {"LMSInitialize", "LMSGetValue", "LMSFinish"}
    assert reviewed.errors == []
    core = lms.site.commits[session.attempt][-1]["cmi"]["core"]
    assert core["lesson_status"] == before[-1]["cmi"]["core"]["lesson_status"] == "passed"
    assert core["score"] == before[-1]["cmi"]["core"]["score"]


@pytest.mark.parametrize("course", [TOUR, "scan"])
def test_a_passed_course_is_never_lowered(lms: Lms, packages: dict[str, Package], course: str) -> None:
    package = packages[course]
    sco = assessed(package)
    session = lms.launch(package, sco)
    learner = Learner(session.frame)
    learner.take_pages(right=None)
    learner.take_assessment(QUESTIONS[course] * 3 // 4)
    assert session.cmi["core"]["score"]["raw"] == "75"
    session.leave()
    again = lms.launch(package, sco)
    assert len(again.calls) <= 10
    learner = Learner(again.frame)
    learner.take_assessment(1)
    assert "already passed" in learner.page.locator(".sg-result").inner_text()
    learner.exit()
    assert again.cmi["core"]["lesson_status"] == "passed"
    assert again.cmi["core"]["score"]["raw"] == "75"
    written = [call.args for call in again.calls if call.name == "LMSSetValue"]
    assert not [args for args in written if args[0].startswith(("cmi.core.score", "cmi.core.lesson_status"))]
    assert again.errors == []


@pytest.mark.parametrize("status", ["passed", "completed"])
def test_what_the_lms_holds_is_never_lowered_though_the_state_is_gone(
    lms: Lms, packages: dict[str, Package], status: str
) -> None:
    """An LMS that kept the result and lost the suspend data: three failed attempts take nothing from it."""
    package = packages[TOUR]
    core = {"lesson_status": status, "lesson_location": "", "score": {"raw": "90", "min": "0", "max": "100"}}
    session = lms.launch(
        package, stored={"cmi": {"core": core, "suspend_data": ""}, "exit": "", "total_time": "0000:10:00"}
    )
    learner = Learner(session.frame)
    learner.take_pages(right=None)
    for _ in range(3):
        learner.take_assessment(1)
    assert_core(session, lesson_status=status, lesson_location=last_page(session), exit="", score=core["score"])
    assert session.errors == []


@pytest.mark.parametrize("headers", [{}, {"Permissions-Policy": "unload=()"}], ids=["plain", "no-unload"])
def test_a_killed_tab_loses_no_answer(lms: Lms, packages: dict[str, Package], headers: dict[str, str]) -> None:
    package = packages[TOUR]
    session = lms.launch(package, headers=headers)
    learner = Learner(session.frame)
    learner.take_pages(stop=9)
    left = last_page(session)
    session.kill()
    assert [i["id"] for i in session.interactions()] == ["capital"]
    again = lms.launch(package, headers=headers)
    assert last_page(again) == left
    assert again.frame.locator(".sg-feedback-right").count() == 1
    assert session.faults == []
    again.leave()


def test_without_unload_handlers_leaving_still_finishes(lms: Lms, packages: dict[str, Package]) -> None:
    package = packages[TOUR]
    session = lms.launch(package, headers={"Permissions-Policy": "unload=()"})
    Learner(session.frame).take_pages(stop=3)
    session.leave()
    assert session.cmi["core"]["exit"] == "suspend"
    assert session.faults == []


def test_the_first_page_takes_at_most_five_requests(lms: Lms, packages: dict[str, Package]) -> None:
    for package in packages.values():
        lms.site.requests.clear()
        session = lms.launch(package)
        assert len([path for path in lms.site.requests if path.startswith("/pkg/")]) <= 5
        session.leave()


def test_a_course_can_be_taken_by_keyboard_alone(lms: Lms, packages: dict[str, Package]) -> None:
    package = packages[TOUR]
    for sco, (_, _, mastery) in enumerate(package.scos):
        session = lms.launch(package, sco)
        learner = Learner(session.frame, keyboard=True)
        learner.take_pages()
        if mastery:
            learner.take_assessment(QUESTIONS[TOUR])
        learner.exit()
        assert session.cmi["core"]["lesson_status"] == ("passed" if mastery else "completed")
        assert session.errors == []
        session.context.close()
