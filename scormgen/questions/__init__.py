"""Question kinds: the parts that all share, and the list of kinds.

A kind is one module here and one of the same name in `player/src/questions/`, and has a line in `KINDS`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from itertools import pairwise

from scormgen.model.blocks import Attributes, Block, alert_mark, is_comment, split_attributes
from scormgen.model.question import Question
from scormgen.problems.report import Report
from scormgen.questions import gaps, matching, multiple, number, order, scenario, single, survey, text, true_false
from scormgen.questions.draft import Draft, Kind, check_attributes
from scormgen.questions.marks import BOX, LABELS, first_text
from scormgen.questions.near import check_near_forms
from scormgen.text import did_you_mean, quoted

_NOTE = re.compile(r"\*\*\s*(?P<label>[^*\n:]{1,40}?)\s*:?\s*\*\*\s*:?[ \t]*")
# The first one that recognises a draft is used.
KINDS: Mapping[str, Kind] = {
    kind.NAME: kind for kind in (survey, scenario, gaps, matching, true_false, single, multiple, order, text, number)
}
_WORDS = {kind.WORD for kind in KINDS.values()}
HEADING = re.compile(rf"(?P<word>{'|'.join(sorted(_WORDS))}):[ \t]*(?P<title>.*)", re.DOTALL)


def heading_text(question: Question) -> str:
    """The heading as it was written, without its attributes."""
    return f"{KINDS[question.kind].WORD}: {question.title}"


def is_question(block: Block) -> bool:
    return block.kind == "heading" and HEADING.match(block.text) is not None


def parse_question(
    heading: Block, body: Sequence[Block], plain: Callable[[str], str], report: Report
) -> Question | None:
    """A question, of the kind that its content determines; None after adding problems (codes Q…).

    `body` has all blocks that belong to the heading; `plain` turns inline Markdown into text. The id is the author's or
    ''. Every part is checked, even if there are errors in another.
    """
    text, attributes = split_attributes(heading.text)
    title = HEADING.match(text)
    assert title, "a question's heading"
    if not title["title"].strip():
        report.add("Q001", heading.place(), word=title["word"])
    draft = _draft(title["word"], heading, body, attributes, plain, report)
    before = report.errors
    check_near_forms(draft, body, report)
    draft = draft._replace(doubtful=report.errors > before)
    kind = _kind(draft, report)
    if kind is None:
        return None
    points = _check_attributes(draft, kind, report)
    answers = kind.parse(draft, report)
    if answers is None or draft.doubtful or not title["title"].strip():
        return None
    return Question(
        attributes.id,
        bool(attributes.id),
        kind.NAME,
        title["title"].strip(),
        plain(title["title"]),
        heading.source,
        heading.place(),
        draft.stem if answers.stem is None else answers.stem,
        answers.options,
        answers.parts,
        answers.scrambled,
        draft.notes,
        attributes,
        heading.level,
        points if answers.scored else 0,
    )


def _draft(
    word: str,
    heading: Block,
    body: Sequence[Block],
    attributes: Attributes,
    plain: Callable[[str], str],
    report: Report,
) -> Draft:
    """Sorts a question's blocks into stem, option list, scenes and notes; adds Q008, Q011, Q016, Q040."""
    notes: dict[str, tuple[Block, ...]] = {}
    rest: list[Block] = []
    for block in body:
        labelled = _notes(block, report) if block.kind == "quote" else []
        for label, blocks in labelled:
            if label in notes:
                report.add("Q016", block.place(), label=quoted(label))
            notes[label] = blocks
        if not labelled and not (block.kind == "html" and is_comment(block.text)):
            rest.append(block)
    draft = Draft(word, heading, attributes, tuple(rest), (), (), notes, plain)
    if word == "Scenario":
        return _split_scenes(draft)
    if word == "Q" and draft.type in ("", gaps.NAME) and gaps.detect(draft):
        return draft
    wanted = "numbers" if draft.type == order.NAME and any(block.kind == "numbers" for block in rest) else "bullets"
    start = next((index for index, block in enumerate(rest) if block.kind == wanted), len(rest))
    lists = _one_list(rest[start:], report)
    return draft._replace(stem=tuple(rest[:start]), lists=lists)


def _one_list(blocks: Sequence[Block], report: Report) -> tuple[Block, ...]:
    """The option list that `blocks` begin with; adds Q008, Q011 and Q040 for what follows it.

    A list that a quote at the left edge has split in two is read as one, so that all errors in it are reported.
    """
    if not blocks:
        return ()
    options = blocks[0]
    for before, block in pairwise(blocks):
        if block.kind == "quote" and not alert_mark(block):
            report.add("Q040", block.place())
        elif block.kind == options.kind and before.kind == "quote":
            options = options._replace(children=(*options.children, *block.children), end=block.end)
        elif not (block.kind == "numbers" and BOX.match(first_text(block.children[0]))):  # near.py has reported this
            report.add("Q008" if block.kind == options.kind else "Q011", block.place())
    return (options,)


def _split_scenes(draft: Draft) -> Draft:
    """The draft of a scenario, whose sub-headings start its scenes."""
    level = next((block.level for block in draft.stem if block.kind == "heading"), 0)
    starts = [index for index, block in enumerate(draft.stem) if block.kind == "heading" and block.level <= level]
    ends = [*starts[1:], len(draft.stem)] if starts else []
    scenes = tuple((draft.stem[start], draft.stem[start + 1 : end]) for start, end in zip(starts, ends, strict=True))
    return draft._replace(stem=draft.stem[: starts[0]] if starts else draft.stem, scenes=scenes)


def _notes(quote: Block, report: Report) -> list[tuple[str, tuple[Block, ...]]]:
    """A quote's notes by their bold labels; [] if it does not begin with one. A paragraph may have several."""
    notes: list[tuple[str, list[Block]]] = []
    for block in quote.children:
        pieces = _split_notes(block.text) if block.kind == "paragraph" else []
        if pieces and pieces[0][0] is not None:
            for label, text in pieces:
                name = (label or "").lower()
                if name not in LABELS:
                    report.add("Q010", quote.place(label or ""), label=quoted(label), hint=did_you_mean(name, LABELS))
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
        if ":" in mark[0] and (mark.start() == 0 or mark["label"].lower() in LABELS)
    ]
    if not marks or marks[0].start() != 0:
        return [(None, text)]
    ends = [*(mark.start() for mark in marks[1:]), len(text)]
    return [(mark["label"], text[mark.end() : end].strip()) for mark, end in zip(marks, ends, strict=True)]


def _paragraph(block: Block, text: str) -> Block:
    return Block("paragraph", block.source, block.line, block.end, text)


def _kind(draft: Draft, report: Report) -> Kind | None:
    """The kind given by `type=`, or the one that recognises the draft; None after adding Q002 or Q006."""
    if draft.type and draft.word == "Q":
        known = {name: kind for name, kind in KINDS.items() if kind.WORD == "Q"}
        if draft.type not in known:
            name = draft.type
            report.add("Q006", draft.heading.place(name), name=quoted(name), hint=did_you_mean(name, known))
        return known.get(draft.type)
    found = next((kind for kind in KINDS.values() if draft.word == kind.WORD and kind.detect(draft)), None)
    if found is None and not draft.lists and not draft.doubtful:
        report.add("Q002", draft.heading.place())
    return found or (single if draft.lists else None)


def _check_attributes(draft: Draft, kind: Kind, report: Report) -> float:
    """Adds Q005, Q007 for attributes that the kind does not have; returns the points."""
    points = 1.0
    check_attributes(draft.attributes, kind.KEYS, draft.heading, report)
    for key, value in draft.attributes.values.items():
        if key not in kind.KEYS:
            continue
        place = draft.heading.place(key)
        pattern, wanted, example = kind.KEYS[key]
        if not re.fullmatch(pattern, value):
            report.add("Q007", place, key=key, wanted=wanted, got=quoted(value), example=example)
        elif key == "points":
            points = float(value)
    return points
