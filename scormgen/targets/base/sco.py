"""One SCO to its HTML document and the data of its player: docs/player.md."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from scormgen.model.blocks import Block, split_attributes
from scormgen.model.course import Assessment, Course, Module, Page
from scormgen.model.question import Question
from scormgen.questions import KINDS
from scormgen.questions.draft import PARTIAL, Texts
from scormgen.reading.goals import counted, covered, mastery_score, objectives
from scormgen.rendering.prose import Piece, Prose
from scormgen.rendering.theme import direction

if TYPE_CHECKING:
    from markupsafe import Markup

    from scormgen.rendering.templates import Templates

SCRIPT, STYLE = "player/player.js", "player/style.css"
NO_HASH = "\0" * 8  # stands where the content's hash goes, which is of everything else
_TAKE_AWAY, _CERTIFICATE = "sg-take-away", "sg-certificate"
_NOTES = ("hint", "correct", "wrong", "explanation")


@dataclass(frozen=True, slots=True)
class _Page:
    """A page as the templates take it."""

    index: int
    id: str
    title: str
    title_html: Markup
    module_title: str
    show_module: bool
    body: Markup
    hidden: bool


class _Written(NamedTuple):
    """A question's texts as HTML."""

    title: str
    texts: Texts
    options_feedback: Sequence[str]
    parts_feedback: Sequence[str]
    notes: Mapping[str, str]


@dataclass(slots=True)
class Sheet:
    """What is gathered while one SCO is rendered."""

    key: str
    modules: Sequence[Module]
    questions: list[Question] = field(default_factory=list)
    data: dict[str, list[object]] = field(default_factory=lambda: {"pages": [], "questions": [], "assessments": []})
    cards: list[str] = field(default_factory=list)

    @property
    def pages(self) -> list[Page]:
        return [page for module in self.modules for page in module.pages]


@dataclass(slots=True)
class ScoRenderer:
    """Renders the SCOs of one course."""

    course: Course
    prose: Prose
    templates: Templates
    strings: Mapping[str, str]
    policy: str

    def render(self, sheet: Sheet, title: str) -> str:
        """The whole document of a SCO."""
        from markupsafe import Markup

        modules: list[dict[str, object]] = []
        index = 0
        for module in sheet.modules:
            pages: list[_Page] = []
            for page in module.pages:
                pages.append(self._page(page, module, index, sheet))
                index += 1
            modules.append({"title": module.title, "pages": pages})
        settings = self.course.settings
        seen = index
        extra = [(_TAKE_AWAY, "take_away", "\n".join(sheet.cards))] if sheet.cards else []
        if self._is_certified(sheet):
            extra.append((_CERTIFICATE, "certificate", self._certificate(sheet)))
        for identifier, string, body in extra:
            modules.append(self._extra(sheet, index, identifier, self.strings[string], body))
            index += 1
        return self.templates.render(
            "sco.html", course={
                "id": settings.id, "title": title, "version": settings.version, "language": settings.language,
                "dir": direction(settings.language),
            },
            policy=Markup(self.policy), hash=NO_HASH, strings=self.strings, modules=modules, data_json=_safe_json(self._data(sheet, title)),
            seen=seen, script=SCRIPT, style=STYLE, footer=f"{settings.title} {settings.version}",
        )  # fmt: skip

    def _extra(self, sheet: Sheet, index: int, identifier: str, title: str, body: str) -> dict[str, object]:
        """A page of ours behind the author's. It has no slot: nothing hangs on having seen it."""
        from markupsafe import Markup

        sheet.data["pages"].append({"id": identifier, "slot": -1})
        page = _Page(index, identifier, title, Markup.escape(title), title, False, Markup(body), index > 0)
        return {"title": title, "pages": [page]}

    def _is_certified(self, sheet: Sheet) -> bool:
        """Whether this SCO has the certificate: the only one, the one with an assessment, or the last."""
        settings, modules = self.course.settings, [module for module in self.course.modules if module.pages]
        if settings.certificate == "no":
            return False
        if settings.structure == "single":
            return True
        assessed = any(counted(module.pages) for module in modules)
        return bool(counted(sheet.pages)) if assessed else list(sheet.modules) == modules[-1:]

    def _certificate(self, sheet: Sheet) -> str:
        part = sheet.modules[0].title if self._part(sheet) else ""
        return self.templates.render("certificate.html", course=self.course.settings, part=part, strings=self.strings)

    def _part(self, sheet: Sheet) -> str:
        """What of the course a SCO is: all of it (''), a module, or an assessment alone. It knows of nothing else."""
        if list(sheet.modules) == [module for module in self.course.modules if module.pages]:
            return ""
        return "assessment" if all(page.assessment for page in sheet.pages) else "module"

    def _page(self, page: Page, module: Module, index: int, sheet: Sheet) -> _Page:
        from markupsafe import Markup

        pieces = [Piece(page.parts), Piece(inline=page.title, block=_heading_block(page))]
        questions = list(page.questions)
        for question in questions:
            pieces.extend(_pieces(question))
        pieces.append(Piece(page.broken, is_broken=True))
        converted = self.prose.convert(page, self.course.documents[page.document], pieces)
        written = iter(converted.html[2:])
        html = {}
        for question in questions:
            assessed = not any(part is question for part in page.parts)
            html[id(question)] = self._question(question, _written(question, written), index, sheet, assessed=assessed)
        body = converted.html[0]
        for number, question in enumerate(converted.questions):
            body = body.replace(f"<sg-question>{number}</sg-question>", html[id(question)])
        if converted.cards:
            sheet.cards.extend(_cards(body))
        sheet.data["pages"].append({"id": page.id, "slot": page.slot})
        if page.assessment:
            forms = [html[id(question)] for question in page.assessment.questions]
            body = self._assessment(page, page.assessment, body, forms, index, sheet)
        return _Page(
            index, page.id, page.plain, Markup(converted.html[1]), module.title,
            page.plain != module.title, Markup(body), index > 0,
        )  # fmt: skip

    def _question(self, question: Question, found: _Written, page: int, sheet: Sheet, *, assessed: bool) -> str:
        from markupsafe import Markup

        kind = KINDS[question.kind]
        letters = [*(option.letter for option in question.options), *(part.letter for part in question.parts)]
        said = (*found.options_feedback, *found.parts_feedback)
        feedback = {letter: html for letter, html in zip(letters, said, strict=True) if html}
        notes = {name: html for name, html in found.notes.items() if name != "hint"}
        key = {name: value for name, value in {"feedback": feedback, **notes}.items() if value}
        index = len(sheet.questions)
        sheet.questions.append(question)
        data = {
            "id": question.id, "slot": question.slot, "kind": question.kind,
            "options": "".join(option.letter for option in question.options), "points": _number(question.points), "page": page,
        }  # fmt: skip
        if question.parts:
            data["parts"] = "".join(part.letter for part in question.parts)
        if question.attributes.values.get("score") == PARTIAL:
            data["partial"] = True
        if question.objective:
            data["objective"] = question.objective
        sheet.data["questions"].append(data)
        packed = json.dumps({**kind.key(question), **key}, ensure_ascii=False, separators=(",", ":"))
        stem, body = kind.render(question, found.texts, self.strings)
        # A kind with a word of its own in the heading has it as its label too.
        label = kind.NAME if kind.WORD != "Q" else "" if assessed else "knowledge_check"
        return self.templates.render(
            "question.html", strings=self.strings, question={
                "index": index, "id": question.id, "kind": question.kind, "label": self.strings[label] if label else "",
                "key": base64.b64encode(packed.encode()).decode(), "title": Markup(found.title), "stem": Markup(stem),
                "body": Markup(body), "hint": Markup(found.notes["hint"]), "assessed": assessed,
                "instruction": self.strings[kind.instruction(question)],
                "submit": self.strings["check_answer" if question.points else "send_answer"],
            },
        )  # fmt: skip

    def _assessment(
        self, page: Page, found: Assessment, intro: str, forms: Sequence[str], index: int, sheet: Sheet
    ) -> str:
        from markupsafe import Markup

        first = len(sheet.questions) - len(forms)
        pools, settings = [], found.settings
        for pool in found.pools:
            pools.append({"draw": pool.draw, "questions": list(range(first, first + len(pool.questions)))})
            first += len(pool.questions)
        data: dict[str, object] = {
            "id": found.id, "slot": found.slot, "page": index, "pass": _number(settings.passing),
            "attempts": settings.attempts, "feedback": settings.feedback, "review": settings.review,
            "shuffle": settings.shuffle, "pools": pools, "weight": _number(settings.weight), "time": settings.time * 60,
        }  # fmt: skip
        if settings.role == "pretest":
            known = {other.id for other in covered(self.course, page)}
            data["covers"] = [place for place, other in enumerate(sheet.pages) if other.id in known]
        number = len(sheet.data["assessments"])
        sheet.data["assessments"].append(data)
        assessment = {"index": number, "intro": Markup(intro), "questions": [Markup(form) for form in forms]}
        return self.templates.render("assessment.html", assessment=assessment, strings=self.strings)

    def _data(self, sheet: Sheet, title: str) -> dict[str, object]:
        """What the player reads: docs/player.md, "The data"."""
        settings = self.course.settings
        require, status = settings.completion.require, settings.completion.status
        if settings.structure == "multi":  # each SCO stands alone: an assessment is passed, everything else completed
            assessed = bool(sheet.data["assessments"])
            require = tuple(r for r in require if r == "pages" or assessed) or ("pages",)
            status = status if assessed else "completed"
        mastery = mastery_score(self.course, sheet.pages)
        return {
            "course": settings.id, "title": title, "version": settings.version, "hash": NO_HASH, "sco": sheet.key,
            "key": base64.urlsafe_b64encode(hashlib.sha256(sheet.key.encode()).digest()[:3]).decode(),
            "language": settings.language, "navigation": settings.navigation, "report": settings.answers, "part": self._part(sheet),
            "completion": {"require": require, "status": status, "onFail": settings.completion.on_fail},
            "mastery": None if mastery is None else _number(mastery), "objectives": self._objectives(sheet),
            **sheet.data, "strings": {name: text for name, text in self.strings.items() if not name.startswith("web_")},
        }  # fmt: skip

    def _objectives(self, sheet: Sheet) -> list[dict[str, object]]:
        """The objectives of this SCO's questions, each with the pages that teach it."""
        used = {question.objective for question in sheet.questions}
        return [
            {
                "id": name, "title": title,
                "pages": [i for i, page in enumerate(sheet.pages)
                          if name in page.objectives or any(check.objective == name for check in page.checks)],
            }
            for name, title in objectives(self.course).items() if name in used
        ]  # fmt: skip


def _pieces(question: Question) -> Iterator[Piece]:
    """The texts of a question; `_written` takes their HTML in the same order."""
    line = question.place.line
    yield Piece(inline=question.title, block=Block("paragraph", question.source, line, line, question.title))
    yield Piece(question.stem)
    yield from (Piece(option.text) for option in question.options)
    yield from (Piece(option.feedback) for option in question.options)
    yield from (Piece(part.text) for part in question.parts)
    for part in question.parts:
        line = part.place.line
        block = Block("paragraph", question.source, line, line, part.title) if part.title else None
        yield Piece(inline=part.title, block=block)
    yield from (Piece(part.feedback) for part in question.parts)
    yield from (Piece(question.notes.get(note, ())) for note in _NOTES)


def _written(question: Question, html: Iterator[str]) -> _Written:
    def take(rows: Sequence[object]) -> list[str]:
        return [next(html) for _ in rows]

    title, stem = next(html), next(html)
    options, options_feedback = take(question.options), take(question.options)
    parts, titles, parts_feedback = take(question.parts), take(question.parts), take(question.parts)
    notes = dict(zip(_NOTES, take(_NOTES), strict=True))
    return _Written(title, Texts(stem, options, parts, titles), options_feedback, parts_feedback, notes)


def _safe_json(data: object) -> Markup:
    from markupsafe import Markup

    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return Markup(text.replace("&", "\\u0026").replace("<", "\\u003c").replace(">", "\\u003e"))


def _number(value: float) -> float | int:
    return int(value) if value == int(value) else value


def _heading_block(page: Page) -> Block:
    line = page.place.line
    return Block("paragraph", page.source, line, line, split_attributes(page.title)[0])


def _cards(body: str) -> list[str]:
    """The cards of a page, for the take-away page: with other ids, for an id stands once in a document."""
    found = re.findall(r'<section [^>]*class="sg-card".*?</section>', body, re.DOTALL)
    return [re.sub(r'(\bid=|aria-labelledby=)"', r'\1"take-away--', card) for card in found]
