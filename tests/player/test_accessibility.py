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
_RUN = """([whole, options]) => axe.run(whole ? document : {include: ['.sg-page:not([hidden])']}, options)
    .then(r => r.violations.map(v => [v.id, v.nodes.map(n => n.html.slice(0, 120))]))"""


def violations(frame: Frame, *, dark: bool = True) -> list[Any]:
    """What axe-core finds on the page that is shown: all rules, best practices and the target sizes of WCAG 2.2 among them, in
    light, and contrast in dark too."""
    whole = not frame.evaluate("'axe' in window")
    if whole:
        frame.evaluate(f"() => {{ {AXE} }}")
    found: list[Any] = frame.evaluate(_RUN, [whole, {"rules": {"target-size": {"enabled": True}}}])
    if not dark:
        return found
    frame.page.emulate_media(color_scheme="dark")
    found += [("dark", *violation) for violation in frame.evaluate(_RUN, [whole, {"runOnly": ["color-contrast"]}])]
    frame.page.emulate_media(color_scheme="light")
    return found


def page_violations(learner: Learner, *, dark: bool) -> list[Any]:
    """The same in every state of its questions: as they are, with their hints and answered wrong, and answered right.

    `dark`: the answered states in the dark, too.
    """
    found: list[Any] = [(learner.title(), violation) for violation in violations(learner.frame)]
    if not learner.checks.count():
        return found
    for state in ("wrong", "right"):
        for hint in learner.page.locator("form details:not([open]) summary").all():
            hint.click()
        again = learner.page.locator('form [data-action="again"]:visible')
        while again.count():
            again.first.click()
        learner.take_page(right=state == "right")
        found += [(learner.title(), state, violation) for violation in violations(learner.frame, dark=dark)]
    return found


@pytest.mark.parametrize("course", ["act-awareness", "feature-tour", "hostile-reconnaissance", "scan"])
def test_every_page_is_accessible_in_every_state(lms: Lms, packages: dict[str, Package], course: str) -> None:
    package = packages[course]
    found: list[Any] = []
    for sco in range(len(package.scos)):
        session = lms.launch(package, sco, **OPTIONS)
        learner = Learner(session.frame)
        while True:
            found += page_violations(learner, dark=course == "feature-tour")  # which has every kind
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
