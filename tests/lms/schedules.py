"""Random days of a learner: pages, answers, attempts, faults of the server, tabs that close or crash, relaunches; in a real browser.

What the header said was saved must be at the server once the course has been launched again. A fixed seed is always the same day.
"""

from __future__ import annotations

import random
from dataclasses import dataclass, field

from playwright.sync_api import expect

from tests.lms.harness import Conduct, Lms, Package, Session
from tests.lms.learner import Learner, answer_key
from tests.lms.recovery import ServerFault

SEEN: tuple[ServerFault, ...] = ("500", "refused", "offline", "303")
STEPS = 14


@dataclass(slots=True)
class Told:
    """What a learner has done: the latest answer to each question, and the best score."""

    answers: dict[str, str] = field(default_factory=dict)
    score: int | None = None

    def copy(self) -> Told:
        return Told(dict(self.answers), self.score)


@dataclass(slots=True)
class Day:
    """One learner's day: what was done, what was stated as saved, and the steps for a failure's message."""

    lms: Lms
    package: Package
    conduct: Conduct
    seed: int
    steps: list[str] = field(default_factory=list)
    done: Told = field(default_factory=Told)
    saved: Told = field(default_factory=Told)

    def play(self) -> list[str]:
        """Plays it; returns what of the saved was missing after a relaunch."""
        chance = random.Random(self.seed)
        session = self.launch()
        for _ in range(STEPS):
            step = chance.choices(["page", "check", "attempt", "fault", "leave"], [3, 3, 2, 3, 2])[0]
            if step == "fault":
                fault = chance.choice([None, *SEEN])
                session.server_fault(fault)
                self.steps.append(f"server: {fault or 'well'}")
            elif step == "leave":
                self.leave(session, chance.choice(["exit", "close", "crash"]))
                session.site.fault = None
                session = self.launch()
                if lacks := self.missing(session):
                    return [*self.steps, *lacks]
            else:
                self.act(session, step, chance)
            self.look(session)
        session.context.close()
        return []

    def launch(self) -> Session:
        session = self.lms.launch(self.package, conduct=self.conduct, learner=f"{self.conduct}-{self.seed}")
        self.steps.append("launch")
        line = session.frame.locator("#sg-save")
        expect(line).to_have_attribute("data-state", "review" if _is_review(session) else "saved", timeout=40_000)
        return session

    def act(self, session: Session, step: str, chance: random.Random) -> None:
        learner, right = Learner(session.frame), chance.random() < 0.6
        if session.frame.locator("#sg-save").get_attribute("data-state") == "review":
            return
        pages = session.frame.locator(".sg-menu-link").count()
        if step == "page":
            go_to(session, chance.randrange(pages))
        elif step == "check":
            go_to(session, 1 + chance.randrange(pages - 2))
            form = learner.checks.first
            if (again := form.locator('[data-action="again"]')).is_visible():
                learner.press(again)
            learner.check(form, right=right)
            self.note(form.get_attribute("id") or "", form.locator("input:checked").get_attribute("value") or "")
        else:
            go_to(session, pages - 1)
            if (retry := learner.page.locator(".sg-retry")).is_visible():
                learner.press(retry)
            elif (start := learner.page.locator('[data-action="start"]')).is_visible():
                learner.press(start)
            else:
                return  # every answer was right: there is nothing to try again
            for form in learner.page.locator(".sg-assessment-run form").all():
                key = answer_key(form)["right"][0]
                values = form.locator("input").evaluate_all("boxes => boxes.map(box => box.value)")
                self.note(form.get_attribute("id") or "", key if right else next(v for v in values if v != key))
            learner.take_assessment(2 if right else 0, start=False)
            self.done.score = max(self.done.score or 0, 100 if right else 0)
        self.steps.append(f"{step} {'right' if right else 'wrong'}")

    def note(self, form: str, answer: str) -> None:
        self.done.answers[form.removeprefix("q-")] = answer

    def look(self, session: Session) -> None:
        """What the header states as saved."""
        line = session.frame.locator("#sg-save")
        expect(line).not_to_have_attribute("data-state", "saving", timeout=40_000)
        self.steps.append(line.inner_text())
        if line.get_attribute("data-state") == "saved":
            self.saved = self.done.copy()

    def leave(self, session: Session, how: str) -> None:
        self.steps.append(how)
        if how == "crash":
            session.kill()
            return
        if how == "exit":
            Learner(session.frame).exit()
            if session.frame.locator("#sg-end h1").inner_text() == "You have left the course":
                self.saved = self.done.copy()
        session.leave()

    def missing(self, session: Session) -> list[str]:
        """What was stated as saved and is not at the server; a later answer may have come through, too."""
        held = session.database
        latest = {one.get("id", ""): one.get("student_response", "") for one in held.interactions}
        lacks = [
            f"{name}: saved {answer}, held {latest.get(name)}"
            for name, answer in self.saved.answers.items()
            if latest.get(name) not in (answer, self.done.answers[name])
        ]
        passed = self.saved.score == 100 and held.status == "passed"
        if passed and held.score != "100":
            lacks.append(f"score: saved {self.saved.score}, held {held.score or 'none'}")
        self.done = Told(latest, self.saved.score)
        return lacks


def go_to(session: Session, page: int) -> None:
    """Follows a link of the contents, which a narrow frame keeps in a drawer."""
    session.frame.locator(".sg-menu-link").nth(page).evaluate("link => link.click()")


def _is_review(session: Session) -> bool:
    modes = [call.result for call in session.calls if call.args == ("cmi.core.lesson_mode",)]
    return bool(modes[0] == "review")
