"""A question as it was written, before its kind is known, and the protocol of the kinds."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Literal, NamedTuple, Protocol

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
    doubtful: bool = False  # an option has a near-form: the number of options, and of right ones, is not known

    @property
    def type(self) -> str:
        return self.attributes.values.get("type", "")


def check_attributes(attributes: Attributes, known: Collection[str], block: Block, report: Report) -> None:
    """Adds Q005 for parts of an attribute list that are neither an id nor a known key: they would have no effect."""
    for key in attributes.values:
        if key not in known:
            report.add("Q005", block.place(key), key=quoted(key), hint=did_you_mean(key, known))
    for name in attributes.classes:
        report.add("Q005", block.place(f".{name}"), key=quoted(f".{name}"), hint="remove it")


class Values(NamedTuple):
    """The allowed values of an attribute: a pattern, and their description and an example for messages."""

    pattern: str
    wanted: str
    example: str


Shape = Literal["choice", "true-false", "decision", "order", "matching", "text", "number", "scale", "path"]


class Choice(NamedTuple):
    """A possible answer, or a part of one: `right` is None if nothing is right or wrong."""

    letter: str
    text: str
    right: bool | None


class Response(NamedTuple):
    """A part that a learner answers and that reports show separately: a question, or a part of one.

    `right` holds the letters of the right answer in their order, or the accepted texts; `pairs` a prompt and what
    matches it, by letters; `ranges` the lowest and highest accepted numbers. Targets turn these into the patterns and
    types of their standards.
    """

    shape: Shape
    choices: tuple[Choice, ...]
    part: str = ""  # its letter; '' for the question as a whole
    right: tuple[str, ...] = ()
    pairs: tuple[tuple[str, str], ...] = ()
    ranges: tuple[tuple[float, float], ...] = ()


class Input(NamedTuple):
    """A field to type in: how many bytes of the answer are kept, and whether it is a number."""

    size: int
    numeric: bool = False


class Widget(NamedTuple):
    """What a question shows besides its texts: the order of options (indexes; () if unchanged), fields by the letter of
    their part ('' for the question's own), the points of a scale by the keys of their names, and whether its parts are
    scenes.
    """

    order: tuple[int, ...] = ()
    inputs: Mapping[str, Input] = {}  # never changed
    points: tuple[str, ...] = ()
    scenes: bool = False


# Attributes of every question that is scored, and of those that may earn part of their points.
SCORED: Mapping[str, Values] = {
    "type": Values(r".*", "a kind", "type=text"),
    "objective": Values(r"[A-Za-z0-9][A-Za-z0-9._-]{0,99}", "an id", "objective=hot"),
    "points": Values(r"(?=.*[1-9])(?:100|\d{1,2})(?:\.\d{1,2})?", "a number above 0, up to 100", "points=2"),
}
PARTLY: Mapping[str, Values] = {**SCORED, "score": Values(r"all|partial", "all or partial", "score=partial")}


class Kind(Protocol):
    """The interface of a kind's module."""

    NAME: str  # as in type= and in the player
    WORD: str  # that begins the heading: Q where it is a question like others
    KEYS: Mapping[str, Values]  # the attributes that it may have

    def detect(self, draft: Draft) -> bool:
        """Whether the draft is of this kind."""

    def parse(self, draft: Draft, report: Report) -> Answers | None:
        """Options and parts, or None after adding problems."""

    def key(self, question: Question) -> Mapping[str, object]:
        """What the player's module of this kind needs to mark an answer (JSON). It is encoded in the page."""

    def responses(self, question: Question) -> Sequence[Response]:
        """What a learner answers, and what is right."""

    def token_size(self, question: Question) -> int:
        """The most characters that an answer takes in the learner's state."""

    def instruction(self, question: Question) -> str:
        """The key of the player's string that says how to answer."""

    def widget(self, question: Question) -> Widget:
        """What its widget, a template of the kind's name, shows besides its texts."""


def text_size(characters: int) -> int:
    """The number of characters for a text of this many bytes in the learner's state: token, length, base 64."""
    return 3 + -(-characters * 4 // 3)
