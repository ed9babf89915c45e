"""A learner's half-finished attempt, made with one version of a course and resumed in the next."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.conftest import Write, scormgen
from tests.lms.harness import Lms, Package, Session, unpack
from tests.lms.learner import Learner

FIRST = {
    "courses/c/course.yml": "title: Course\nversion: 1.0.0\n",
    "courses/c/01-pages.md": (
        "# Pages\n\nText.\n\n## Kept\n\n### Q: A check? {#check}\n\n- [x] Yes\n- [ ] No\n\n## Gone\n\nText.\n\n"
        "### Q: A check that goes? {#gone-check}\n\n- [x] Yes\n- [ ] No\n"
    ),
    "courses/c/90-test.md": """\
---
title: Test
assessment: {pass: 60, attempts: 3}
---

### Q: Which is first? {#one}

- [x] First
- [ ] Second

### Q: Which are right? {#gone}

- [x] A
- [x] B
- [ ] C

### Q: Match. {#match}

- Water -> Wood
- Foam -> Oil

### Q: Order. {#order type=order}

1. Look
2. Think
3. Tell

### Q: Which number? {#number type=text}

- [x] 999

### Q: The last? {#last}

- [x] Yes
- [ ] No
""",
}
SECOND = {
    "courses/c/course.yml": "title: Course\nversion: 2.0.0\n",
    "courses/c/01-pages.md": (
        "# Pages\n\nOther text.\n\n## New\n\nText.\n\n## Kept\n\n### Q: A check, reworded? {#check}\n\n- [x] Yes, of course\n- [ ] No\n- [ ] Perhaps\n"
    ),
    "courses/c/90-test.md": """\
---
title: Test
assessment: {pass: 60, attempts: 3}
---

### Q: Order. {#order type=order}

1. Look
2. Think
3. Tell
4. Write

### Q: A new one? {#new}

- [x] Yes
- [ ] No

### Q: Which is first? {#one}

- [ ] Zeroth
- [x] First
- [ ] Second

### Q: Match. {#match}

- Powder -> Wires
- Water -> Wood
- Foam -> Oil

### Q: Which number? {#number type=text}

- [x] 999
- [x] 112

### Q: The last? {#last}

- [x] Yes
- [ ] No
""",
}
Release = Callable[[dict[str, str]], Package]


@pytest.fixture
def release(workspace: Write) -> Release:
    """Builds a version of the course over the last one: `course.lock` goes on."""

    def make(files: dict[str, str]) -> Package:
        root = workspace(dict(files))
        run = scormgen("build", "--format", "json", cwd=root)
        assert run.code == 0, run.json["problems"]
        package = run.json["packages"][0]
        found = unpack(root / package["path"], root / f"unzipped-{package['version']}")
        return Package("c", found.folder, found.scos)

    return make


def half_way(session: Session) -> None:
    """Sees all pages, answers the checks, and five of six questions."""
    learner = Learner(session.frame)
    learner.take_pages()
    learner.start()
    answers: list[Callable[[], Any]] = [
        lambda: learner.choose(learner.question, ["a"]),
        lambda: learner.choose(learner.question, ["a", "c"]),
        lambda: [
            learner.question.get_by_label(prompt).select_option(label=label)
            for prompt, label in (("Water", "Wood"), ("Foam", "Wood"))
        ],
        lambda: put_first(learner, "Think"),
        lambda: learner.type(learner.question.get_by_label("Your answer"), "998"),
    ]
    for answer in answers:
        answer()
        learner.press(learner.page.locator('[data-action="next-question"]'))
    session.leave()


def put_first(learner: Learner, text: str) -> None:
    button = learner.question.get_by_role("button", name=f"Move up: {text}")
    while not text_of(learner)[0].startswith(text):
        button.click()


def text_of(learner: Learner) -> list[str]:
    return learner.question.locator(".sg-order-text").all_inner_texts()


def walk(learner: Learner) -> dict[str, Any]:
    """What each question of the attempt shows, by its title, from the first on."""
    while learner.page.locator('[data-action="previous-question"]').is_visible():
        learner.press(learner.page.locator('[data-action="previous-question"]'))
    found: dict[str, Any] = {}
    while learner.question.count():
        form = learner.question
        title = form.locator(".sg-question-title").inner_text()
        if form.locator(".sg-order").count():
            found[title] = text_of(learner)
        elif form.locator("select").count():
            found[title] = form.locator("select").evaluate_all("all => all.map(s => s.selectedOptions[0].text)")
        elif form.locator(".sg-answer").count():
            found[title] = form.locator(".sg-input").input_value()
        else:
            found[title] = form.locator(".sg-option:has(:checked) label").all_inner_texts()
        learner.press(learner.page.locator('[data-action="next-question"]'))
    return found


def test_a_half_finished_attempt_survives_an_update(lms: Lms, release: Release) -> None:
    half_way(lms.launch(release(FIRST)))
    session = lms.launch(release(SECOND))
    learner = Learner(session.frame)
    assert learner.question.locator(".sg-question-title").inner_text() == "The last?"
    # The order of the things was Write last: it is new. What was moved stays moved.
    found = walk(learner)
    assert list(found) == [
        "Order.", "A new one?", "Which is first?", "Match.", "Which number?", "The last?",
    ]  # fmt: skip
    assert found["Order."][0] == "Think"
    assert found["Order."][3] == "Write"
    assert sorted(found["Order."]) == ["Look", "Tell", "Think", "Write"]
    assert found["A new one?"] == []
    assert found["Which is first?"] == ["First"]
    assert found["Match."] == ["Choose…", "Wood", "Wood"]
    assert found["Which number?"] == "998"
    assert found["The last?"] == []
    learner.submit()
    results = {i["id"]: (i["student_response"], i["result"]) for i in session.interactions() if "check" not in i["id"]}
    assert results["one"] == ("a", "correct")
    assert results["new"] == ("", "wrong")
    assert results["number"] == ("998", "wrong")
    assert session.errors == []


def test_pages_and_checks_survive_an_update(lms: Lms, release: Release) -> None:
    half_way(lms.launch(release(FIRST)))
    session = lms.launch(release(SECOND))
    ticked = session.frame.locator(".sg-menu-link:has(.sg-tick)").evaluate_all(
        "links => links.map(link => link.firstChild.textContent.trim())"
    )
    assert ticked == ["Pages", "Kept", "Test"]
    form = session.frame.locator("#q-check")
    assert form.locator(".sg-option:has(:checked) label").text_content() == "Yes, of course"
    assert form.locator(".sg-feedback-right").count() == 1


def test_what_is_gone_is_forgotten(lms: Lms, release: Release) -> None:
    """A question that comes back after a version without it begins afresh: its old answer was dropped."""
    half_way(lms.launch(release(FIRST)))
    session = lms.launch(release(SECOND))
    Learner(session.frame).press(session.frame.locator('[data-action="next-question"]'))
    session.leave()
    again = lms.launch(release(FIRST))
    learner = Learner(again.frame)
    assert walk(learner)["Which are right?"] == []
    assert again.frame.locator("#q-gone-check .sg-feedback-title").count() == 0
    assert again.frame.locator("#q-check .sg-feedback-title").count() == 1


def test_state_that_is_damaged_never_breaks_the_launch(lms: Lms, release: Release) -> None:
    package = release(FIRST)
    session = lms.launch(package)
    half_way(session)
    stored = lms.stored(session.attempt)
    assert stored
    data = stored["cmi"]["suspend_data"]
    spoiled = ["", "x", "9" + data[1:], data.replace(data[1:5], "Zzzz"), data[: len(data) // 2], data[:-1] + "~", data + ".,~",
               data[:6] + "".join(reversed(data[6:])), "1" * 4096, "\u00e9\U0001f600.,~" * 50, data.replace(",", ".")]  # fmt: skip
    for number, text in enumerate(spoiled):
        broken = {**stored, "cmi": {**stored["cmi"], "suspend_data": text}}
        again = lms.launch(package, learner=f"L{number}", stored=broken)
        again.frame.locator(".sg-menu-link").nth(1).evaluate("link => link.click()")
        assert again.frame.locator("#sg-place").inner_text() == "Page 2 of 4"
        assert again.errors == [], text
        again.context.close()
