"""A scenario with branches: scenes below sub-headings, decisions as links to scenes."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from scormgen.model.blocks import Block, split_attributes
from scormgen.model.question import LETTERS, Answers, Option, Part, Question
from scormgen.problems.report import Report
from scormgen.questions.draft import PARTLY, Choice, Draft, Response, Widget, check_attributes
from scormgen.questions.marks import BOX, first_text, near_box
from scormgen.questions.options import item_place, split_feedback
from scormgen.text import did_you_mean, quoted, slug

NAME = "scenario"
WORD = "Scenario"
KEYS = PARTLY
_DECISION = re.compile(r"\[(?P<text>(?:[^\[\]]|\[[^\[\]]*\])+)\]\(#(?P<to>[^()\s]+)\)")
_SCORE = re.compile(r"100|\d{1,2}")


def detect(draft: Draft) -> bool:
    return True  # the word is in the heading


def parse(draft: Draft, report: Report) -> Answers | None:
    before = report.errors
    scenes = list(draft.scenes)
    stem: tuple[Block, ...] | None = None
    if any(_is_decisions(block) for block in draft.stem):  # the introduction is the first scene
        scenes.insert(0, (draft.heading, draft.stem))
        stem = ()
    if not scenes:
        report.add("Q030", draft.heading.place())
        return None
    names: dict[str, int] = {}
    for index, (heading, _) in enumerate(scenes):
        for name in _names(heading):
            names.setdefault(name, index)
    options: list[Option] = []
    parts = [_scene(heading, blocks, names, options, draft, report) for heading, blocks in scenes]
    if max(len(options), len(parts)) > len(LETTERS):
        report.add("Q003", draft.heading.place(), count=max(len(options), len(parts)), limit=len(LETTERS))
    if report.errors == before:
        _check_paths(parts, options, report)
    # Boxes at decisions, or scores of endings, define what is right.
    scored = any(option.right for option in options) or any(part.score is not None for part in parts)
    return Answers(tuple(options), tuple(parts), stem, scored=scored) if report.errors == before else None


def _names(heading: Block) -> list[str]:
    """The possible targets of a link to a scene: its id, or GitHub's anchor for the heading."""
    text, attributes = split_attributes(heading.text)
    words = re.sub(r"[^\w\- ]", "", heading.text.lower()).replace(" ", "-")
    return [
        name
        for name in (attributes.id, slug(text), re.sub(r"[^\w\- ]", "", text.lower()).replace(" ", "-"), words)
        if name
    ]


def _is_decisions(block: Block) -> bool:
    return block.kind == "bullets" and any(_decision(item) for item in block.children)


def _decision(item: Block) -> re.Match[str] | None:
    text = split_attributes(first_text(item))[0]
    box = BOX.match(text)
    return _DECISION.fullmatch(text[box.end() :].strip() if box else text.strip())


def without_decisions(block: Block) -> Block:
    """The block with the links of its decisions as text; their targets are checked here."""
    text = _DECISION.sub(r"\g<text>", block.text) if block.text else ""
    return block._replace(text=text, children=tuple(without_decisions(child) for child in block.children))


def _scene(
    heading: Block,
    blocks: Sequence[Block],
    names: Mapping[str, int],
    options: list[Option],
    draft: Draft,
    report: Report,
) -> Part:
    """A scene; its decisions are added to `options`. Adds Q007, Q008, Q012, Q013, Q031, Q032."""
    title, attributes = split_attributes(heading.text)
    first = heading is draft.heading
    lists = [block for block in blocks if _is_decisions(block)]
    for extra in lists[1:]:
        report.add("Q008", extra.place())
    mine: list[int] = []
    items = lists[0].children if lists else ()
    boxed = [bool(BOX.match(first_text(item))) for item in items]
    for item, has_box in zip(items, boxed, strict=True):
        found, place = _decision(item), item.place(item_place(item))
        if not found:
            if not near_box(first_text(item)):  # near.py has reported this
                report.add("Q031", place)
            continue
        if any(boxed) and not has_box:
            report.add("Q013", place)
        if found["to"] not in names:
            report.add(
                "Q032", item.place(f"#{found['to']}"), name=quoted(found["to"]), hint=did_you_mean(found["to"], names)
            )
            continue
        right = bool(has_box and (BOX.match(first_text(item)) or [""])[0][1] in "xX")
        text, feedback = split_feedback(item.children[1:])
        paragraph = item.children[0]._replace(text=found["text"])
        mine.append(len(options))
        options.append(
            Option(
                (paragraph, *text),
                draft.plain(found["text"]),
                right,
                place,
                feedback,
                id=split_attributes(first_text(item))[1].id,
                to=names[found["to"]],
            )
        )
    if any(boxed) and mine and not any(options[index].right for index in mine):
        report.add("Q012", items[0].place("[ ]"))
    return Part(
        tuple(block for block in blocks if block not in lists),
        "" if first else draft.plain(title),
        heading.place(),
        tuple(mine),
        title="" if first else title,
        score=None if first else _score(heading, report),
        id="" if first else attributes.id,
    )


def _score(heading: Block, report: Report) -> float | None:
    """`score=50` of a scene that ends the scenario, as a share."""
    attributes = split_attributes(heading.text)[1]
    check_attributes(attributes, ["score"], heading, report)
    value = attributes.values.get("score")
    if value is None:
        return None
    if not _SCORE.fullmatch(value):
        wanted, example = "a whole number from 0 to 100", "score=50"
        report.add("Q007", heading.place("score"), key="score", wanted=wanted, got=quoted(value), example=example)
        return None
    return int(value) / 100


def _check_paths(parts: Sequence[Part], options: Sequence[Option], report: Report) -> None:
    """Checks that every scene can be reached (Q033) and leads to an ending (Q034)."""
    after = [{options[index].to for index in part.options} for part in parts]
    reached, todo = {0}, [0]
    while todo:
        fresh = after[todo.pop()] - reached
        reached |= fresh
        todo.extend(fresh)
    ending = {index for index, part in enumerate(parts) if not part.options}
    while more := {index for index, next_ in enumerate(after) if next_ & ending} - ending:
        ending |= more
    for index, part in enumerate(parts):
        if index not in reached:
            report.add("Q033", part.place)
        elif index not in ending:
            report.add("Q034", part.place)


def _right(question: Question, part: Part) -> list[str]:
    return [question.options[index].letter for index in part.options if question.options[index].right]


def key(question: Question) -> Mapping[str, object]:
    return {
        "right": {part.letter: right for part in question.parts if (right := _right(question, part))},
        "score": {part.letter: part.score for part in question.parts if part.score is not None},
    }


def responses(question: Question) -> Sequence[Response]:
    # Scenes by their letters: the first of each pair of a path.
    found = [Response("path", tuple(Choice(p.letter, p.plain or question.plain, None) for p in question.parts))]
    for part in question.parts:
        right = _right(question, part)
        options = [question.options[index] for index in part.options]
        decisions = tuple(Choice(o.letter, o.plain, o.right if right else None) for o in options)
        found.append(Response("decision", decisions, part=part.letter, right=tuple(right)))
    return found


def token_size(question: Question) -> int:
    return 2 + sum(bool(part.options) for part in question.parts)


def instruction(question: Question) -> str:
    return "decide"


def widget(question: Question) -> Widget:
    return Widget(scenes=True)
