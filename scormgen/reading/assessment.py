"""An assessment module: its introduction, its pools, its settings."""

from __future__ import annotations

import re
from collections.abc import Sequence

from scormgen.model.blocks import Block, split_attributes
from scormgen.model.course import Assessment, AssessmentSettings, Page, Pool
from scormgen.model.question import Question
from scormgen.problems.report import Report
from scormgen.questions.draft import check_attributes
from scormgen.reading.inline import plain_text
from scormgen.text import quoted

_POOL = re.compile(r"Pool:[ \t]*(?P<title>.*)", re.DOTALL)


def parse_assessment(page: Page, identifier: str, settings: AssessmentSettings, report: Report) -> Page:
    """The page with its questions moved into an assessment; adds A001, A003, A004, A005, A006.

    What is before the first question or pool stays on the page as the introduction.
    """
    intro: list[Block] = []
    stray: list[Block] = []
    pools: list[tuple[Block | None, list[Question]]] = []
    for part in page.parts:
        if isinstance(part, Question):
            if not pools:
                pools.append((None, []))
            pools[-1][1].append(part)
        elif part.kind == "heading" and _POOL.match(part.text):
            pools.append((part, []))
        elif pools:
            report.add("A005", part.place())
            stray.append(part)
        else:
            intro.append(part)
    if not pools and not report.errors:
        report.add("A001", page.place)
    elif pools and not any(question.points for _, questions in pools for question in questions) and not report.errors:
        report.add("A006", page.place)
    return page._replace(
        parts=tuple(intro),
        broken=(*page.broken, *stray),
        assessment=Assessment(identifier, settings, _pools(pools, report, complete=not page.broken)),
    )


def _pools(
    groups: Sequence[tuple[Block | None, list[Question]]], report: Report, *, complete: bool
) -> tuple[Pool, ...]:
    """The pools; adds A003 where all of their questions could be read, A004, Q005 and Q007."""
    pools = []
    for heading, questions in groups:
        if heading is None:
            pools.append(Pool("", tuple(questions)))
            continue
        text, attributes = split_attributes(heading.text)
        title = _POOL.match(text)
        check_attributes(attributes, ["draw"], heading, report)
        draw = None
        if (value := attributes.values.get("draw")) is not None:
            if not re.fullmatch(r"[1-9]\d{0,3}", value):
                wanted, example = "a whole number above 0", "draw=3"
                report.add("Q007", heading.place("draw"), key="draw", wanted=wanted, got=quoted(value), example=example)
            else:
                draw = int(value)
        if not questions and not report.errors:
            report.add("A004", heading.place())
        elif draw is not None and draw > len(questions) and complete:
            report.add("A003", heading.place("draw"), draw=draw, count=len(questions))
        pools.append(Pool(plain_text(title["title"]) if title else "", tuple(questions), draw))
    return tuple(pools)
