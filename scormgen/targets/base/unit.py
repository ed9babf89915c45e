"""Units: the documents of a package, which a learner opens separately, and what each reports about the course's
outcome.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from typing import Literal, NamedTuple

from scormgen.model.course import Course, Module, Page
from scormgen.model.question import Question
from scormgen.reading.goals import counted


class Unit(NamedTuple):
    """The whole course, or a module of it. `id` never changes between versions; `href` is its document in the
    package.
    """

    id: str
    title: str
    href: str
    modules: Sequence[Module]
    is_whole: bool

    @property
    def pages(self) -> list[Page]:
        return [page for module in self.modules for page in module.pages]

    @property
    def questions(self) -> Iterator[Question]:
        """All questions, in the order of their numbers in the player's data."""
        return (question for page in self.pages for question in page.questions)

    @property
    def part(self) -> Literal["", "module", "assessment"]:
        """Which part of the course it is: the whole (''), a module, or only an assessment. It has no data of other
        units.
        """
        if self.is_whole:
            return ""
        return "assessment" if all(page.assessment for page in self.pages) else "module"


def whole_course(course: Course) -> Unit:
    """The course as one unit."""
    return Unit(course.settings.id, course.settings.title, "index.html", course.modules, is_whole=True)


def units_of(course: Course) -> list[Unit]:
    """The units by `structure` in course.yml: the whole course, or each module that has pages."""
    if course.settings.structure == "single":
        return [whole_course(course)]
    modules = [module for module in course.modules if module.pages]
    return [
        Unit(
            f"{course.settings.id}.{module.id}", module.title, f"{module.id.lower()}.html", [module], len(modules) == 1
        )
        for module in modules
    ]


def is_certified(course: Course, unit: Unit) -> bool:
    """Whether the unit has the certificate: it is the only unit, the one with an assessment, or the last one."""
    if course.settings.certificate == "no":
        return False
    if unit.is_whole:
        return True
    modules = [module for module in course.modules if module.pages]
    assessed = any(counted(module.pages) for module in modules)
    return bool(counted(unit.pages)) if assessed else list(unit.modules) == modules[-1:]


def mastery_score(course: Course, pages: Sequence[Page]) -> float | None:
    """The pass mark of a unit whose passing is recorded: per cent, at most two decimals.

    For several assessments, it is the weighted mean of their pass marks, rounded down: a learner who passes all has at
    least that score, and an LMS that compares the score with it by itself agrees with our status.
    """
    completion = course.settings.completion
    settings = [assessment.settings for assessment in counted(pages)]
    if not settings or completion.status != "passed" or "assessment" not in completion.require:
        return None
    mean = sum(s.passing * s.weight for s in settings) / sum(s.weight for s in settings)
    return math.floor(round(mean * 100, 6)) / 100
