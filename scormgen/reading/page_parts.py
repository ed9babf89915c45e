"""Finds the questions in a page's blocks: where each begins and ends, and the remaining blocks."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from scormgen.model.blocks import Block
from scormgen.model.question import Question
from scormgen.problems.report import Report
from scormgen.questions import is_question, parse_question
from scormgen.questions.scenario import WORD, without_decisions
from scormgen.reading.inline import plain_text


def take_questions(blocks: Sequence[Block], report: Report) -> tuple[list[Block | Question], list[Block]]:
    """The page's blocks with each question in place of its blocks, and the blocks of questions with errors.

    Adds Q017 for a question inside a list or quote, and the problems of each question.
    """
    parts: list[Block | Question] = []
    broken: list[Block] = []
    for block, body in with_bodies(blocks):
        for outer in (block, *(body or ())):
            for inner in outer.walk():
                if inner is not outer and is_question(inner):
                    report.add("Q017", inner.place(), where="a quote" if outer.kind == "quote" else "a list")
        if body is None:
            parts.append(block)
            continue
        before = report.errors
        question = parse_question(block, body, plain_text, report)
        if question:
            parts.append(question)
        if report.errors > before:
            is_scenario = block.text.startswith(WORD)
            broken.extend((block, *(without_decisions(inner) if is_scenario else inner for inner in body)))
    return parts, broken


def outside_questions(blocks: Sequence[Block]) -> list[Block]:
    """The blocks that belong to no question."""
    return [block for block, body in with_bodies(blocks) if body is None]


def with_bodies(blocks: Sequence[Block]) -> Iterator[tuple[Block, list[Block] | None]]:
    """Each heading of a question with all that belongs to it, and every other block with None."""
    index = 0
    while index < len(blocks):
        block = blocks[index]
        index += 1
        if not is_question(block):
            yield block, None
            continue
        body = []
        while index < len(blocks) and not _ends_question(blocks[index], block):
            body.append(blocks[index])
            index += 1
        yield block, body


def _ends_question(block: Block, heading: Block) -> bool:
    if block.kind == "html" and re.match(r"\s*(<!--\s*/?tabs\b|</)", block.text):
        return True
    return block.kind == "heading" and (block.level <= heading.level or is_question(block))
