"""axe-core on every page of every course, light and dark, and on every state of a question."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Frame

from tests.conftest import NPM
from tests.lms.harness import Lms, Package
from tests.lms.learner import Learner

_AXE = NPM / "axe-core" / "axe.min.js"
AXE = _AXE.read_text("utf-8") if _AXE.exists() else ""  # not where only Python is tested


OPTIONS: dict[str, Any] = {"color_scheme": "light", "reduced_motion": "reduce", "bypass_csp": True}
# Beside its page, the header and footer are the same for all: they are looked at once a session.
_PAGE = ".sg-page:not([hidden])"
_RUN = """([part, options]) => axe.run(part ? {include: [part]} : document, {resultTypes: ['violations'], ...options})
    .then(r => r.violations.map(v => [v.id, v.nodes.map(n => n.html.slice(0, 120))]))"""


def violations(frame: Frame, *, dark: bool = True, part: str = _PAGE) -> list[Any]:
    """What axe-core finds on the page that is shown: all rules, best practices and the target sizes of WCAG 2.2 among them, in
    light, and contrast in dark too."""
    if not frame.evaluate("'axe' in window"):
        frame.evaluate(f"() => {{ {AXE} }}")
        part = ""
    found: list[Any] = frame.evaluate(_RUN, [part, {"rules": {"target-size": {"enabled": True}}}])
    if not dark:
        return found
    frame.page.emulate_media(color_scheme="dark")
    found += [("dark", *violation) for violation in frame.evaluate(_RUN, [part, {"runOnly": ["color-contrast"]}])]
    frame.page.emulate_media(color_scheme="light")
    return found


def page_violations(learner: Learner, *, every_kind: bool) -> list[Any]:
    """The same in every state of its questions: as they are, with their hints and answered wrong, and answered right.

    `every_kind`: the answered states are looked at on the whole page and in the dark, too; else in the questions alone, where they differ.
    """
    found: list[Any] = [(learner.title(), violation) for violation in violations(learner.frame)]
    if not learner.checks.count():
        return found
    part = _PAGE if every_kind else f"{_PAGE} form.sg-question"
    for state in ("wrong", "right"):
        for hint in learner.page.locator("form details:not([open]) summary").all():
            hint.click()
        again = learner.page.locator('form [data-action="again"]:visible')
        while again.count():
            again.first.click()
        learner.take_page(right=state == "right")
        told = violations(learner.frame, dark=every_kind, part=part)
        found += [(learner.title(), state, violation) for violation in told]
    return found


@pytest.mark.parametrize("course", ["act-awareness", "feature-tour", "hostile-reconnaissance", "scan"])
def test_every_page_is_accessible_in_every_state(lms: Lms, packages: dict[str, Package], course: str) -> None:
    package = packages[course]
    found: list[Any] = []
    for sco in range(len(package.scos)):
        session = lms.launch(package, sco, **OPTIONS)
        learner = Learner(session.frame)
        while True:
            found += page_violations(learner, every_kind=course == "feature-tour")
            if learner.at_end() or learner.page.locator(".sg-assessment").count():
                break
            learner.next()
        session.context.close()
    assert found == []


@pytest.mark.parametrize("course", ["feature-tour", "hostile-reconnaissance"])
def test_every_state_of_an_assessment_is_accessible(lms: Lms, packages: dict[str, Package], course: str) -> None:
    session = lms.launch(packages[course], viewport=(700, 700), **OPTIONS)
    learner = Learner(session.frame)
    learner.take_pages(right=None)
    found = violations(session.frame)
    learner.start()
    while learner.question.count():
        right = learner.question.locator("input").count() > 2
        found += violations(session.frame)
        if learner.answer(right=right):  # its feedback is shown
            found += violations(session.frame)
            learner.next_question()
    found += violations(session.frame)
    learner.submit()
    found += violations(session.frame)
    learner.press(session.frame.locator('[data-action="menu"]'))
    found += violations(session.frame)
    session.frame.page.keyboard.press("Escape")
    session.fault("refuse")
    learner.press(session.frame.locator('[data-action="back"]'))
    learner.exit()
    found += violations(session.frame)
    assert found == []
