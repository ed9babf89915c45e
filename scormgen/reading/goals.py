"""What a course asks of a learner: completion, objectives, pretests. All of it must be within reach."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from scormgen.files.source import SourceFile
from scormgen.model.course import Assessment, Completion, Course, Page
from scormgen.problems.report import Report
from scormgen.questions.draft import SCORED
from scormgen.text import did_you_mean, quoted

_SENTENCES = (
    "scormgen expects ids of objectives here, such as hot: put the sentences in the text, or set C021: off in"
    " scormgen.yml if another tool reads them"
)


def counted(pages: Sequence[Page]) -> list[Assessment]:
    """The assessments that count: pretests do not."""
    return [page.assessment for page in pages if page.assessment and page.assessment.settings.role == "final"]


def check_completion(course: Course, source: SourceFile, report: Report) -> Completion:
    """What `completion` means for this course; adds C007, C008, A007, A008, A009 if something can never be reached."""
    given = course.settings.completion
    pages = list(course.pages)
    assessed = bool(counted(pages))
    require = given.require or (("pages", "assessment") if assessed else ("pages",))
    status = given.status or ("passed" if assessed and "assessment" in require else "completed")
    if not report.errors:
        where = source.find("assessment", 1, len(source.lines))
        pretest = next((p for p in pages if p.assessment and p.assessment.settings.role == "pretest"), None)
        if "assessment" in require and not assessed:
            report.add("A009" if pretest else "C007", where)
        elif status == "passed" and "assessment" not in require:
            report.add("C008", source.find("status:", 1, len(source.lines)))
        for page in pages:
            _check_pretest(page, course, report)
    return Completion(require, status, given.on_fail)


def _check_pretest(page: Page, course: Course, report: Report) -> None:
    settings = page.assessment.settings if page.assessment else None
    if settings is None or settings.role != "pretest":
        return
    lines = page.source.lines
    if course.settings.structure == "multi":
        report.add("A008", page.source.find("pretest", 1, len(lines)))
    known = [module.id for module in course.modules]
    for name in settings.covers:
        if name not in known:
            place = page.source.find(name, 1, len(lines))
            report.add("A007", place, name=quoted(name), hint=did_you_mean(name, known))


def covered(course: Course, page: Page) -> list[Page]:
    """The pages that a pretest marks as known: those of the modules it covers, never an assessment."""
    covers = page.assessment.settings.covers if page.assessment else ()
    modules = [module for module in course.modules if not covers or module.id in covers]
    return [other for module in modules for other in module.pages if not other.assessment]


def objectives(course: Course) -> dict[str, str]:
    """The course's objectives, titles by id: those of `course.yml`, else what questions name."""
    if course.settings.objectives:
        return dict(course.settings.objectives)
    ids = dict.fromkeys(question.objective for question in course.questions if question.objective)
    return {name: name.replace("-", " ").replace("_", " ").capitalize() for name in ids}


def check_objectives(course: Course, source: SourceFile, report: Report) -> None:
    """Adds C013 for an objective that `course.yml` does not name, C014 for one that no question has, C021 for
    sentences instead of ids.
    """
    known = course.settings.objectives
    used = {question.objective for question in course.questions}
    for question in course.questions:
        named = _is_objective(question.objective)  # otherwise, Q007 reports it
        if named and known and question.objective not in known:
            place = question.source.find(f"objective={question.objective}", question.place.line, question.place.line)
            report.add("C013", place, name=quoted(question.objective), hint=_suggest(question.objective, known))
    for page in course.pages:
        if page.objectives and not any(map(_is_objective, page.objectives)):
            place = page.source.find("objectives", 1, len(page.source.lines))
            report.add("C021", place, keys=quoted("objectives"), hint=_SENTENCES)
            continue
        for name in page.objectives:
            if name not in (known or used):
                place = page.source.find(name, 1, len(page.source.lines))
                hint = (
                    _suggest(name, known)
                    if known
                    else did_you_mean(
                        name, used, f"write {{objective={name}}} on the heading of a question, or remove it here"
                    )
                )
                report.add("C013", place, name=quoted(name), hint=hint)
    for name in known:
        if name not in used:
            report.add("C014", source.find(f"{name}:", 1, len(source.lines)), name=quoted(name), id=name)


def _is_objective(name: str) -> bool:
    """Whether a name may be an objective's id."""
    return re.fullmatch(SCORED["objective"].pattern, name) is not None


def _suggest(name: str, known: Iterable[str]) -> str:
    return did_you_mean(name, known, "add it under objectives: in course.yml, with its title")
