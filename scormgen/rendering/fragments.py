"""The result of rendering: a page as an ordered list of fragments, and each question's facts with its texts as HTML.

Templates combine them. Later steps check this HTML, and never change it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from markupsafe import Markup

from scormgen.model.question import Question
from scormgen.questions.draft import Input


class OptionHtml(NamedTuple):
    """An option of a widget: its label, which is one line of text, and the blocks below it."""

    letter: str
    plain: str
    label: Markup
    more: Markup
    feedback: Markup
    pinned: bool
    to: str  # of a decision: the letter of the scene that it leads to


class PartHtml(NamedTuple):
    """A part of a question: a prompt, a row, a gap, a scene. A scene's text is `text`; of the others, `label` and
    `more`.
    """

    number: int  # from 1
    letter: str
    plain: str
    title: Markup
    text: Markup
    label: Markup
    more: Markup
    feedback: Markup
    options: tuple[OptionHtml, ...]  # of a scene: its decisions
    input: Input | None  # of a gap


class QuestionHtml(NamedTuple):
    """A question. `options` are in the order in which they are shown, `stem` is the text with a part where a gap is."""

    question: Question
    title: Markup
    stem: tuple[Markup | PartHtml, ...]
    options: tuple[OptionHtml, ...]
    parts: tuple[PartHtml, ...]
    input: Input | None  # of a question with one answer to type
    points: tuple[str, ...]  # names of the points of a scale
    notes: Mapping[str, Markup]  # hint, correct, wrong, explanation

    @property
    def feedback(self) -> dict[str, Markup]:
        """The feedback to an answer, by the letter of the option or part."""
        of = {option.letter: option.feedback for option in self.options}
        rows = [
            *((o.letter, of[o.letter]) for o in self.question.options),
            *((p.letter, p.feedback) for p in self.parts),
        ]
        return {letter: html for letter, html in rows if html}

    @property
    def texts(self) -> Iterator[str]:
        """All HTML of the question."""
        yield self.title
        yield "".join(piece for piece in self.stem if isinstance(piece, Markup))
        for option in self.options:
            yield from (option.label, option.more, option.feedback)
        for part in self.parts:
            yield from (part.title, part.text, part.label, part.more, part.feedback)
        yield from self.notes.values()


class Card(NamedTuple):
    """An action card: its heading, which `id` names, and its text."""

    id: str
    heading: Markup
    body: Markup


class CardOnPage(NamedTuple):
    """An action card where it was written, and as the take-away page shows it: with ids of its own."""

    card: Card
    copy: Card


Fragment = Markup | QuestionHtml | CardOnPage


class PageHtml(NamedTuple):
    """A page: its title, its fragments in order, and the questions of its assessment."""

    title: Markup
    fragments: tuple[Fragment, ...]
    assessed: tuple[QuestionHtml, ...]

    @property
    def texts(self) -> Iterator[str]:
        """All HTML of the page, with that of its questions."""
        yield self.title
        main = [f"{f.card.heading}{f.card.body}" if isinstance(f, CardOnPage) else f for f in self.fragments]
        yield "".join(part for part in main if isinstance(part, str))
        for question in (*self.checks, *self.assessed):
            yield from question.texts

    @property
    def cards(self) -> Iterator[CardOnPage]:
        return (fragment for fragment in self.fragments if isinstance(fragment, CardOnPage))

    @property
    def checks(self) -> Iterator[QuestionHtml]:
        return (fragment for fragment in self.fragments if isinstance(fragment, QuestionHtml))
