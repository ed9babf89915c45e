"""A question of any kind, and its parts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from scormgen.files.source import SourceFile
from scormgen.model.blocks import Attributes, Block
from scormgen.problems.report import Place

LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789"
PART_LETTERS = "1234567890abcdefghijklmnopqrstuvwxyz"
# Stands in a text where a gap is, by the index of its part. No author's text has these signs: reading leaves them out.
GAP_MARK = "\x05{}\x06"


class Option(NamedTuple):
    """An answer to choose. `letter` is its name in reports, from `course.lock`; `id` is one that the author gave."""

    text: tuple[Block, ...]
    plain: str
    right: bool
    place: Place
    feedback: tuple[Block, ...] = ()
    pinned: bool = False
    id: str = ""
    letter: str = ""
    to: int = -1  # of a decision: the index of the part that it leads to


class Part(NamedTuple):
    """A part of a question that is answered by itself: a prompt to match, a gap, a row of a survey, a scene.

    `options` are the indexes of the question's options that belong to it: what matches the prompt, the decisions of the
    scene. `accepted` are the right texts of a gap. `letter` is its name in reports, from `course.lock`; `id` is one
    that the author gave.
    """

    text: tuple[Block, ...]
    plain: str
    place: Place
    options: tuple[int, ...] = ()
    accepted: tuple[str, ...] = ()
    feedback: tuple[Block, ...] = ()
    title: str = ""  # inline Markdown
    score: float | None = None  # of a scene that ends a scenario, 0 to 1
    id: str = ""
    letter: str = ""


class Answers(NamedTuple):
    """What a kind made of a question's draft. `stem` replaces the stem where the kind has changed it.

    `scrambled` says that the author's order gives the answer away: letters are then given in another order, and shown
    in that.
    """

    options: tuple[Option, ...] = ()
    parts: tuple[Part, ...] = ()
    stem: tuple[Block, ...] | None = None
    scrambled: bool = False
    scored: bool = True  # whether anything in it is right or wrong


class Question(NamedTuple):
    """A question of any kind. `title` is inline Markdown; `notes` holds hint, correct, wrong, explanation."""

    id: str
    given_id: bool
    kind: str
    title: str
    plain: str
    source: SourceFile
    place: Place
    stem: tuple[Block, ...]
    options: tuple[Option, ...]
    parts: tuple[Part, ...]
    scrambled: bool
    notes: Mapping[str, tuple[Block, ...]]
    attributes: Attributes
    level: int  # of its heading
    points: float = 1.0  # what the right answer is worth; 0: never scored
    slot: int = -1

    @property
    def objective(self) -> str:
        return self.attributes.values.get("objective", "")
