"""Courses in the run-times of Moodle and Open edX: what reaches their servers, and what a fault of the server does to it."""

from __future__ import annotations

from typing import Literal

import pytest

from tests.lms.harness import Conduct, Lms, Package, Session
from tests.lms.learner import Learner
from tests.lms.recovery import build_package
from tests.lms.server import Fault

FILES = {
    "courses/c/course.yml": "title: Conducts\n",
    "courses/c/01-one.md": "# One\n\n### Q: First? {#first}\n\n- [x] Yes\n- [ ] No\n\n## Two\n\nText.\n\n## Three\n\nText.\n",
    "courses/c/90-test.md": "---\ntitle: Test\nassessment: {pass: 50}\n---\n\n### Q: Second? {#second}\n\n- [x] Yes\n- [ ] No\n",
}


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> Package:
    return build_package(tmp_path_factory.mktemp("conducts"), FILES)


def answers(session: Session) -> list[tuple[str, str, str]]:
    return [(one["id"], one["student_response"], one["result"]) for one in session.database.interactions]


@pytest.mark.parametrize("conduct", ["strict", "moodle", "openedx"])
def test_a_pass_is_in_the_database_and_the_next_launch_gets_it(lms: Lms, package: Package, conduct: Conduct) -> None:
    session = lms.launch(package, conduct=conduct)
    learner = Learner(session.frame)
    learner.take_pages()
    learner.take_assessment(1)
    session.leave()
    held = session.database
    assert (held.status, held.score, held.exit, held.location) == ("passed", "100", "", "test")
    assert answers(session) == [("first", "a", "correct"), ("second", "a", "correct")]
    assert session.faults == []
    again = lms.launch(package, conduct=conduct)
    assert "Passed" in again.frame.locator(".sg-result-title").inner_text()
    mode = {call.args[0]: call.result for call in again.calls if call.name == "LMSGetValue"}["cmi.core.lesson_mode"]
    assert mode == {"strict": "normal", "moodle": "review", "openedx": ""}[conduct]


# What LMSCommit answers while the server is away, and the error code after it.
FAILED, UNSEEN = ["false", "101"], ["true", "0"]
FAULTS: dict[Conduct, dict[Fault | Literal["offline"], list[str]]] = {
    "strict": {"500": FAILED, "303": FAILED, "refused": UNSEEN, "lost": UNSEEN},
    "moodle": {"500": FAILED, "303": FAILED, "refused": UNSEEN, "lost": UNSEEN, "offline": UNSEEN},
    "openedx": {"500": UNSEEN, "303": UNSEEN, "refused": UNSEEN, "lost": UNSEEN, "offline": UNSEEN},
}


def save(session: Session, language: str) -> list[str]:
    """Sets an element that the course leaves alone and commits: the answer, and the error code after it."""
    answer: list[str] = session.page.evaluate(
        "value => (API.LMSSetValue('cmi.student_preference.language', value), [API.LMSCommit(''), API.LMSGetLastError()])",
        language,
    )
    session.wait_for_server()
    return answer


@pytest.mark.parametrize("conduct", ["strict", "moodle", "openedx"])
def test_a_fault_of_the_server_keeps_the_database_as_it_was(lms: Lms, package: Package, conduct: Conduct) -> None:
    session = lms.launch(package, conduct=conduct)
    for fault, answer in FAULTS[conduct].items():
        assert save(session, f"before {fault}") == UNSEEN
        assert session.database.elements["cmi.student_preference.language"] == f"before {fault}"
        session.server_fault(fault)
        assert (fault, save(session, f"during {fault}")) == (fault, answer)
        session.server_fault(None)
        assert session.database.elements["cmi.student_preference.language"] == f"before {fault}"
    assert session.faults == []
