"""Saves that an LMS loses, seen or unseen: nothing is missing once the course has been opened again."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.lms.harness import Conduct, Lms, Package, elements
from tests.lms.learner import Learner
from tests.lms.recovery import CONDUCTS, MOMENTS, ServerFault, build_package, play, recover, saved, settled
from tests.lms.schedules import Day
from tests.lms.server import Fault


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> Package:
    return build_package(tmp_path_factory.mktemp("recovery"))


@pytest.mark.parametrize("conduct", CONDUCTS)
@pytest.mark.parametrize("fault", ("500", "refused", "offline", "303"))
def test_a_fault_at_every_moment_is_told_and_made_up_for(
    lms: Lms, package: Package, conduct: Conduct, fault: ServerFault
) -> None:
    cell = play(lms, package, conduct, fault, MOMENTS)
    left = cell.told.pop("exit")
    assert cell.told == {"page": "Not saved", "answer": "Not saved", "submit": "Not saved"}
    # Open edX ends a session before it has sent what it was given: a fault at Exit may come too late to be seen.
    assert left == "Not saved yet" or conduct == "openedx"
    assert (cell.after_recovery, cell.after_exit, cell.after_relaunch) == ([], [], [])


@pytest.mark.parametrize("conduct", CONDUCTS)
@pytest.mark.parametrize("fault", ("500", "refused"))
def test_a_server_that_fails_from_the_launch_on_is_told_and_made_up_for(
    lms: Lms, package: Package, conduct: Conduct, fault: Fault
) -> None:
    lms.site.fault = fault
    session = lms.launch(package, conduct=conduct, learner=f"{conduct}-{fault}-from-the-launch-on")
    learner = Learner(session.frame)
    learner.next()
    learner.take_page()
    assert settled(session) == "Not saved"
    assert session.database.suspend_data == ""
    session.server_fault(None)
    recover(session)
    session.leave()
    held = session.database
    assert held.suspend_data
    assert [one["student_response"] for one in held.interactions] == ["a"]


@pytest.mark.parametrize("conduct", CONDUCTS)
def test_what_an_lms_loses_though_it_answers_true_is_written_at_the_next_launch(
    lms: Lms, package: Package, conduct: Conduct
) -> None:
    cell = play(lms, package, conduct, "lost", ("page", "answer", "submit"))
    assert set(cell.told.values()) == {"Saved"}, "nobody can know"
    assert cell.after_relaunch == []


@pytest.mark.parametrize("conduct", CONDUCTS)
@pytest.mark.parametrize("seed", [3, 8])
def test_on_a_random_day_nothing_that_was_saved_is_lost(
    lms: Lms, package: Package, conduct: Conduct, seed: int
) -> None:
    assert Day(lms, package, conduct, seed).play() == []


BEFORE: dict[str, Any] = json.loads((Path(__file__).parents[1] / "lms" / "before.json").read_text("utf-8"))


def stored_before(conduct: Conduct, name: str) -> dict[str, Any]:
    """What a package of the time before the suspend data said what was reported had left at the server."""
    cmi = BEFORE[name]
    return {"cmi": cmi, "exit": cmi["core"]["exit"], "total_time": ""} if conduct == "strict" else elements(cmi, "cmi")


@pytest.mark.parametrize("conduct", ["strict", "moodle"])
def test_a_course_half_played_in_an_older_package_goes_on(lms: Lms, package: Package, conduct: Conduct) -> None:
    session = lms.launch(package, conduct=conduct, stored=stored_before(conduct, "half"))
    learner = Learner(session.frame)
    assert "Question 2 of 2" in learner.page.inner_text()
    assert session.frame.locator(".sg-tick").count() == 4
    learner.press(session.frame.locator('[data-action="previous-question"]'))
    assert session.frame.locator('.sg-assessment-run input[value="b"]:checked').is_visible()
    learner.press(session.frame.locator('[data-action="next-question"]'))
    learner.choose(session.frame.locator(".sg-assessment-run form.sg-question:visible"), ["t"])
    learner.press(session.frame.locator('[data-action="next-question"]'))
    learner.submit()
    session.leave()
    held = session.database
    assert (held.status, held.score) == ("passed", "50")
    answers = [(one["id"], one["student_response"]) for one in held.interactions]
    if conduct == "strict":  # the other database begins empty: what the launch was given is not in it
        assert answers[:2] == [("first", "a"), ("second", "b")]
    assert answers[-2:] == [("third", "b"), ("fourth", "t")]


def test_a_pass_of_an_older_package_stays_as_it_is(lms: Lms, package: Package) -> None:
    session = lms.launch(package, stored=stored_before("strict", "passed"))
    saved(session).wait_for(state="attached")
    Learner(session.frame).exit()
    held = session.database
    assert (held.status, held.score) == ("passed", "100")
    assert [(one["id"], one["student_response"]) for one in held.interactions] == [
        ("first", "a"), ("second", "a"), ("third", "a"), ("fourth", "t"),
    ]  # fmt: skip
