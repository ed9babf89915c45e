"""A101, A102: pools that repeat themselves, and pass marks that no score meets."""

from __future__ import annotations

import math

from scormgen.checking.rules.subject import Subject
from scormgen.model.course import Assessment
from scormgen.problems.report import Report

_SHARE = 2 / 3  # of a pool that a draw may take
_CLOSE = 1.0  # percentage points by which a score just misses the pass mark


def check_pools(subject: Subject, report: Report) -> None:
    """A101: draws that take most of their pool. A draw of all questions only means an order."""
    for page in subject.course.pages:
        for pool in page.assessment.pools if page.assessment else ():
            count = len(pool.questions)
            if pool.draw and count * _SHARE < pool.draw:
                place = pool.questions[0].place if pool.questions else page.place
                source = page.source
                heading = next((n for n, line in enumerate(source.lines, 1) if f"Pool: {pool.title}" in line), 0)
                where = source.find("draw", heading, heading) if heading else place
                report.add("A101", where, draw=pool.draw, count=count, wanted=math.ceil(pool.draw / _SHARE))


def check_pass_marks(subject: Subject, report: Report) -> None:
    """A102: pass marks that no score meets exactly, if every question has the same points and no partial score."""
    for page in subject.course.pages:
        assessment = page.assessment
        total = _asked(assessment) if assessment else 0
        if assessment is None or not total:
            continue
        passing = assessment.settings.passing
        reached = math.floor(passing / 100 * total + 1e-9)
        score = round(reached / total * 100, 2)
        needed = reached if score >= round(passing, 2) else reached + 1
        if needed == reached:
            continue
        place = page.source.find("pass", 1, len(page.source.lines))
        if passing - score < _CLOSE and reached:
            hint = f"{reached} right answers are {score:g} %: write pass: {math.floor(score)}"
        elif needed == total > 1:
            hint = "one mistake fails: write pass: 100, set a lower pass mark, or ask more questions"
        else:
            continue
        percent = f"{needed / total * 100:.4g}"
        report.add("A102", place, total=total, passing=f"{passing:g}", needed=percent, hint=hint)


def _asked(assessment: Assessment) -> int:
    """How many questions are scored in an attempt; 0 if their points differ."""
    asked = 0
    for pool in assessment.pools:
        scored = [question for question in pool.questions if question.points]
        if any(q.points != 1 or q.attributes.values.get("score") == "partial" for q in scored):
            return 0
        asked += min(pool.draw or len(scored), len(scored))
    return asked
