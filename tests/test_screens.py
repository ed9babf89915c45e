"""What learners see and can reach in the packaged page: after Exit, with the contents open, while a sound plays, on a narrow screen."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Frame

from tests.lms.harness import Lms, Package
from tests.lms.learner import Learner

Build = Callable[[dict[str, str | bytes]], Package]
FILES: dict[str, str | bytes] = {
    "courses/screens/course.yml": "title: Screens\nversion: 1.0.0\n",
    "courses/screens/01-one.md": (
        "# One\n\nSome words, and a [link](#two).\n\n### Q: First? {#first}\n\n- [x] Yes\n- [ ] No\n\n## Two {#two}\n\nThe end.\n"
    ),
}


def shown(frame: Frame) -> list[str]:
    """Each line of text that is rendered, but for the footer with the course's version."""
    lines: list[str] = frame.evaluate("document.body.innerText.split(/\\n+/).filter(Boolean)")
    return [line for line in lines if not line.startswith("Screens 1.0.0")]


def reachable(frame: Frame) -> set[str]:
    """The classes of everything that Tab or the pointer finds, besides the end itself and the empty page."""
    found: set[str] = set(
        frame.evaluate("""() => {
          const names = new Set();
          for (let x = 5; x < innerWidth; x += 20) for (let y = 5; y < innerHeight; y += 10) names.add(document.elementFromPoint(x, y));
          return [...names].filter((e) => !e.closest('#sg-end, .sg-footer') && e !== document.body && e !== document.documentElement)
            .map((e) => e.className);
        }""")
    )
    for _ in range(12):
        frame.page.keyboard.press("Tab")
        found.add(
            frame.evaluate("(e => e.matches('body, #sg-end, #sg-end *') ? '' : e.className)(document.activeElement)")
        )
    return found - {""}


def try_everything(frame: Frame) -> None:
    """Keys and addresses that mean something in a course."""
    for key in ("Escape", "ArrowRight", "PageDown", "Home", "Alt+ArrowRight"):
        frame.page.keyboard.press(key)
    frame.evaluate("location.hash = '#two'")


END = "You have left the course"
UNSAVED = [
    "Not saved yet",
    "Your last answers have not reached the learning system. Check your connection, then try again.",
    "Try againLeave without savingGo back to the course",
]


@pytest.mark.parametrize(
    ("options", "fault", "words"),
    [
        ({}, None, [END, "Your progress is saved. You can close this window now."]),
        ({"mode": "review"}, None, [END, "Nothing was recorded. You can close this window now."]),
        ({"viewport": (360, 640)}, "refuse", UNSAVED),
    ],
)
def test_after_exit_nothing_of_the_course_is_left(
    lms: Lms, build: Build, options: Any, fault: str | None, words: list[str]
) -> None:
    session = lms.launch(build(FILES), **options)
    learner = Learner(session.frame)
    session.fault(fault)
    if fault:
        learner.take_page()
    learner.exit()
    calls = len(session.calls)
    for _ in range(2):
        assert [" ".join(line.split()) for line in shown(session.frame)] == words
        assert reachable(session.frame) == set()
        try_everything(session.frame)
    if not fault:
        assert len(session.calls) == calls
        return
    for button in ("Go back to the course", "Leave without saving"):
        session.frame.get_by_role("button", name=button).click()
        if "back" in button:
            assert "First?" in shown(session.frame)
            assert learner.page.locator(".sg-page-title").evaluate("e => e === document.activeElement")
            learner.next()
            assert learner.title() == "Two"
            learner.exit()
    assert shown(session.frame) == [END, "Your last answers could not be saved. You can close this window now."]
    assert reachable(session.frame) == set()


def test_after_exit_nothing_plays_on(lms: Lms, packages: dict[str, Package]) -> None:
    session = lms.launch(packages["feature-tour"])
    sound = session.frame.locator("audio")
    sound.evaluate("sound => { sound.muted = sound.loop = true; return sound.play(); }")
    Learner(session.frame).exit()
    assert sound.evaluate("sound => sound.paused")
