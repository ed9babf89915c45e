"""A learner: takes a course by what is on the screen, with the mouse or with the keyboard alone."""

from __future__ import annotations

import base64
import json
import re
from dataclasses import dataclass
from typing import Any

from playwright.sync_api import Frame, Locator


def answer_key(form: Locator) -> dict[str, Any]:
    """The question's key, as the player reads it."""
    found: dict[str, Any] = json.loads(base64.b64decode(form.get_attribute("data-key") or ""))
    return found


def typed(wanted: list[Any]) -> str:
    """What is right in a field: the first of some texts, or the middle of a range."""
    return str(wanted[0]) if isinstance(wanted[0], str) else f"{sum(wanted) / 2:g}"


@dataclass(slots=True)
class Learner:
    """Drives the player in a frame."""

    frame: Frame
    keyboard: bool = False
    touch: bool = False

    def press(self, control: Locator) -> None:
        """Uses a button or link: by a click, by a tap, or by Tab to it and Enter."""
        if self.touch:
            control.tap()
        elif not self.keyboard:
            control.click()
        else:
            self.tab_to(control)
            self.frame.page.keyboard.press("Enter")

    def type(self, field: Locator, text: str) -> None:
        """Types into a field."""
        if self.keyboard:
            self.tab_to(field)
        else:
            self.press(field)
        self.frame.page.keyboard.type(text)

    def select(self, field: Locator, value: str) -> None:
        """Chooses from a list; with the keyboard, by the arrow keys."""
        if not self.keyboard:
            field.select_option(value)
            return
        self.tab_to(field)
        for _ in range(40):
            if field.input_value() == value:
                return
            self.frame.page.keyboard.press("ArrowDown")
        raise AssertionError(f"{value} cannot be chosen")

    def pick(self, group: Locator, value: str) -> None:
        """Chooses one of a group of radio buttons; with the keyboard, by Tab to the group and the arrow keys."""
        wanted = group.and_(self.frame.locator(f'[value="{value}"]'))
        if not self.keyboard:
            self.press(wanted)
            return
        self.tab_to(group.first)
        self.frame.page.keyboard.press("Space")
        for _ in range(40):
            if wanted.is_checked():
                return
            self.frame.page.keyboard.press("ArrowDown")
        raise AssertionError(f"{value} cannot be chosen")

    def tab_to(self, control: Locator) -> None:
        """Moves the focus with Tab alone, forwards and round, until the control has it."""
        handle = control.element_handle()
        assert handle
        for _ in range(400):
            if self.frame.evaluate("e => document.activeElement === e", handle):
                return
            self.frame.page.keyboard.press("Tab")
            if self.frame.evaluate("!document.hasFocus()"):
                self.frame.evaluate("document.body.focus()")
        raise AssertionError(f"{control} cannot be reached with Tab")

    @property
    def page(self) -> Locator:
        return self.frame.locator(".sg-page:not([hidden])")

    def title(self) -> str:
        return self.page.locator(".sg-page-title").inner_text()

    def next(self) -> None:
        self.press(self.frame.locator('[data-action="next"]'))

    def choose(self, form: Locator, letters: list[str]) -> None:
        """Ticks the options; a radio button is reached with Tab and the arrow keys."""
        for letter in letters:
            box = form.locator(f'input[value="{letter}"]')
            if self.touch:
                box.tap()
            elif not self.keyboard:
                box.check()
            elif box.get_attribute("type") == "checkbox":
                self.tab_to(box)
                self.frame.page.keyboard.press("Space")
            else:
                self.pick(form.locator("input:enabled"), letter)

    def wrong(self, form: Locator) -> list[str]:
        """An answer that is not right: one wrong option."""
        right = answer_key(form)["right"]
        values = form.locator("input").evaluate_all("boxes => boxes.map(box => box.value)")
        return [next(value for value in values if value not in right)]

    def check(self, form: Locator, *, right: bool = True) -> None:
        """Answers a knowledge check and waits for its feedback."""
        self.give(form, right=right)
        if form.get_attribute("data-kind") != "scenario":  # which submits itself at its end
            self.press(form.locator('[type="submit"]'))
        form.locator(".sg-feedback-title").wait_for()

    def give(self, form: Locator, *, right: bool) -> None:
        """Gives a right or a wrong answer, by the question's key."""
        key = answer_key(form)
        match form.get_attribute("data-kind"):
            case "matching":
                letters = list(key["right"].values())
                if not right:
                    letters = letters[1:] + letters[:1]
                for part, letter in zip(key["right"], letters, strict=True):
                    self.select(form.locator(f'[data-part="{part}"] select'), letter)
            case "order":
                self.put_in_order(form, key["right"] if right else list(reversed(key["right"])))
            case "gaps":
                for part, wanted in key["gaps"]:
                    self.type(form.locator(f'[data-part="{part}"]'), typed(wanted) if right else "77777")
            case "text":
                accepted = next(text for letter, text in key["texts"] if letter in key["right"])
                self.type(form.locator(".sg-input"), accepted if right else "77777")
            case "number":
                ranges = [bounds for letter, *bounds in key["ranges"] if letter in key["right"]]
                self.type(form.locator(".sg-input"), typed(ranges[0]) if right else "77777")
            case "survey":
                self.give_opinions(form)
            case "scenario":
                while decisions := form.locator(".sg-scene:not([hidden]) .sg-decision").all():
                    part = form.locator(".sg-scene:not([hidden])").get_attribute("data-part")
                    good = key["right"].get(part, [])
                    fitting = [d for d in decisions if (d.get_attribute("data-option") in good) == right]
                    self.press((fitting or decisions)[0])
            case _:
                self.choose(form, key["right"] if right else self.wrong(form))

    def give_opinions(self, form: Locator) -> None:
        """Answers a survey: the first point of each scale or the first option, or words of one's own."""
        if form.locator("textarea").count():
            self.type(form.locator("textarea"), "More of it")
            return
        rows = form.locator("[data-part]").all()
        for row in rows or [form]:
            first = row.locator("input").first
            self.pick(row.locator("input"), first.get_attribute("value") or "")

    def put_in_order(self, form: Locator, wanted: list[str]) -> None:
        """Moves things up until they stand as wanted."""
        first = form.locator(".sg-order-item").first
        self.press(first.locator('[data-move="1"]'))  # whatever is wanted, something has been moved
        for place, letter in enumerate(wanted):
            row = form.locator(f'.sg-order-item[data-option="{letter}"]')
            for _ in range(len(wanted)):
                order = form.locator(".sg-order-item").evaluate_all("rows => rows.map(row => row.dataset.option)")
                if order.index(letter) <= place:
                    break
                self.press(row.locator('[data-move="-1"]'))

    @property
    def checks(self) -> Locator:
        """The knowledge checks on the page that is open."""
        return self.page.locator("form.sg-question:has(.sg-actions)")

    def take_page(self, *, right: bool = True) -> None:
        """Answers every knowledge check on the page that is open."""
        for form in self.checks.all():
            if not form.locator(".sg-feedback").is_visible():
                self.check(form, right=right)

    def take_pages(self, *, right: bool | None = True, stop: int = 1000) -> int:
        """Goes through the pages to the assessment (or the end); returns how many were seen.

        The checks are answered right or wrong; with None they are passed by.
        """
        for seen in range(1, stop + 1):
            if right is not None:
                self.take_page(right=right)
            if self.page.locator(".sg-assessment").count() or self.at_end():
                return seen
            if seen < stop:
                before = self.page.get_attribute("id")
                self.next()
                self.frame.wait_for_function(
                    "id => document.querySelector('.sg-page:not([hidden])').id !== id", arg=before
                )
        return stop

    def at_end(self) -> bool:
        """Whether this is the last page."""
        here, count = re.findall(r"\d+", self.frame.locator("#sg-place").inner_text())
        return bool(here == count)

    def start(self) -> None:
        retry = self.page.locator(".sg-retry")
        self.press(retry if retry.is_visible() else self.page.locator('[data-action="start"]'))

    @property
    def question(self) -> Locator:
        return self.page.locator(".sg-assessment-run form.sg-question:not([hidden])")

    def next_question(self) -> None:
        self.press(self.page.locator('[data-action="next-question"]'))

    def answer(self, *, right: bool) -> bool:
        """Answers the question that is shown; returns whether it still is, with its feedback."""
        name = self.question.get_attribute("id")
        self.give(self.question, right=right)
        self.next_question()
        return bool(self.question.count()) and self.question.get_attribute("id") == name

    def answer_one(self, *, right: bool) -> None:
        """Answers the question that is shown and goes on."""
        if self.answer(right=right):
            self.next_question()

    def take_assessment(self, right: int, *, start: bool = True) -> None:
        """A whole attempt with the first `right` questions right and the others wrong, up to the result."""
        if start:
            self.start()
        done = 0
        while self.question.count():
            assert done < 100, "the assessment never ends"
            self.answer_one(right=done < right)
            done += 1
        self.submit()

    def submit(self) -> None:
        self.press(self.page.locator('[data-action="submit"]'))
        self.page.locator(".sg-result").wait_for()

    def exit(self) -> None:
        self.press(self.frame.locator('[data-action="exit"]'))
        self.frame.locator("#sg-end").wait_for()
