"""A question as it was written, before its kind is known, and what a kind says of it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import NamedTuple, Protocol

from scormgen.model.blocks import Attributes, Block
from scormgen.model.question import Answers, Question
from scormgen.problems.report import Report
from scormgen.text import did_you_mean, quoted

PARTIAL = "partial"


class Draft(NamedTuple):
    """The parts of a question; `plain` turns inline Markdown into text."""

    word: str  # Q, Survey or Scenario
    heading: Block
    attributes: Attributes
    stem: tuple[Block, ...]
    lists: tuple[Block, ...]
    scenes: tuple[tuple[Block, tuple[Block, ...]], ...]  # sub-headings, and what stands below each
    notes: Mapping[str, tuple[Block, ...]]
    plain: Callable[[str], str]
    doubtful: bool = False  # an option was found in a near-form: what is right, and how many there are, cannot be said

    @property
    def type(self) -> str:
        return self.attributes.values.get("type", "")


def check_attributes(attributes: Attributes, known: Collection[str], block: Block, report: Report) -> None:
    """Adds Q005 for what an attribute list has beside an id and the known keys: nothing would read it."""
    for key in attributes.values:
        if key not in known:
            report.add("Q005", block.place(key), key=quoted(key), hint=did_you_mean(key, known))
    for name in attributes.classes:
        report.add("Q005", block.place(f".{name}"), key=quoted(f".{name}"), hint="take it out")


class Values(NamedTuple):
    """The values that an attribute may have: a pattern, and how a message names and shows them."""

    pattern: str
    wanted: str
    example: str


class Texts(NamedTuple):
    """A question's texts as HTML: for each option and part in the model's order."""

    stem: str
    options: Sequence[str]
    parts: Sequence[str]
    titles: Sequence[str]  # of the parts


class Row(NamedTuple):
    """What a report of an LMS may hold: a line of questions.csv."""

    interaction: str
    type: str  # of cmi.interactions.n.type
    letter: str
    text: str
    right: bool | None  # None where nothing is right or wrong
    pattern: str


# Attributes of every question that is scored, and of those that may earn part of their points.
SCORED: Mapping[str, Values] = {
    "type": Values(r".*", "a kind", "type=text"),
    "objective": Values(r"[A-Za-z0-9][A-Za-z0-9._-]{0,99}", "an id", "objective=hot"),
    "points": Values(r"(?=.*[1-9])(?:100|\d{1,2})(?:\.\d{1,2})?", "a number above 0, up to 100", "points=2"),
}
PARTLY: Mapping[str, Values] = {**SCORED, "score": Values(r"all|partial", "all or partial", "score=partial")}


class Kind(Protocol):
    """What a kind's module offers."""

    NAME: str  # as in type= and in the player
    WORD: str  # that begins the heading: Q where it is a question like others
    KEYS: Mapping[str, Values]  # the attributes that it may have

    def detect(self, draft: Draft) -> bool:
        """Whether what the author wrote is this kind."""

    def parse(self, draft: Draft, report: Report) -> Answers | None:
        """Options and parts, or None after adding problems."""

    def key(self, question: Question) -> Mapping[str, object]:
        """What the player's module of this kind needs to mark an answer (JSON). It is packed out of plain sight."""

    def rows(self, question: Question) -> Sequence[Row]:
        """What the interactions of this question mean."""

    def token_size(self, question: Question) -> int:
        """The most characters that an answer takes in the suspend data."""

    def instruction(self, question: Question) -> str:
        """The key of the player's string that says how to answer."""

    def render(self, question: Question, texts: Texts, strings: Mapping[str, str]) -> tuple[str, str]:
        """The HTML of the stem and of the widget."""


def text_size(characters: int) -> int:
    """How much room a text of so many bytes takes in the suspend data: its token, its length, base 64."""
    return 3 + -(-characters * 4 // 3)
