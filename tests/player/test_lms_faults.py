"""LMSs that fail: the learner is told, and when the LMS comes back everything reaches it."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import TimeoutError as Late

from tests.lms.harness import Conduct, Lms, Package, Session
from tests.lms.learner import Learner

FILES: dict[str, str | bytes] = {
    "courses/faults/course.yml": "title: Faults\n",
    "courses/faults/01-one.md": (
        "# One\n\n### Q: First? {#first}\n\n- [x] Yes\n- [ ] No\n\n### More\n\nText.\n\n"
        "## Two\n\n### Q: Second? {#second}\n\n- [ ] Yes\n- [x] No\n\n## Three\n\nThe end.\n"
    ),
    "courses/faults/90-test.md": (
        "---\ntitle: Test\nassessment: {pass: 50}\n---\n\n### Q: Third? {#third}\n\n- [x] Yes\n- [ ] No\n\n"
        "### Q: Fourth? {#fourth}\n\n- [x] True\n- [ ] False\n"
    ),
}
Build = Callable[[dict[str, str | bytes]], Package]


def save_state(session: Session) -> str:
    return session.frame.locator("#sg-save").get_attribute("data-state") or ""


def wait_for(session: Session, state: str) -> None:
    try:
        session.frame.locator(f'#sg-save[data-state="{state}"]').wait_for(state="attached")
    except Late as error:
        raise AssertionError(f"{save_state(session)}, not {state}: {session.calls[-12:]} {session.faults}") from error


def wait_for_data(session: Session) -> None:
    """Until suspend data has been set: at a late launch it comes right behind the first commit."""
    session.page.wait_for_function(
        "lms.calls.some(c => c.args[0] === 'cmi.suspend_data' && c.name === 'LMSSetValue' && c.result === 'true')"
    )


def assert_all_arrived(session: Session) -> None:
    """What the whole way through the course leaves at the LMS, with nothing missing and nothing twice."""
    core = session.cmi["core"]
    assert core["lesson_status"] == "passed"
    assert core["score"] == {"raw": "100", "min": "0", "max": "100"}
    assert core["lesson_location"] == "test"
    assert [(i["id"], i["student_response"], i["result"]) for i in session.interactions()] == [
        ("first", "a", "correct"), ("second", "b", "correct"), ("third", "a", "correct"), ("fourth", "t", "correct"),
    ]  # fmt: skip


@pytest.mark.parametrize("fault", ["refuse", "drop", "throw"])
def test_what_a_failing_lms_missed_reaches_it_later(lms: Lms, build: Build, fault: str) -> None:
    session = lms.launch(build(FILES))
    learner = Learner(session.frame)
    session.fault(fault)
    learner.take_page()
    wait_for(session, "unsaved")
    assert "not saved" in session.frame.locator("#sg-notice").inner_text().lower()
    assert session.frame.locator("#sg-save").inner_text() == "Not saved"
    learner.take_pages()
    learner.take_assessment(2)
    assert session.cmi["interactions"] == {}
    session.fault(None)
    wait_for(session, "saved")
    assert session.frame.locator("#sg-notice").is_hidden()
    assert_all_arrived(session)
    stored = session.cmi["suspend_data"]
    assert re.fullmatch(r"1[\w-]{4}\.[\w-]{2}\.[\w-]+\.D\.P\..+", stored)


def test_an_lms_that_cannot_begin_gets_all_once_it_can(lms: Lms, build: Build) -> None:
    session = lms.launch(build(FILES), fault="throw")
    assert save_state(session) == "off"
    assert "nothing is being recorded" in session.frame.locator("#sg-notice").inner_text()
    learner = Learner(session.frame)
    learner.take_pages()
    learner.take_assessment(2)
    session.fault(None)
    wait_for(session, "saved")
    wait_for_data(session)
    assert_all_arrived(session)


def test_without_an_api_the_course_works_and_says_so(lms: Lms, build: Build) -> None:
    session = lms.launch(build(FILES), api=False)
    assert save_state(session) == "off"
    learner = Learner(session.frame)
    learner.take_pages()
    learner.take_assessment(2)
    assert "Passed" in learner.page.locator(".sg-result-title").inner_text()
    session.page.evaluate("lms.attach()")
    wait_for(session, "saved")
    wait_for_data(session)
    assert_all_arrived(session)
    assert session.faults == []


def test_a_late_lms_keeps_what_it_had(lms: Lms, build: Build) -> None:
    package = build(FILES)
    session = lms.launch(package)
    learner = Learner(session.frame)
    learner.take_pages(stop=2)
    session.leave()
    late = lms.launch(package, fault="throw")
    learner = Learner(late.frame)
    learner.next()
    learner.next()
    late.fault(None)
    wait_for(late, "saved")
    wait_for_data(late)
    assert late.frame.locator(".sg-tick").count() == 3
    assert [i["id"] for i in late.interactions()] == ["first", "second"]
    late.leave()
    resumed = lms.launch(package)
    assert resumed.frame.locator(".sg-feedback-right").count() == 2


def test_a_slow_lms_loses_nothing(lms: Lms, build: Build) -> None:
    session = lms.launch(build(FILES))
    session.fault("slow", 40)
    learner = Learner(session.frame)
    learner.take_pages()
    learner.take_assessment(2)
    assert_all_arrived(session)
    assert session.errors == []


def test_an_lms_that_stores_call_by_call_is_given_time_and_not_flooded(lms: Lms, build: Build) -> None:
    """It answers true at once and comes to each call 300 ms after the one before: a whole attempt takes it far longer than the
    patience with an LMS that has never been seen to do so."""
    session = lms.launch(build(FILES), clock=True)
    session.fault("late", 300)
    learner = Learner(session.frame)
    learner.take_pages()
    for _ in range(60):  # in small steps, for the LMS's page and the course's frame are turned one after the other
        session.page.clock.run_for("00:01")
    wait_for(session, "saved")
    written = len(session.calls)
    learner.take_assessment(2)
    states = set()
    for _ in range(60):
        session.page.clock.run_for("00:01")
        states.add(save_state(session))
    assert states == {"saving", "saved"}
    assert_all_arrived(session)
    values = [call.args[0] for call in session.calls[written:] if call.name == "LMSSetValue"]
    assert values.count("cmi.interactions.2.id") == 1
    assert values.count("cmi.suspend_data") <= 5


def test_data_that_is_dropped_later_is_noticed_and_sent_again(lms: Lms, build: Build) -> None:
    session = lms.launch(build(FILES))
    learner = Learner(session.frame)
    learner.take_pages()
    session.fault("drop")
    learner.take_assessment(2)
    wait_for(session, "unsaved")
    assert session.cmi["core"]["lesson_status"] == "incomplete"
    session.fault(None)
    wait_for(session, "saved")
    assert_all_arrived(session)


def test_leaving_unsaved_asks_first(lms: Lms, build: Build) -> None:
    session = lms.launch(build(FILES))
    session.fault("refuse")
    learner = Learner(session.frame)
    learner.take_page()
    wait_for(session, "unsaved")
    learner.exit()
    end = session.frame.locator("#sg-end")
    assert "Not saved yet" in end.inner_text()
    assert "LMSFinish" not in [call.name for call in session.calls]
    session.fault(None)
    end.get_by_role("button", name="Try again").click()
    end.get_by_text("Your progress is saved").wait_for()
    assert session.calls[-1].name == "LMSFinish"
    assert [i["id"] for i in session.interactions()] == ["first"]


def test_no_credit_records_no_status_and_no_score(lms: Lms, build: Build) -> None:
    session = lms.launch(build(FILES), credit="no-credit")
    learner = Learner(session.frame)
    learner.take_pages()
    learner.take_assessment(2)
    written = {call.args[0] for call in session.calls if call.name == "LMSSetValue"}
    assert "cmi.suspend_data" in written
    assert not [element for element in written if "score" in element or "status" in element]
    assert session.errors == []


def test_coming_back_after_the_end_tells_to_reopen(lms: Lms, build: Build) -> None:
    session = lms.launch(build(FILES))
    frame = session.frame
    Learner(frame).take_page()
    frame.evaluate("window.dispatchEvent(new PageTransitionEvent('pagehide', {persisted: true}))")
    frame.evaluate("window.dispatchEvent(new PageTransitionEvent('pageshow', {persisted: true}))")
    assert "open the course again" in frame.locator("#sg-notice").inner_text()
    calls = len(session.calls)
    Learner(frame).next()
    assert len(session.calls) == calls
    assert session.errors == []


@pytest.mark.parametrize("conduct", ["strict", "moodle"])
def test_an_answer_that_was_chosen_and_not_confirmed_is_kept_on_the_way_out(
    lms: Lms, build: Build, conduct: Conduct
) -> None:
    package = build(FILES)
    session = lms.launch(package, conduct=conduct)
    learner = Learner(session.frame)
    learner.take_pages()
    learner.start()
    learner.choose(learner.question, ["b"])
    session.leave()
    resumed = Learner(lms.launch(package, conduct=conduct).frame)
    assert resumed.question.locator('input[value="b"]').is_checked()


def test_an_lms_that_is_late_keeps_the_bookmark(lms: Lms, build: Build) -> None:
    package = build(FILES)
    session = lms.launch(package)
    Learner(session.frame).take_pages(stop=2)
    session.leave()
    late = lms.launch(package, fault="throw")
    late.page.wait_for_function("lms.calls.some(call => call.name === 'LMSInitialize' && call.result === 'threw')")
    late.fault(None)
    wait_for(late, "saved")
    assert Learner(late.frame).title() == "Two"
    assert late.frame.locator(".sg-feedback-right").count() == 2, "answers of before are shown"
    late.leave()
    assert late.database.location == "one/two"
    assert Learner(lms.launch(package).frame).title() == "Two"


def test_who_moved_before_a_late_lms_answered_stays_there(lms: Lms, build: Build) -> None:
    package = build(FILES)
    session = lms.launch(package)
    Learner(session.frame).take_pages(stop=2)
    session.leave()
    late = lms.launch(package, fault="throw")
    learner = Learner(late.frame)
    learner.next()
    learner.next()
    late.fault(None)
    wait_for(late, "saved")
    wait_for_data(late)
    assert (learner.title(), late.database.location) == ("Three", "one/three")


def test_after_a_minute_of_failures_the_learner_is_told_what_helps(lms: Lms, build: Build) -> None:
    session = lms.launch(build(FILES), clock=True)
    wait_for(session, "saved")
    session.fault("refuse")
    learner = Learner(session.frame)
    learner.take_page()
    notice = session.frame.locator("#sg-notice")
    assert "You can go on while we keep trying" in notice.inner_text()
    session.page.clock.run_for("01:30")
    words = notice.inner_text()
    assert "sign in to the learning system again in another tab" in words
    assert re.search(r"close the course and open it again. Everything up to \d\d?:\d\d.* is kept", words)
    assert session.frame.locator("#sg-save").inner_text() == "Not saved"
    session.fault(None)
    session.frame.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    wait_for(session, "saved")
    assert notice.is_hidden()
    assert [i["id"] for i in session.interactions()] == ["first"]
