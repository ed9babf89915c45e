"""What scenarios say at their ends: each decision's feedback with that decision, and a verdict on the end alone."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator

from tests.lms.harness import Lms, Package
from tests.lms.learner import Learner, answer_key

Build = Callable[[dict[str, str | bytes]], Package]
ENDS = {"well": lambda score: score == 1, "fair": lambda score: 0 < score < 1, "badly": lambda score: score == 0}
WORDS = {"It ends well": "well", "It could have ended better": "fair", "It ends badly": "badly"}

# Plays every path of a scenario, and tells what is seen at the end of each.
PLAY = """form => {
    const shown = selector => [...form.querySelectorAll(selector)].map(e => e.innerText.trim());
    const ends = [];
    const play = path => {
        form.querySelector('[data-action="again"]').click();
        for (const letter of path) form.querySelector(`.sg-decision[data-option="${letter}"]`).click();
        const scene = form.querySelector('.sg-scene:not([hidden])');
        const decisions = [...scene.querySelectorAll('.sg-decision')].map(button => button.dataset.option);
        for (const letter of decisions) play([...path, letter]);
        if (!decisions.length) ends.push({
            path, end: scene.dataset.part, steps: shown('.sg-path li'), verdict: shown('.sg-feedback-title')[0],
            title: shown('.sg-scene:not([hidden]) .sg-scene-title')[0], why: shown('.sg-feedback')[0],
        });
    };
    play([]);
    return ends;
}"""


@pytest.mark.parametrize("course", ["act-awareness", "feature-tour", "hostile-reconnaissance", "scan"])
def test_no_end_of_a_courses_scenario_contradicts_what_is_said_of_a_decision(
    browser: Browser, packages: dict[str, Package], course: str
) -> None:
    package = packages[course]
    played = 0
    page = browser.new_page()
    for _, href, _ in package.scos:
        page.goto((package.folder / href).as_uri())
        for form in page.locator('form[data-kind="scenario"]').all():
            number = form.evaluate("form => form.closest('.sg-page').dataset.page")
            page.locator(f'.sg-menu-link[data-page="{number}"]').evaluate("link => link.click()")
            ends = form.evaluate(PLAY)
            for end in ends:
                check_end(end, answer_key(form))
            scenes = form.locator(".sg-scene:not(:has(.sg-decision))").evaluate_all(
                "all => all.map(e => e.dataset.part)"
            )
            assert {end["end"] for end in ends} == set(scenes)
            played += 1
    page.close()
    assert played


def check_end(end: dict[str, Any], key: dict[str, Any]) -> None:
    """The verdict is the end's; what is said of a decision stands with it, and nowhere else."""
    how, _, title = end["verdict"].partition(": ")
    assert title == end["title"]
    assert ENDS[WORDS[how]](key["score"][end["end"]])
    assert len(end["steps"]) == len(end["path"])
    for letter, step in zip(end["path"], end["steps"], strict=True):
        feedback = re.sub(r"<[^>]*>", "", key.get("feedback", {}).get(letter, ""))
        assert step.endswith(feedback)
        assert not feedback or feedback not in end["why"]
        assert not (feedback.startswith("Yes") and "Not right" in step)


SCENARIO = """\
### Scenario: The bag {#P-bag score=partial}

#### Who are you? {#P-who}

- [x] [Staff](#P-see)
- [x] [A visitor](#P-see)

#### You see a bag {#P-see}

- [x] [Ask for the owner](#P-ask)
  > Yes. Look for the owner first.
- [ ] [Walk past](#P-past)

#### Nobody knows {#P-ask}

- [x] [Step away](#P-away)
- [ ] [Open it](#P-open)
  > Never touch it.

#### You walk past {#P-past score=0}

Nobody ever looks.

#### You open it {#P-open score=40}

**Better:** leave it alone.

#### You step away {#P-away score=100}

Control takes over.

> **Explanation:** HOT helps you to decide.

"""
PATH = ["Your decisions", "Staff", "Ask for the owner", "Right", "Yes. Look for the owner first."]
OPENED = [*PATH, "Open it", "Not right", "Never touch it."]


def lines(place: Locator) -> list[str]:
    return [line.strip() for line in place.inner_text().split("\n") if line.strip()]


def decide(form: Locator, *words: str) -> None:
    for word in words:
        form.get_by_role("button", name=word).click()


def test_feedback_stands_with_its_decision_and_the_verdict_speaks_of_the_end(lms: Lms, build: Build) -> None:
    other = SCENARIO.replace("P-", "o-")
    for score in (" score=0", " score=40", " score=100"):
        other = other.replace(f"{score}}}", "}")
    unscored = other.replace("[x] ", "").replace("[ ] ", "").replace(" score=partial", "").replace("o-", "u-")
    package = build({
        "courses/c/course.yml": "title: Doors\n",
        "courses/c/01-page.md": "# Page\n\n" + SCENARIO.replace("P-", "c-") + other + unscored,
    })  # fmt: skip
    session = lms.launch(package)
    form = session.frame.locator("#q-c-bag")
    decide(form, "Staff", "Ask for the owner", "Open it")
    assert lines(form.locator(".sg-scenario")) == [*OPENED, "You open it", "Better: leave it alone."]
    feedback = form.locator(".sg-feedback")
    assert lines(feedback) == ["It could have ended better: You open it", "HOT helps you to decide."]
    decide(form, "Try again", "Staff", "Ask for the owner", "Step away")
    assert lines(form.locator(".sg-path")) == [*PATH, "Step away", "Right"]
    assert lines(feedback)[0] == "It ends well: You step away"
    decide(form, "Try again", "A visitor", "Walk past")
    assert lines(feedback)[0] == "It ends badly: You walk past"
    form = session.frame.locator("#q-o-bag")
    decide(form, "Staff", "Ask for the owner", "Open it")
    assert lines(form.locator(".sg-feedback"))[0] == "Right decisions: 1 of 2. The end: You open it"
    form = session.frame.locator("#q-u-bag")
    decide(form, "Staff", "Ask for the owner", "Open it")
    assert lines(form.locator(".sg-path"))[3:5] == ["Yes. Look for the owner first.", "Open it"]
    assert lines(form.locator(".sg-feedback"))[0] == "The end: You open it"
    results = {i["id"]: i["result"] for i in session.interactions()}
    assert (results["c-bag"], results["o-bag"], results["u-bag"]) == ("wrong", "0.67", "neutral")
    assert session.errors == []


@pytest.mark.parametrize("told", [True, False])
def test_a_result_lists_the_decisions_with_their_feedback_and_how_it_ended(
    lms: Lms, build: Build, *, told: bool
) -> None:
    settings = f"pass: 50, review: all, feedback: {'end' if told else 'none'}"
    package = build({
        "courses/c/course.yml": "title: Doors\n",
        "courses/c/90-test.md": f"---\ntitle: Test\nassessment: {{{settings}}}\n---\n\n" + SCENARIO.replace("P-", "t-"),
    })  # fmt: skip
    session = lms.launch(package)
    learner = Learner(session.frame)
    learner.start()
    decide(learner.question, "Staff", "Ask for the owner", "Open it")
    learner.next_question()
    learner.submit()
    heard = (
        OPENED
        if told
        else [line for line in OPENED if line not in ("Yes. Look for the owner first.", "Never touch it.")]
    )
    end = ["Better: leave it alone.", "HOT helps you to decide."] if told else []
    item = learner.page.locator(".sg-review-item")
    assert lines(item) == ["1. The bag", "It could have ended better: You open it", *heard, *end]
    assert session.interactions()[-1]["result"] == "0.4"
    session.leave()
    again = lms.launch(package)
    assert lines(Learner(again.frame).page.locator(".sg-review-item"))[1] == "It could have ended better: You open it"
    assert again.errors == []
