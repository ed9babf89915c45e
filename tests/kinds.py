"""A question of every kind, the answers that learners give to each, and what an LMS must then hold.

The letters are those that `course.lock` gives: matching and ordering have theirs scrambled, so that they tell nothing.
"""

from __future__ import annotations

from typing import Any, NamedTuple

from playwright.sync_api import Locator

from tests.lms.learner import Learner

QUESTIONS = """\
### Q: Which letter begins HOT? {#P-single objective=hot}

- [x] H
  > H is for hidden.
- [ ] O
- [ ] T
  > T comes last.
- [ ] None {pin}

> **Hint:** Say the word. **Correct:** Well said. **Wrong:** Not that one.

### Q: Which are of the four Cs? {#P-multiple score=partial points=2 objective=cs}

- [x] Confirm
- [ ] Chase
- [x] Clear
- [ ] Catch

### Q: Security is everyone's job. {#P-true}

- [x] True
- [ ] False

### Q: Match the words. {#P-matching score=partial objective=cs}

- Confirm -> Check that it is suspicious
  > Confirm comes first.
- Clear -> Move people away
- Communicate -> Tell control
- [ ] -> Take a photograph

### Q: Put the four Cs in order. {#P-order type=order score=partial}

1. Confirm
2. Clear
3. Communicate
4. Control

### Q: Fill the gaps. {#P-gaps score=partial}

Ring the [[Service Desk | IT]] and stay [[= 100 ± 10]] metres away.

> **Explanation:** The desk knows what to do.

### Q: Which number is for emergencies? {#P-text type=text}

- [x] 999
- [x] 112
- [ ] 101
  > That one is for what can wait.

### Q: How many Cs are there? {#P-number type=number}

- [x] 4
- [ ] 3
  > HOT has three letters.

### Scenario: The bag {#P-scenario score=partial}

A bag stands at the barrier.

#### You see it {#P-see}

Nobody is near.

- [x] [Ask people nearby](#P-ask)
  > Asking is quick.
- [ ] [Walk past](#P-past)

#### You ask {#P-ask}

It is nobody's.

- [x] [Tell control](#P-told)
- [ ] [Open it](#P-opened)

#### You walk past {#P-past}

It stays on your mind.

- [Go back](#P-see)
- [Go home](#P-home)

#### Control comes {#P-told}

They take over.

#### You open it {#P-opened}

A lunch box. It could have been worse.

#### You go home {#P-home}

You never hear of it again.

"""

SURVEYS = """\
### Survey: How sure are you? {#P-rows scale=confident5}

- I know what to look for
- I know whom to tell

### Survey: What will you do? {#P-comment type=text size=60}

### Survey: Where do you work? {#P-place}

- [ ] Office
- [ ] Shop

"""

MATCH = "1.b,2.d,3.c"
STEPS = "d,c,b,a"


class Given(NamedTuple):
    """An answer: what is done on the page, and the interactions that it makes: id, type, response, patterns, result."""

    question: str
    do: Any
    made: list[tuple[str, str, str, list[str], str]]


def right() -> list[Given]:
    return [
        Given("single", ["a"], [("single", "choice", "a", ["a"], "correct")]),
        Given("multiple", ["a", "c"], [("multiple", "choice", "a,c", ["a,c"], "correct")]),
        Given("true", ["t"], [("true", "true-false", "t", ["t"], "correct")]),
        Given("matching", {"1": "b", "2": "d", "3": "c"}, [("matching", "matching", MATCH, [MATCH], "correct")]),
        Given("order", ["d", "c", "b", "a"], [("order", "sequencing", STEPS, [STEPS], "correct")]),
        Given("gaps", {"1": "service  desk", "2": "95.5"}, [
            ("gaps.1", "fill-in", "service  desk", ["Service Desk", "IT"], "correct"),
            ("gaps.2", "numeric", "95.5", ["100"], "correct"),
        ]),
        Given("text", "112", [("text", "fill-in", "112", ["999", "112"], "correct")]),
        Given("number", "4.0", [("number", "numeric", "4", ["4"], "correct")]),
        Given("scenario", ["a", "c"], [
            ("scenario.1", "choice", "a", ["a"], "correct"),
            ("scenario.2", "choice", "c", ["c"], "correct"),
            ("scenario", "performance", "1a,2c", [], "correct"),
        ]),
    ]  # fmt: skip


def wrong() -> list[Given]:
    return [
        Given("single", ["c"], [("single", "choice", "c", ["a"], "wrong")]),
        Given("multiple", ["b", "d"], [("multiple", "choice", "b,d", ["a,c"], "wrong")]),
        Given("true", ["f"], [("true", "true-false", "f", ["t"], "wrong")]),
        Given("matching", {"1": "a", "2": "c", "3": "d"}, [("matching", "matching", "1.a,2.c,3.d", [MATCH], "wrong")]),
        Given("order", ["a", "b", "c", "d"], [("order", "sequencing", "a,b,c,d", [STEPS], "wrong")]),
        Given("gaps", {"1": "café", "2": "12"}, [
            ("gaps.1", "fill-in", "café", ["Service Desk", "IT"], "wrong"),
            ("gaps.2", "numeric", "12", ["100"], "wrong"),
        ]),
        Given("text", "101", [("text", "fill-in", "101", ["999", "112"], "wrong")]),
        Given("number", "-3", [("number", "numeric", "-3", ["4"], "wrong")]),
        Given("scenario", ["b", "f"], [
            ("scenario.1", "choice", "b", ["a"], "wrong"),
            ("scenario.3", "choice", "f", [], "neutral"),
            ("scenario", "performance", "1b,3f", [], "wrong"),
        ]),
    ]  # fmt: skip


def partly() -> list[Given]:
    return [
        Given("single", ["b"], [("single", "choice", "b", ["a"], "wrong")]),
        Given("multiple", ["a"], [("multiple", "choice", "a", ["a,c"], "0.5")]),
        Given("true", ["t"], [("true", "true-false", "t", ["t"], "correct")]),
        Given("matching", {"1": "b", "3": "c"}, [("matching", "matching", "1.b,3.c", [MATCH], "0.67")]),
        Given("order", ["c", "d", "b", "a"], [("order", "sequencing", "c,d,b,a", [STEPS], "0.67")]),
        Given("gaps", {"1": "IT."}, [
            ("gaps.1", "fill-in", "IT.", ["Service Desk", "IT"], "correct"),
            ("gaps.2", "numeric", "", ["100"], "wrong"),
        ]),
        Given("text", "998", [("text", "fill-in", "998", ["999", "112"], "wrong")]),
        Given("number", "1,004", [("number", "numeric", "1004", ["4"], "wrong")]),
        # Walks past, goes back, and decides anew: what was undone does not count.
        Given("scenario", ["b", "e", "a", "d"], [
            ("scenario.1", "choice", "a", ["a"], "correct"),
            ("scenario.2", "choice", "d", ["c"], "wrong"),
            ("scenario", "performance", "1a,2d", [], "0.5"),
        ]),
    ]  # fmt: skip


def blank() -> list[Given]:
    return [
        Given("single", None, [("single", "choice", "", ["a"], "wrong")]),
        Given("multiple", None, [("multiple", "choice", "", ["a,c"], "wrong")]),
        Given("true", None, [("true", "true-false", "", ["t"], "wrong")]),
        Given("matching", None, [("matching", "matching", "", [MATCH], "wrong")]),
        Given("order", None, [("order", "sequencing", "", [STEPS], "wrong")]),
        Given("gaps", None, [
            ("gaps.1", "fill-in", "", ["Service Desk", "IT"], "wrong"),
            ("gaps.2", "numeric", "", ["100"], "wrong"),
        ]),
        Given("text", None, [("text", "fill-in", "", ["999", "112"], "wrong")]),
        Given("number", None, [("number", "numeric", "", ["4"], "wrong")]),
        Given("scenario", None, [("scenario", "performance", "", [], "wrong")]),
    ]  # fmt: skip


def surveys() -> list[Given]:
    return [
        Given("rows", {"1": "5", "2": "1"}, [("rows.1", "likert", "5", [], "neutral"), ("rows.2", "likert", "1", [], "neutral")]),
        Given("comment", "Ask – and tell “control”.", [("comment", "fill-in", "Ask – and tell “control”.", [], "neutral")]),
        Given("place", ["b"], [("place", "choice", "b", [], "neutral")]),
    ]  # fmt: skip


ANSWERS = {"right": right, "wrong": wrong, "partly": partly, "blank": blank}


def give(learner: Learner, form: Locator, given: Given) -> None:
    """Gives an answer with the learner's device."""
    match given.question, given.do:
        case _, None:
            return
        case "order", list(wanted):
            learner.put_in_order(form, wanted)
        case "scenario", list(decisions):
            for letter in decisions:
                learner.press(form.locator(f'.sg-decision[data-option="{letter}"]'))
        case "rows", dict(rows):
            for part, point in rows.items():
                learner.pick(form.locator(f'[data-part="{part}"] input'), point)
        case _, list(letters):
            learner.choose(form, letters)
        case "matching", dict(pairs):
            for part, letter in pairs.items():
                learner.select(form.locator(f'[data-part="{part}"] select'), letter)
        case "gaps", dict(texts):
            for part, text in texts.items():
                learner.type(form.locator(f'[data-part="{part}"]'), text)
        case _, str(text):
            learner.type(form.locator(".sg-answer .sg-input"), text)
