"""Gaps in a text, `[[Service Desk | IT]]` and `[[= 15 ± 5]]`, each answered separately."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from scormgen.model.blocks import Block
from scormgen.model.question import GAP_MARK, PART_LETTERS, Answers, Part, Question
from scormgen.problems.report import Report
from scormgen.questions.draft import PARTLY, Choice, Draft, Input, Response, Values, Widget, text_size
from scormgen.questions.marks import BOX, GAP, first_text
from scormgen.questions.numeric import NUMBER_SIZE, parse_range
from scormgen.questions.text import KEYS as TEXT_KEYS
from scormgen.questions.text import MOST, exact, room
from scormgen.text import mask_code, quoted

NAME = "gaps"
WORD = "Q"
KEYS: Mapping[str, Values] = {**PARTLY, **TEXT_KEYS}
_LEAST = 16  # bytes of a gap that are kept at least


def detect(draft: Draft) -> bool:
    return any(GAP.search(mask_code(block.text)) for part in draft.stem for block in part.walk() if _is_text(block))


def _is_text(block: Block) -> bool:
    return block.kind not in ("fence", "html")


def parse(draft: Draft, report: Report) -> Answers | None:
    before = report.errors
    parts: list[Part] = []
    for block in (inner for part in draft.stem for inner in part.walk()):
        if block.kind == "item" and BOX.match(first_text(block)):
            report.add("Q025", block.place())
    stem = tuple(_take_gaps(block, draft, parts, report) for block in draft.stem)
    if not parts and report.errors == before and not draft.doubtful:
        report.add("Q026", draft.heading.place())
    elif len(parts) > len(PART_LETTERS):
        report.add("Q003", draft.heading.place(), count=len(parts), limit=len(PART_LETTERS))
    return Answers(parts=tuple(parts), stem=stem) if report.errors == before else None


def _take_gaps(block: Block, draft: Draft, parts: list[Part], report: Report) -> Block:
    """The block with a mark for each gap; adds the gaps to `parts`, and Q027 or Q024 for wrong ones."""
    if not _is_text(block):
        return block

    def take(found: re.Match[str]) -> str:
        content = draft.plain(block.text[found.start("answers") : found.end("answers")])
        accepted = tuple(text.strip() for text in content.split("|") if text.strip())
        place = block.place(block.text[found.start() : found.end()])
        if content.startswith("="):
            accepted = (content,)
            if parse_range(content) is None:
                report.add("Q024", place, text=quoted(content[1:].strip()))
        elif not accepted or any(len(text) > MOST for text in accepted):
            report.add("Q027", place)
        parts.append(Part((), " | ".join(accepted), place, accepted=accepted))
        return GAP_MARK.format(len(parts) - 1)

    text, end = "", 0
    for found in GAP.finditer(mask_code(block.text)):
        text += block.text[end : found.start()] + take(found)
        end = found.end()
    children = tuple(_take_gaps(child, draft, parts, report) for child in block.children)
    return block._replace(text=text + block.text[end:], children=children)


def _range(part: Part) -> tuple[float, float] | None:
    return parse_range(part.accepted[0]) if part.accepted and part.accepted[0].startswith("=") else None


def key(question: Question) -> Mapping[str, object]:
    return {"gaps": [[part.letter, _range(part) or part.accepted] for part in question.parts], **exact(question)}


def responses(question: Question) -> Sequence[Response]:
    found = []
    for part in question.parts:
        range_ = _range(part)
        accepted = tuple(Choice("", text, True) for text in part.accepted)
        number = Response("number", accepted, part.letter, ranges=(range_,)) if range_ else None
        found.append(number or Response("text", accepted, part.letter, right=part.accepted))
    return found


def _size(question: Question, part: Part) -> int:
    return NUMBER_SIZE if _range(part) else room(question, part.accepted, _LEAST)


def token_size(question: Question) -> int:
    highest = max(PART_LETTERS.index(part.letter) for part in question.parts)
    return text_size(sum(_size(question, part) for part in question.parts) + highest)


def instruction(question: Question) -> str:
    return "fill_gaps"


def widget(question: Question) -> Widget:
    return Widget(inputs={p.letter: Input(_size(question, p), numeric=bool(_range(p))) for p in question.parts})
