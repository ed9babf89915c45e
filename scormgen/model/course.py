"""What a course is: frozen values, in the words of design and standard. No I/O."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Literal, NamedTuple

from scormgen.files.source import SourceFile
from scormgen.model.blocks import Block
from scormgen.model.question import Question
from scormgen.problems.report import Place


class Completion(NamedTuple):
    """When a course is complete, and the status that says so."""

    require: tuple[str, ...]
    status: Literal["passed", "completed", ""]  # empty: not given, until the course is known
    on_fail: Literal["incomplete", "failed"]


class Settings(NamedTuple):
    """`course.yml`, with its defaults."""

    id: str
    title: str
    version: str
    language: str
    description: str
    duration: int  # minutes; 0: not given
    audience: str
    keywords: tuple[str, ...]
    reviewed: str
    review_by: str
    theme: str
    rights: str
    structure: Literal["single", "multi"]
    navigation: Literal["free", "guided"]
    completion: Completion
    certificate: Literal["yes", "no"]
    csp: Literal["default", "strict"]
    answers: Literal["all", "last", "none"]
    objectives: Mapping[str, str]
    variables: Mapping[str, str]


class AssessmentSettings(NamedTuple):
    """`assessment:` of a module's front matter.

    `passing` is a percentage; `attempts` 0 means no limit, `time` 0 (minutes) likewise. A pretest marks the modules
    that it `covers` as known ('' means all of them) and has no other effect.
    """

    passing: float
    attempts: int
    shuffle: tuple[str, ...]
    feedback: Literal["each", "end", "none"]
    review: Literal["all", "wrong", "none"]
    time: int
    weight: float
    role: Literal["final", "pretest"]
    covers: tuple[str, ...]


class Pool(NamedTuple):
    """Questions of an assessment of which `draw` are asked; all of them where it is None."""

    title: str
    questions: tuple[Question, ...]
    draw: int | None = None


class Assessment(NamedTuple):
    """A module's scored questions; its page's blocks are its introduction."""

    id: str
    settings: AssessmentSettings
    pools: tuple[Pool, ...]
    slot: int = -1

    @property
    def questions(self) -> Iterator[Question]:
        for pool in self.pools:
            yield from pool.questions


class Page(NamedTuple):
    """What a learner sees at a time. `id` is `module/page`; `title` is inline Markdown, `plain` the same as text."""

    id: str
    given_id: bool
    title: str
    plain: str
    source: SourceFile
    place: Place
    parts: tuple[Block | Question, ...]
    document: int  # index of the course's documents that this page's references and footnotes come from
    level: int = 1  # one above the highest heading below the page's own: that becomes a heading of level 2 on the page
    assessment: Assessment | None = None
    objectives: tuple[str, ...] = ()  # that it teaches
    slot: int = -1
    broken: tuple[Block, ...] = ()  # of questions with errors: checked for further problems, never shown

    @property
    def questions(self) -> Iterator[Question]:
        """All questions of the page, knowledge checks first."""
        for part in self.parts:
            if isinstance(part, Question):
                yield part
        if self.assessment:
            yield from self.assessment.questions

    @property
    def checks(self) -> tuple[Question, ...]:
        return tuple(part for part in self.parts if isinstance(part, Question))


class Module(NamedTuple):
    """One Markdown file, or a folder of them."""

    id: str
    title: str
    pages: tuple[Page, ...]


class Definitions(NamedTuple):
    """Link references, footnotes and abbreviations of one file and its snippets."""

    references: Mapping[str, tuple[str, str]]
    footnotes: Mapping[str, tuple[Block, ...]]
    abbreviations: Mapping[str, str]


class Course(NamedTuple):
    """A course folder, read. `folder` is its path relative to the workspace."""

    folder: str
    settings: Settings
    modules: tuple[Module, ...]
    documents: tuple[Definitions, ...]
    glossary: Mapping[str, str] = {}  # never changed

    @property
    def pages(self) -> Iterator[Page]:
        for module in self.modules:
            yield from module.pages

    @property
    def questions(self) -> Iterator[Question]:
        for page in self.pages:
            yield from page.questions

    @property
    def assessments(self) -> Iterator[Assessment]:
        for page in self.pages:
            if page.assessment:
                yield page.assessment
