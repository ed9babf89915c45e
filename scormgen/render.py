"""A Course to the files of its package: one HTML document for each SCO, the player, and the author's files."""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from scormgen.blocks import Block, split_attributes
from scormgen.diagnostics import Failure, Place, Report
from scormgen.links import Links, find_anchors
from scormgen.model import SUSPEND_DATA_LIMIT, Assessment, Course, Module, Page, Question
from scormgen.prose import Converted, Piece, Prose
from scormgen.questions import KINDS, points
from scormgen.script import player_script
from scormgen.source import Root
from scormgen.suspend import worst_case
from scormgen.theme import Theme, direction, load_strings

if TYPE_CHECKING:
    import jinja2
    from markupsafe import Markup

SCRIPT, STYLE = "player/player.js", "player/style.css"
_NO_HASH = "\0" * 8  # stands where the content's hash goes, which is of everything else
_TAKE_AWAY = "sg-take-away"


class Sco(NamedTuple):
    """One SCO: its launch page, its files, and what it proves about its suspend data."""

    id: str
    title: str
    href: str
    files: tuple[str, ...]  # paths in the package that it needs besides its page and the player's
    mastery_score: float | None
    suspend_data_max: int
    pages: int
    questions: int


class Rendered(NamedTuple):
    """Everything of a package but its manifest. `files` maps a path in the package to bytes, or to the author's file."""

    course: Course
    scos: tuple[Sco, ...]
    files: Mapping[str, bytes]
    renamed: Mapping[str, str]
    content_sha256: str
    shared: tuple[str, ...] = (SCRIPT, STYLE)


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


@dataclass(slots=True)
class _Sheet:
    """What is gathered while one SCO is rendered."""

    key: str
    modules: Sequence[Module]
    questions: list[Question] = field(default_factory=list)
    data: dict[str, list[object]] = field(default_factory=lambda: {"pages": [], "questions": [], "assessments": []})
    cards: list[str] = field(default_factory=list)


@dataclass(slots=True)
class _Renderer:
    course: Course
    prose: Prose
    environment: jinja2.Environment
    strings: Mapping[str, str]

    def sco(self, sheet: _Sheet, title: str) -> str:
        """The whole document of a SCO."""
        modules: list[dict[str, object]] = []
        index = 0
        for module in sheet.modules:
            pages: list[_Page] = []
            for page in module.pages:
                pages.append(self._page(page, module, index, sheet))
                index += 1
            modules.append({"title": module.title, "pages": pages})
        settings = self.course.settings
        if sheet.cards:
            modules.append(self._take_away(sheet, index))
            index += 1
        return self._template(
            "sco.html", course={
                "id": settings.id, "title": title, "version": settings.version, "language": settings.language,
                "dir": direction(settings.language),
            },
            hash=_NO_HASH, strings=self.strings, modules=modules, page_count=index, data_json=_safe_json(self._data(sheet, title)),
            take_away=bool(sheet.cards), script=SCRIPT, style=STYLE, footer=f"{settings.title} {settings.version}",
        )  # fmt: skip

    def _take_away(self, sheet: _Sheet, index: int) -> dict[str, object]:
        """The page that collects all action cards. It has no slot: nothing hangs on having seen it."""
        from markupsafe import Markup

        title = self.strings["take_away"]
        sheet.data["pages"].append({"id": _TAKE_AWAY, "slot": -1})
        page = _Page(
            index, _TAKE_AWAY, title, Markup.escape(title), title, False, Markup("\n".join(sheet.cards)), index > 0
        )
        return {"title": title, "pages": [page]}

    def _page(self, page: Page, module: Module, index: int, sheet: _Sheet) -> _Page:
        from markupsafe import Markup

        pieces = [Piece(page.parts), Piece(inline=page.title, block=_heading_block(page))]
        questions = list(page.questions)
        layout = []
        for question in questions:
            first = len(pieces)
            pieces.append(Piece(inline=question.title, block=_question_block(question)))
            pieces.append(Piece(question.stem))
            pieces.extend(Piece(option.text) for option in question.options)
            pieces.extend(Piece(option.feedback) for option in question.options)
            pieces.extend(Piece(question.notes.get(note, ())) for note in ("hint", "correct", "wrong", "explanation"))
            layout.append(first)
        definitions = self.course.documents[page.document]
        converted = self.prose.convert(page, definitions, pieces)
        html = {
            id(question): self._question(
                question, first, converted, index, sheet, assessed=not _is_check(page, question)
            )
            for question, first in zip(questions, layout, strict=True)
        }
        body = converted.html[0]
        for number, question in enumerate(converted.questions):
            body = body.replace(f"<sg-question>{number}</sg-question>", html[id(question)])
        if converted.cards:
            sheet.cards.extend(_cards(body))
        sheet.data["pages"].append({"id": page.id, "slot": page.slot})
        if page.assessment:
            body = self._assessment(
                page.assessment, body, [html[id(q)] for q in page.assessment.questions], index, sheet
            )
        return _Page(
            index, page.id, page.plain, Markup(converted.html[1]), module.title,
            page.plain != module.title, Markup(body), index > 0,
        )  # fmt: skip

    def _question(
        self, question: Question, first: int, converted: Converted, page_index: int, sheet: _Sheet, *, assessed: bool
    ) -> str:
        from markupsafe import Markup

        count = len(question.options)
        title, stem = converted.html[first : first + 2]
        texts = converted.html[first + 2 : first + 2 + count]
        feedback = converted.html[first + 2 + count : first + 2 + 2 * count]
        hint, correct, wrong, explanation = converted.html[first + 2 + 2 * count : first + 6 + 2 * count]
        kind = KINDS[question.kind]
        key = {
            "right": kind.right(question),
            "feedback": {o.letter: text for o, text in zip(question.options, feedback, strict=True) if text},
            "correct": correct,
            "wrong": wrong,
            "explanation": explanation,
        }
        index = len(sheet.questions)
        sheet.questions.append(question)
        letters = "".join(option.letter for option in question.options)
        sheet.data["questions"].append(
            {"id": question.id, "slot": question.slot, "kind": question.kind, "options": letters, "points": _number(points(question)), "page": page_index}
        )  # fmt: skip
        packed = json.dumps(
            {name: value for name, value in key.items() if value}, ensure_ascii=False, separators=(",", ":")
        )
        return self._template(
            "question.html", strings=self.strings, question={
                "index": index, "id": question.id, "kind": question.kind,
                "key": base64.b64encode(packed.encode()).decode(), "title": Markup(title), "stem": Markup(stem),
                "body": Markup(kind.render(question, texts)), "hint": Markup(hint), "assessed": assessed,
                "instruction": self.strings[kind.instruction(question)],
            },
        )  # fmt: skip

    def _assessment(
        self, found: Assessment, intro: str, questions: Sequence[str], page_index: int, sheet: _Sheet
    ) -> str:
        from markupsafe import Markup

        first = len(sheet.questions) - len(questions)
        pools, settings = [], found.settings
        for pool in found.pools:
            pools.append({"draw": pool.draw, "questions": list(range(first, first + len(pool.questions)))})
            first += len(pool.questions)
        index = len(sheet.data["assessments"])
        sheet.data["assessments"].append({
            "id": found.id, "slot": found.slot, "page": page_index, "pass": _number(settings.passing),
            "attempts": settings.attempts, "feedback": settings.feedback, "review": settings.review,
            "shuffle": settings.shuffle, "pools": pools,
        })  # fmt: skip
        assessment = {"index": index, "intro": Markup(intro), "questions": [Markup(html) for html in questions]}
        return self._template("assessment.html", assessment=assessment, strings=self.strings)

    def _data(self, sheet: _Sheet, title: str) -> dict[str, object]:
        """What the player reads: docs/player.md, "The data"."""
        settings = self.course.settings
        require, status = settings.completion.require, settings.completion.status
        if settings.structure == "multi":  # each SCO stands alone: an assessment is passed, everything else completed
            assessed = bool(sheet.data["assessments"])
            require = tuple(r for r in require if r == "pages" or assessed) or ("pages",)
            status = status if assessed else "completed"
        return {
            "course": settings.id, "title": title, "version": settings.version, "hash": _NO_HASH, "sco": sheet.key,
            "key": base64.urlsafe_b64encode(hashlib.sha256(sheet.key.encode()).digest()[:3]).decode(),
            "language": settings.language, "navigation": settings.navigation, "report": settings.answers,
            "completion": {"require": require, "status": status, "onFail": settings.completion.on_fail},
            **sheet.data, "strings": self.strings,
        }  # fmt: skip

    def _template(self, name: str, **context: object) -> str:
        import jinja2

        try:
            return self.environment.get_template(name).render(**context)
        except jinja2.TemplateError as error:
            place = f"{name}:{error.lineno}" if isinstance(error, jinja2.TemplateSyntaxError) else name
            raise Failure(f"the theme's template {place} cannot be used: {error.message or error}") from error


def render_course(root: Root, course: Course, theme: Theme, report: Report) -> Rendered:
    """All files of the package; adds what is wrong with links, images, raw HTML and the size of the suspend data."""
    settings = course.settings
    strings = load_strings(settings.language)
    groups = _groups(course)
    sco_of = {page.id: key for key, modules in groups for module in modules for page in module.pages}
    links = Links(root, course, find_anchors(course), report, sco_of)
    prose = Prose(links, course.glossary, strings, report)
    renderer = _Renderer(course, prose, theme.environment(), strings)
    files: dict[str, bytes] = {SCRIPT: player_script().encode(), STYLE: theme.style().encode()}
    scos = []
    for key, modules in groups:
        sheet = _Sheet(key, modules)
        title = settings.title if settings.structure == "single" else modules[0].title
        href = "index.html" if settings.structure == "single" else f"{_file_name(modules[0].id)}.html"
        files[href] = renderer.sco(sheet, title).encode()
        pages = [page for module in modules for page in module.pages]
        scos.append(Sco(
            key, title, href, tuple(sorted(links.used.get(key, ()))), _mastery_score(course, pages),
            _suspend_data(key, course, pages, report), len(pages), len(sheet.questions),
        ))  # fmt: skip
    for file, path in links.assets.items():
        content = root.read_bytes(file, report)
        files[path] = content or b""
    sha256 = _content_sha256(files)
    for sco in scos:
        files[sco.href] = (
            files[sco.href].replace(_NO_HASH.encode(), sha256[:8].encode()).replace(b"\\u0000" * 8, sha256[:8].encode())
        )
    return Rendered(course, tuple(scos), files, links.renamed, sha256)


def _groups(course: Course) -> list[tuple[str, Sequence[Module]]]:
    """SCOs by their identity: the whole course, or each module that has pages."""
    identifier = course.settings.id
    if course.settings.structure == "single":
        return [(identifier, course.modules)]
    return [(f"{identifier}.{module.id}", [module]) for module in course.modules if module.pages]


def _file_name(module_id: str) -> str:
    return module_id.lower()


def _mastery_score(course: Course, pages: Sequence[Page]) -> float | None:
    """The pass mark, where passing is what the LMS records; several assessments pass at the highest of theirs."""
    completion = course.settings.completion
    marks = [page.assessment.settings.passing for page in pages if page.assessment]
    return max(marks) if marks and completion.status == "passed" and "assessment" in completion.require else None


def _suspend_data(key: str, course: Course, pages: Sequence[Page], report: Report) -> int:
    worst = worst_case(pages)
    if worst.total > SUSPEND_DATA_LIMIT:
        biggest = max(
            ("pages", worst.pages),
            ("assessments", worst.assessments),
            ("knowledge checks", worst.checks),
            key=lambda p: p[1],
        )
        help_ = (
            "split the course into SCOs with structure: multi"
            if course.settings.structure == "single" and len(course.modules) > 1
            else "split it into several modules or courses"
        )
        hint = f"the {biggest[0]} take {biggest[1]} of them; {help_}"
        report.add(
            "P001",
            Place(f"{course.folder}/course.yml"),
            sco=f"“{key}”",
            size=worst.total,
            limit=SUSPEND_DATA_LIMIT,
            hint=hint,
        )
    return worst.total


def _content_sha256(files: Mapping[str, bytes]) -> str:
    digest = hashlib.sha256()
    for path in sorted(files):
        digest.update(f"{path}\0{len(files[path])}\0".encode())
        digest.update(files[path])
    return digest.hexdigest()


def _safe_json(data: object) -> Markup:
    from markupsafe import Markup

    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return Markup(text.replace("&", "\\u0026").replace("<", "\\u003c").replace(">", "\\u003e"))


def _number(value: float) -> float | int:
    return int(value) if value == int(value) else value


def _is_check(page: Page, question: Question) -> bool:
    return any(part is question for part in page.parts)


def _heading_block(page: Page) -> Block:
    line = page.place.line
    return Block("paragraph", page.source, line, line, split_attributes(page.title)[0])


def _question_block(question: Question) -> Block:
    line = question.place.line
    return Block("paragraph", question.source, line, line, question.title)


def _cards(body: str) -> list[str]:
    """The cards of a page, for the take-away page: with other ids, for an id stands once in a document."""
    import re

    found = re.findall(r'<section [^>]*class="sg-card".*?</section>', body, re.DOTALL)
    return [re.sub(r'(\bid=|aria-labelledby=)"', r'\1"take-away--', card) for card in found]
