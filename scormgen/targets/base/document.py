"""A unit to its HTML document: templates combine the fragments of its pages and the data of the player."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from markupsafe import Markup

from scormgen.model.course import Course, Page
from scormgen.questions import KINDS, gaps
from scormgen.rendering.fragments import Card, CardOnPage, Fragment, PageHtml, QuestionHtml
from scormgen.rendering.templates import Templates
from scormgen.rendering.theme import direction
from scormgen.targets.base.player_data import marking_key, player_data, safe_json
from scormgen.targets.base.unit import Unit, is_certified

SCRIPT, STYLE = "player/player.js", "player/style.css"
UNIT_TEMPLATE, HANDOUT_TEMPLATE = "sco.html", "handout.html"
# Texts of single targets, which others leave out.
_OWN_WORDS = ("web_",)
_TAKE_AWAY, _CERTIFICATE = "sg-take-away", "sg-certificate"


@dataclass(frozen=True, slots=True)
class _Page:
    """A page, as the input of templates."""

    index: int
    id: str
    title: str
    title_html: Markup
    module_title: str
    show_module: bool
    body: Markup
    hidden: bool


class _Module(NamedTuple):
    title: str
    pages: list[_Page]


class Documents(NamedTuple):
    """Renders the documents of one course. `pages` are its pages by their ids."""

    course: Course
    pages: Mapping[str, PageHtml]
    templates: Templates
    strings: Mapping[str, str]
    policy: str
    words: str  # prefix of the target's own texts

    def render(self, unit: Unit) -> Callable[[str], str]:
        """The document of a unit, once the hash of the content is known; its fragments are rendered here, once."""
        numbers = {question.id: number for number, question in enumerate(unit.questions)}
        modules: list[_Module] = []
        index = 0
        for module in unit.modules:
            modules.append(_Module(module.title, []))
            for page in module.pages:
                modules[-1].pages.append(self._page(page, module.title, index, unit, numbers))
                index += 1
        extra = list(self._extra(unit))
        for number, (identifier, title, body) in enumerate(extra, start=index):
            made = _Page(number, identifier, title, Markup.escape(title), title, False, body, number > 0)
            modules.append(_Module(title, [made]))
        spoken = {name: text for name, text in self.strings.items() if self.words or not name.startswith(_OWN_WORDS)}
        data = player_data(self.course, unit, [identifier for identifier, _, _ in extra], spoken)

        def document(sha256: str) -> str:
            stamped = safe_json(data | {"hash": sha256})
            return self._document(UNIT_TEMPLATE, unit, modules, sha256, data_json=stamped, seen=index, script=SCRIPT)

        return document

    def render_handout(self, unit: Unit) -> Callable[[str], str]:
        """All pages of a unit on paper, once the hash of the content is known: every question, and no key."""
        numbers = {question.id: number for number, question in enumerate(unit.questions)}
        modules = [
            _Module(module.title, [self._paper(page, module.title, numbers) for page in module.pages])
            for module in unit.modules
        ]
        return lambda sha256: self._document(HANDOUT_TEMPLATE, unit, modules, sha256)

    def _document(self, template: str, unit: Unit, modules: Sequence[_Module], sha256: str, **context: object) -> str:
        """A whole document, with what the templates of all documents take."""
        settings = self.course.settings
        course = {
            "id": settings.id,
            "title": unit.title,
            "version": settings.version,
            "language": settings.language,
            "dir": direction(settings.language),
        }
        return self.templates.render(
            template,
            course=course,
            policy=Markup(self.policy),
            hash=sha256,
            strings=self.strings,
            modules=modules,
            style=STYLE,
            footer=f"{settings.title} {settings.version}",
            **context,
        )

    def _paper(self, page: Page, module_title: str, numbers: Mapping[str, int]) -> _Page:
        html = self.pages[page.id]
        parts = [*html.fragments, *html.assessed]
        body = Markup("").join(self._fragment(part, numbers, on_paper=True) for part in parts)
        return self._made(page, module_title, 0, body)

    def _page(self, page: Page, module_title: str, index: int, unit: Unit, numbers: Mapping[str, int]) -> _Page:
        html = self.pages[page.id]
        body = Markup("").join(self._fragment(fragment, numbers) for fragment in html.fragments)
        if page.assessment:
            number = [other.id for other in unit.pages if other.assessment].index(page.id)
            body = self._assessment(number, body, html, numbers)
        return self._made(page, module_title, index, body)

    def _made(self, page: Page, module_title: str, index: int, body: Markup) -> _Page:
        title, shows_module = self.pages[page.id].title, page.plain != module_title
        return _Page(index, page.id, page.plain, title, module_title, shows_module, body, index > 0)

    def _fragment(self, fragment: Fragment, numbers: Mapping[str, int], *, on_paper: bool = False) -> Markup:
        match fragment:
            case QuestionHtml():
                return self._question(fragment, numbers, assessed=on_paper, has_key=not on_paper)
            case CardOnPage():
                return self._card(fragment.card)
            case _:
                return fragment

    def _card(self, card: Card) -> Markup:
        return self._render("card.html", card=card)

    def _question(
        self, html: QuestionHtml, numbers: Mapping[str, int], *, assessed: bool, has_key: bool = True
    ) -> Markup:
        question = html.question
        kind = KINDS[question.kind]
        # If a kind has its own word in the heading, it is also the label.
        label = kind.NAME if kind.WORD != "Q" else "" if assessed else "knowledge_check"
        facts = {
            "index": numbers[question.id],
            "id": question.id,
            "kind": question.kind,
            "label": self.strings[label] if label else "",
            "key": marking_key(html) if has_key else "",
            "title": html.title,
            "plain": question.plain,
            "stem": Markup("").join(piece for piece in html.stem if isinstance(piece, Markup)),
            "pieces": html.stem,  # the stem, with a part where a gap is
            "options": html.options,
            "parts": html.parts,
            "input": html.input,
            "points": html.points,
            "hint": html.notes["hint"],
            "assessed": assessed,
            "instruction": self.strings[kind.instruction(question)],
            "submit": self.strings["check_answer" if question.points else "send_answer"],
        }
        if question.kind == gaps.NAME:
            facts["stem"] = ""  # its widget shows it
        body = self._render(f"questions/{question.kind}.html", question=facts)
        return self._render("question.html", question=facts | {"body": body})

    def _assessment(self, number: int, intro: Markup, html: PageHtml, numbers: Mapping[str, int]) -> Markup:
        questions = [self._question(question, numbers, assessed=True) for question in html.assessed]
        return self._render("assessment.html", assessment={"index": number, "intro": intro, "questions": questions})

    def _extra(self, unit: Unit) -> Iterator[tuple[str, str, Markup]]:
        """Generated pages after the author's: the take-away cards, the certificate."""
        cards = [self._card(card.copy) for page in unit.pages for card in self.pages[page.id].cards]
        if cards:
            yield _TAKE_AWAY, self.strings["take_away"], Markup("\n").join(cards)
        if is_certified(self.course, unit):
            part = "" if unit.part == "" else unit.modules[0].title
            body = self._render("certificate.html", course=self.course.settings, part=part)
            yield _CERTIFICATE, self.strings["certificate"], body

    def _render(self, name: str, **context: object) -> Markup:
        return Markup(self.templates.render(name, strings=self.strings, **context))
