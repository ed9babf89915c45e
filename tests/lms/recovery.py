"""Faults of an LMS's server at moments of a course: what the learner is told, and what the server holds in the end.

`tests/player/test_lms_recovery.py` plays them in the suite; `make soak` plays every cell by itself and prints the table.
"""

from __future__ import annotations

from pathlib import Path
from typing import Literal, NamedTuple

from playwright.sync_api import Locator, expect

from tests.conftest import scormgen
from tests.lms.harness import Conduct, Database, Lms, Package, Session, unpack
from tests.lms.learner import Learner
from tests.lms.server import Fault

Moment = Literal["page", "answer", "submit", "exit"]
ServerFault = Fault | Literal["offline"]
MOMENTS: tuple[Moment, ...] = ("page", "answer", "submit", "exit")
FAULTS: tuple[ServerFault, ...] = ("500", "refused", "offline", "303", "lost")
CONDUCTS: tuple[Conduct, ...] = ("strict", "moodle", "openedx")

FILES = {
    "courses/faults/course.yml": "title: Faults\nobjectives:\n  hot: Suspicious items\n",
    "courses/faults/01-one.md": (
        "# One\n\nText.\n\n## Two\n\n### Q: First? {#first}\n\n- [x] Yes\n- [ ] No\n\n## Three\n\n"
        "### Q: Second? {#second}\n\n- [ ] Yes\n- [x] No\n"
    ),
    "courses/faults/90-test.md": (
        "---\ntitle: Test\nassessment: {pass: 50, shuffle: []}\nobjectives: [hot]\n---\n\n"
        "### Q: Third? {#third objective=hot}\n\n- [x] Yes\n- [ ] No\n\n### Q: Fourth? {#fourth objective=hot}\n\n- [x] True\n- [ ] False\n"
    ),
}
ANSWERS = {"first": "a", "second": "b", "third": "a", "fourth": "t"}
SAID = '#sg-save[data-state="{}"]'


class Cell(NamedTuple):
    """A fault at some moments of a whole course: what was told, and what is missing at the server."""

    told: dict[Moment, str]
    after_recovery: list[str]
    after_exit: list[str]
    after_relaunch: list[str]


def build_package(folder: Path, files: dict[str, str] = FILES) -> Package:
    """A course given as files, built in a folder that is made for it."""
    for name, content in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(content, "utf-8")
    run = scormgen("build", cwd=folder)
    assert run.code == 0, run.err
    return unpack(next((folder / "dist").glob("*.zip")), folder / "unzipped")


def missing(held: Database) -> list[str]:
    """What of a passed course a server lacks: status, score, objectives, and each question's latest answer."""
    lacks = []
    if held.status != "passed":
        lacks.append(f"status ({held.status or 'none'})")
    if held.score != "100":
        lacks.append(f"score ({held.score or 'none'})")
    if not any((one.get("id"), one.get("status")) == ("hot", "passed") for one in held.objectives):
        lacks.append("objective")
    latest = {one.get("id"): one for one in held.interactions}
    for name, response in ANSWERS.items():
        found = latest.get(name, {})
        if (found.get("student_response"), found.get("result")) != (response, "correct"):
            lacks.append(f"answer to {name}")
    return lacks


def play(lms: Lms, package: Package, conduct: Conduct, fault: ServerFault, moments: tuple[Moment, ...]) -> Cell:
    """Takes the course to a pass and through Exit, with the fault at each of the moments, then launches it again."""
    session = lms.launch(package, conduct=conduct, learner=f"{conduct}-{fault}-{'-'.join(moments)}")
    learner = Learner(session.frame)
    told: dict[Moment, str] = {}
    saved(session).wait_for(state="attached", timeout=40_000)
    session.wait_for_server()

    def at(moment: Moment, failing: bool) -> None:
        if moment not in moments:
            return
        if failing:
            session.server_fault(fault)
        else:
            told[moment] = settled(session)
            session.server_fault(None)
            recover(session)

    at("page", True)
    learner.next()
    at("page", False)
    at("answer", True)
    learner.take_page()
    at("answer", False)
    learner.next()
    learner.take_page()
    learner.next()
    at("submit", True)
    learner.take_assessment(2)
    at("submit", False)
    saved(session).wait_for(state="attached", timeout=40_000)
    after_recovery = missing(session.database)
    at("exit", True)
    leave(session, learner, told, failing="exit" in moments)
    after_exit = missing(session.database)
    session.leave()
    session.site.fault = None
    again = lms.launch(package, conduct=conduct, learner=f"{conduct}-{fault}-{'-'.join(moments)}")
    expect(again.frame.locator("#sg-save")).to_have_attribute("data-state", "review" if _is_review(again) else "saved")
    cell = Cell(told, after_recovery, after_exit, missing(again.database))
    again.leave()
    return cell


def leave(session: Session, learner: Learner, told: dict[Moment, str], *, failing: bool) -> None:
    """Uses Exit; where that could not save, tries again once the server is back."""
    learner.exit()
    end = session.frame.locator("#sg-end")
    if failing:
        told["exit"] = end.locator("h1").inner_text()
        session.server_fault(None)
    again = end.get_by_role("button", name="Try again")
    if again.is_visible():
        recover(session)
        saved(session).wait_for(state="attached", timeout=40_000)
        again.click()
    expect(end).to_contain_text("Your progress is saved")


def saved(session: Session) -> Locator:
    return session.frame.locator(SAID.format("saved"))


def settled(session: Session) -> str:
    """What the header says of saving, once it no longer says that it is at it."""
    line = session.frame.locator("#sg-save")
    expect(line).not_to_have_attribute("data-state", "saving", timeout=30_000)
    return line.inner_text()


def recover(session: Session) -> None:
    """The learner comes back to the page, for example from signing in again: a failed save is then tried again at once."""
    session.frame.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    saved(session).wait_for(state="attached", timeout=40_000)


def _is_review(session: Session) -> bool:
    modes = [call.result for call in session.calls if call.args == ("cmi.core.lesson_mode",)]
    return bool(modes[0] == "review")
