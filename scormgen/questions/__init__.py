"""Question kinds: the parts that all share, and the list of kinds.

A kind is one module here and one of the same name in `player/src/questions/`; it registers with a line in `KINDS`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple, Protocol

from scormgen.blocks import Attributes, Block, split_attributes
from scormgen.diagnostics import Report, did_you_mean, quoted
from scormgen.model import Option, Question
from scormgen.questions import multiple, single, true_false
from scormgen.questions.draft import Draft

_LABELS = ("hint", "correct", "wrong", "explanation")
_NOTE = re.compile(r"\*\*\s*(?P<label>[^*\n:]{1,40}?)\s*:?\s*\*\*\s*:?[ \t]*")
HEADING = re.compile(r"Q:[ \t]*(?P<title>.*)", re.DOTALL)
# Keys that every question may have; a kind adds its own.
COMMON_KEYS = ("type", "objective", "points")


class Kind(Protocol):
    """What a kind's module offers."""

    NAME: str  # as in type= and in the player
    KEYS: tuple[str, ...]  # attributes of its own

    def detect(self, draft: Draft) -> bool:
        """Whether what the author wrote is this kind."""

    def parse(self, draft: Draft, report: Report) -> tuple[Option, ...]:
        """The options, or () after adding problems."""

    def right(self, question: Question) -> object:
        """The right answer as the player's module of this kind takes it (JSON)."""

    def pattern(self, question: Question) -> str:
        """`cmi.interactions.n.correct_responses.0.pattern`."""

    def token_size(self, question: Question) -> int:
        """The most characters that an answer takes in the suspend data."""

    def instruction(self, question: Question) -> str:
        """The key of the player's string that says how to answer."""

    def render(self, question: Question, texts: Sequence[str]) -> str:
        """The widget's HTML; `texts` are the options' texts as HTML."""


KINDS: Mapping[str, Kind] = {kind.NAME: kind for kind in (true_false, single, multiple)}


class Unplaced(NamedTuple):
    """A question heading and all blocks that belong to it."""

    heading: Block
    body: tuple[Block, ...]


def is_question(block: Block) -> bool:
    return block.kind == "heading" and HEADING.match(block.text) is not None


def parse_question(found: Unplaced, plain: Callable[[str], str], report: Report) -> Question | None:
    """A question of the kind that its content shows; None after adding problems (codes Q…).

    `plain` turns inline Markdown into text. The id is the author's or '' where there is none.
    """
    heading = found.heading
    text, attributes = split_attributes(heading.text)
    title = HEADING.match(text)
    if not title or not title["title"].strip():
        report.add("Q001", heading.place())
        return None
    draft = _draft(found, attributes, plain, report)
    kind = _kind(draft, report)
    if kind is None:
        return None
    _check_attributes(draft, kind, report)
    options = kind.parse(draft, report)
    if not options:
        return None
    return Question(
        attributes.id, bool(attributes.id), kind.NAME, title["title"].strip(), plain(title["title"]), heading.source,
        heading.place(), draft.stem, options, draft.notes, attributes, heading.level,
    )  # fmt: skip


def _draft(found: Unplaced, attributes: Attributes, plain: Callable[[str], str], report: Report) -> Draft:
    """Sorts a question's blocks into stem, option lists and notes; adds Q008, Q011."""
    stem: list[Block] = []
    lists: list[Block] = []
    notes: dict[str, tuple[Block, ...]] = {}
    for block in found.body:
        if block.kind == "quote" and (labelled := _notes(block, report)):
            for label, blocks in labelled:
                if label in notes:
                    report.add("Q016", block.place(), label=quoted(label))
                notes[label] = blocks
        elif block.kind == "bullets":
            if lists:
                report.add("Q008", block.place())
            lists.append(block)
        elif lists:
            report.add("Q011", block.place())
        else:
            stem.append(block)
    return Draft(found.heading, attributes, tuple(stem), tuple(lists[:1]), notes, plain)


def _notes(quote: Block, report: Report) -> list[tuple[str, tuple[Block, ...]]]:
    """A quote's notes by their bold labels; [] where it begins without one. A paragraph may hold several."""
    notes: list[tuple[str, list[Block]]] = []
    for block in quote.children:
        pieces = _split_notes(block.text) if block.kind == "paragraph" else []
        if pieces and pieces[0][0] is not None:
            for label, text in pieces:
                name = (label or "").lower()
                if name not in _LABELS:
                    report.add("Q010", quote.place(label or ""), label=quoted(label), hint=did_you_mean(name, _LABELS))
                notes.append((name, [_paragraph(block, text)] if text.strip() else []))
        elif notes:
            notes[-1][1].append(block)
        else:
            return []
    return [(label, tuple(blocks)) for label, blocks in notes]


def _split_notes(text: str) -> list[tuple[str | None, str]]:
    """`**Correct:** Right. **Explanation:** …` as pairs; a bold phrase that is no label stays text."""
    marks = [
        mark
        for mark in _NOTE.finditer(text)
        if ":" in mark[0] and (mark.start() == 0 or mark["label"].lower() in _LABELS)
    ]
    if not marks or marks[0].start() != 0:
        return [(None, text)]
    ends = [*(mark.start() for mark in marks[1:]), len(text)]
    return [(mark["label"], text[mark.end() : end].strip()) for mark, end in zip(marks, ends, strict=True)]


def _paragraph(block: Block, text: str) -> Block:
    return Block("paragraph", block.source, block.line, block.end, text)


def _kind(draft: Draft, report: Report) -> Kind | None:
    name = draft.attributes.values.get("type")
    if name is not None:
        if name in KINDS:
            return KINDS[name]
        report.add("Q006", draft.heading.place(name), name=quoted(name), hint=did_you_mean(name, KINDS))
        return None
    if not draft.lists:
        report.add("Q002", draft.heading.place())
        return None
    return next((kind for kind in KINDS.values() if kind.detect(draft)), single)


def _check_attributes(draft: Draft, kind: Kind, report: Report) -> None:
    known = (*COMMON_KEYS, *kind.KEYS)
    for key, value in draft.attributes.values.items():
        place = draft.heading.place(key)
        if key not in known:
            report.add("Q005", place, key=quoted(key), hint=did_you_mean(key, known))
        elif key == "points" and not (re.fullmatch(r"\d{1,3}(\.\d{1,2})?", value) and 0 < float(value) <= 100):
            example, wanted = "points=2", "a number above 0, up to 100"
            report.add("Q007", place, key="points", wanted=wanted, got=quoted(value), example=example)


def points(question: Question) -> float:
    """What the right answer is worth; 1 unless the author says otherwise."""
    value = question.attributes.values.get("points", "")
    return float(value) if re.fullmatch(r"\d{1,3}(\.\d{1,2})?", value) else 1.0
