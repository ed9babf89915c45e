"""axe-core on every page of every course, light and dark, and on every state of a question."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Frame

from tests.conftest import NPM
from tests.lms.harness import Lms, Package
from tests.lms.learner import Learner

AXE = (NPM / "axe-core" / "axe.min.js").read_text("utf-8")


OPTIONS: dict[str, Any] = {"color_scheme": "light", "reduced_motion": "reduce", "bypass_csp": True}
_RUN = """options => axe.run(document, options).then(r => r.violations.map(v => [v.id, v.nodes.map(n => n.html.slice(0, 120))]))"""


def violations(frame: Frame) -> list[Any]:
    """What axe-core finds on the page that is shown: all rules, best practices and the target sizes of WCAG 2.2 among them, in
    light, and contrast in dark too."""
    if not frame.evaluate("'axe' in window"):
        frame.evaluate(f"() => {{ {AXE} }}")
    found: list[Any] = frame.evaluate(_RUN, {"rules": {"target-size": {"enabled": True}}})
    frame.page.emulate_media(color_scheme="dark")
    found += [("dark", *violation) for violation in frame.evaluate(_RUN, {"runOnly": ["color-contrast"]})]
    frame.page.emulate_media(color_scheme="light")
    return found


@pytest.mark.parametrize("course", ["act-awareness", "hostile-reconnaissance", "scan"])
def test_every_page_is_accessible(lms: Lms, packages: dict[str, Package], course: str) -> None:
    package = packages[course]
    found: list[Any] = []
    for sco in range(len(package.scos)):
        session = lms.launch(package, sco, **OPTIONS)
        learner = Learner(session.frame)
        while True:
            found += [(learner.title(), violation) for violation in violations(session.frame)]
            learner.take_page(right=False)
            found += [(learner.title(), "answered", violation) for violation in violations(session.frame)]
            if learner.at_end() or learner.page.locator(".sg-assessment").count():
                break
            learner.next()
        session.context.close()
    assert found == []


def test_every_state_of_an_assessment_is_accessible(lms: Lms, packages: dict[str, Package]) -> None:
    package = packages["hostile-reconnaissance"]
    session = lms.launch(package, viewport=(700, 700), **OPTIONS)
    learner = Learner(session.frame)
    learner.take_pages()
    found = violations(session.frame)
    learner.start()
    found += violations(session.frame)
    while learner.question.count():
        learner.answer_one(right=learner.question.locator("input").count() > 2)
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
