"""The data of a unit that the player reads: docs/player.md, "The data". The player's JavaScript uses its names."""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Mapping, Sequence

from markupsafe import Markup

from scormgen.model.course import Course, Page
from scormgen.model.question import Question
from scormgen.questions import KINDS
from scormgen.questions.draft import PARTIAL
from scormgen.reading.goals import covered, objectives
from scormgen.rendering.fragments import QuestionHtml
from scormgen.targets.base.unit import Unit, mastery_score

Data = dict[str, object]


def player_data(course: Course, unit: Unit, extra: Sequence[str], strings: Mapping[str, str]) -> Data:
    """The data, with the content's hash still empty.

    `extra` are the ids of pages of ours after the author's, which have no slot; `strings` the words that the target's
    player shows.
    """
    settings, completion = course.settings, course.settings.completion
    assessments = [_assessment(course, unit, page, index) for index, page in enumerate(unit.pages) if page.assessment]
    require, status = completion.require, completion.status
    if not unit.is_whole:
        # Each unit stands alone: an assessment is passed, everything else completed.
        require = tuple(r for r in require if r == "pages" or assessments) or ("pages",)
        status = status if assessments else "completed"
    mastery = mastery_score(course, unit.pages)
    pages = [{"id": page.id, "slot": page.slot} for page in unit.pages]
    return {
        "course": settings.id,
        "title": unit.title,
        "version": settings.version,
        "hash": "",
        "sco": unit.id,
        "key": base64.urlsafe_b64encode(hashlib.sha256(unit.id.encode()).digest()[:3]).decode(),
        "language": settings.language,
        "navigation": settings.navigation,
        "report": settings.answers,
        "part": unit.part,
        "completion": {"require": require, "status": status, "onFail": completion.on_fail},
        "mastery": None if mastery is None else number(mastery),
        "objectives": _objectives(course, unit),
        "pages": [*pages, *({"id": name, "slot": -1} for name in extra)],
        "questions": [
            _question(question, index) for index, page in enumerate(unit.pages) for question in page.questions
        ],
        "assessments": assessments,
        "strings": strings,
    }


def _question(question: Question, page: int) -> Data:
    data: Data = {
        "id": question.id,
        "slot": question.slot,
        "kind": question.kind,
        "options": "".join(option.letter for option in question.options),
        "points": number(question.points),
        "page": page,
    }
    if question.parts:
        data["parts"] = "".join(part.letter for part in question.parts)
    if question.attributes.values.get("score") == PARTIAL:
        data["partial"] = True
    if question.objective:
        data["objective"] = question.objective
    return data


def _assessment(course: Course, unit: Unit, page: Page, index: int) -> Data:
    assessment = page.assessment
    assert assessment, page.id
    settings = assessment.settings
    numbers = {question.id: number for number, question in enumerate(unit.questions)}
    data: Data = {
        "id": assessment.id,
        "slot": assessment.slot,
        "page": index,
        "pass": number(settings.passing),
        "attempts": settings.attempts,
        "feedback": settings.feedback,
        "review": settings.review,
        "shuffle": settings.shuffle,
        "pools": [{"draw": p.draw, "questions": [numbers[q.id] for q in p.questions]} for p in assessment.pools],
        "weight": number(settings.weight),
        "time": settings.time * 60,
    }
    if settings.role == "pretest":
        known = {other.id for other in covered(course, page)}
        data["covers"] = [place for place, other in enumerate(unit.pages) if other.id in known]
    return data


def _objectives(course: Course, unit: Unit) -> list[Data]:
    """The objectives of this unit's questions, each with the pages that teach it."""
    used = {question.objective for question in unit.questions}
    return [
        {"id": name, "title": title, "pages": [index for index, page in enumerate(unit.pages) if _teaches(page, name)]}
        for name, title in objectives(course).items()
        if name in used
    ]


def _teaches(page: Page, objective: str) -> bool:
    return objective in page.objectives or any(check.objective == objective for check in page.checks)


def marking_key(html: QuestionHtml) -> str:
    """What marks an answer, with what is said of it: packed, so that no answer lies open in the page's source."""
    said: Data = {"feedback": html.feedback} | {name: text for name, text in html.notes.items() if name != "hint"}
    key = {**KINDS[html.question.kind].key(html.question), **{name: value for name, value in said.items() if value}}
    return base64.b64encode(json.dumps(key, ensure_ascii=False, separators=(",", ":")).encode()).decode()


def safe_json(data: object) -> Markup:
    """JSON that is safe in a <script> element."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return Markup(text.replace("&", "\\u0026").replace("<", "\\u003c").replace(">", "\\u003e"))


def number(value: float) -> float | int:
    """A whole number as one."""
    return int(value) if value == int(value) else value
