"""Cross-site scripting payloads in every place where an author's text stands: none runs, none loads, none is dropped in silence.

Each payload is compiled in each position. Where the compiler has no error for it, it is built and opened in Chromium, where all that
can be focused, hovered, clicked and opened is. Where it also has no warning, the learner sees the payload as text, as it was written.
"""

from __future__ import annotations

import html as entities
import json
import re
import tempfile
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import NamedTuple, TypeVar
from urllib.parse import unquote, urlsplit

import pytest
from lxml import etree
from playwright.sync_api import Browser, Request, Route

from scormgen.pipeline.compile import compile_course
from scormgen.problems.report import Problem, Report
from scormgen.reading.workspace import find_workspace
from scormgen.targets.scorm12.manifest import render_manifest
from tests.fuzz.markup import NO_HTML, dangers, elements, json_texts, key_texts
from tests.fuzz.positions import (
    SHARED,
    SINGLE,
    Payload,
    is_about,
    is_about_single,
    payloads,
    shared_course,
    single_course,
)

PAYLOADS = payloads()
NUMBERED = list(enumerate(PAYLOADS, start=1))
# What these hold is no text for learners: docs/authors.md says so of comments and attribute lists.
NOT_SHOWN = {
    "token",
    "comment",
    "heading id",
    "heading class",
    "heading attribute",
    "question id",
    "name of an image",
    "name of a download",
    "name of a module",
}
# What may break out of the templates' quotes, tags and JSON: in course.yml and strings these alone are opened in Chromium.
BREAK_OUT = re.compile(
    "script$|script-(case|no|dou)|img-(onerror|nul|quote|unc)|json|attribute-(break|event)|css|entity|look|template-|svg-onload|cdata|php|placeholder|comment|form-feed|bidi"
)
T = TypeVar("T")
EXACT = {"code span", "fence", "glossary definition"}  # what stands here is not Markdown
# Where a link is its text, as on GitHub; the others have quotation marks, which end a caption, or a variable in them.
LINKS_ARE_TEXT = {"caption", "alternative text"}
LINKS = re.compile("link-|php|attribute-list-quoted|template-variable-attribute")
A_COMMENT = "comment-bang"  # all of it, by the rules of Markdown
# That these run where nothing is checked shows that the tests can fail.
UNGUARDED = (
    "script",
    "img-onerror",
    "img-alt-quote",
    "class-no-space",
    "a-javascript-html",
    "svg-a-xlink",
    "details-toggle",
    "style-attribute",
    "iframe-src",
    "form-action",
    "svg-onload",
    "img-srcset",
    "comment-short",
)
Open = Callable[[Mapping[str, bytes]], set[str]]
HOST = "http://course.test/"
# Everything is shown and used, twice: the second time with what the first has opened.
USE = """async () => {
  window.print = window.close = () => {};
  addEventListener('click', event => {
    const link = event.composedPath().find(one => one.protocol);
    if (link && link.protocol !== 'javascript:') event.preventDefault();
  }, true);
  const events = ['focus', 'focusin', 'mouseover', 'mouseenter', 'mousemove', 'pointerover', 'pointerenter', 'pointerrawupdate', 'keydown', 'input', 'change', 'toggle', 'beforetoggle', 'animationstart', 'begin'];
  for (let round = 0; round < 2; round++) {
    for (const one of document.querySelectorAll('[hidden]')) one.hidden = false;
    for (const one of document.querySelectorAll('details')) one.open = true;
    for (const one of document.querySelectorAll('body *')) {
      if (one.closest('.sg-exit, .sg-print, .sg-menu')) continue;
      one.focus?.();
      if (one.matches('input[type=text], textarea')) one.value = 'x';
      if (one.localName === 'select') one.selectedIndex = 1;
      for (const name of events) one.dispatchEvent(new Event(name, { bubbles: false }));
      one.dispatchEvent(new MouseEvent('click', { bubbles: true, cancelable: true }));
      if (one.localName === 'a') one.click?.();
    }
    for (const one of document.forms) if (/^javascript/i.test(one.getAttribute('action') ?? '')) one.requestSubmit?.();
  }
  const last = document.body.appendChild(Object.assign(document.createElement('img'), { src: 'nothing' }));
  await new Promise(done => { last.onerror = done; });
  await new Promise(done => requestAnimationFrame(() => setTimeout(done)));
}"""


class Rendered(NamedTuple):
    """A course in memory, with what is wrong with it."""

    files: Mapping[str, bytes]
    problems: list[Problem]


def compiled(files: Mapping[str, str]) -> Rendered:
    """Compiles a course; names are relative to its folder. A course that cannot be rendered has no files."""
    with tempfile.TemporaryDirectory(prefix="payloads-") as name:
        folder = Path(name, "courses", "c")
        for path, text in files.items():
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / path).write_bytes(text.encode())
        report = Report()
        workspace = find_workspace(Path(name), report)
        course = compile_course(workspace, folder, report)
        if not course or not course.rendered:
            return Rendered({}, report.sorted())
        made = {
            name: content if isinstance(content, bytes) else b"".join(content.pieces())
            for name, content in course.rendered.files.items()
        }
        if not report.errors:
            made["imsmanifest.xml"] = render_manifest(course.rendered, ())
        return Rendered(made, report.sorted())


def visible(files: Mapping[str, bytes]) -> str:
    """All text that a package says to anybody: of pages, of what is read out, of feedback, of the LMS's catalogue."""
    found: list[str] = []
    for name, content in files.items():
        if name.endswith(".html"):
            found += _texts_of(content.decode())
        elif name == "imsmanifest.xml":
            found += map(str, etree.fromstring(content).itertext())
    return squashed(" ".join(found))


def _texts_of(page: str) -> Iterator[str]:
    every = list(elements(page))
    yield "".join(map(str, every[0].itertext()))
    for element in every:
        yield from map(str, element.attrib.values())
        if element.get("type") == "application/json":
            yield from json_texts(json.loads(element.text or "null"))
        markup = key_texts(element.get("data-key"), NO_HTML)
        for text in key_texts(element.get("data-key")):
            yield from _texts_of(text) if text in markup and text.strip() else [text]


def squashed(text: str) -> str:
    """Text without white space and what cannot be seen, Markdown's own marks, and what the player says of links."""
    return re.sub(r"[\s\x00-\x20\u200b-\u202e\ufffd`*_\\]", "", text).replace("(opensinanewtab)", "")


def is_literal(payload: Payload, shown: str, exact: bool) -> bool:
    """Whether a learner sees what the author wrote; where it is not `exact`, comments are left out and entities are what they name."""
    written = re.sub(r"<!--.*?-->", "", re.sub(r"<(https?:[^>]*)>", r"\1", payload.text), flags=re.S) or payload.text
    named = re.sub(r"&#?\w+;", lambda found: entities.unescape(found[0]), written)
    forms = [payload.text] if exact else [written, named, entities.unescape(written)]
    return any(squashed(form) in shown for form in forms)


@pytest.fixture(scope="module")
def opened(browser: Browser) -> Iterator[Open]:
    """Opens and uses a package; returns the payloads that ran, the addresses outside it that were asked for, and tags that may do either."""
    page = browser.new_page(
        service_workers="block", bypass_csp=True
    )  # what the compiler lets through, not what the policy stops
    found: set[str] = set()
    served: dict[str, bytes] = {}

    def answer(route: Route, request: Request) -> None:
        path = unquote(urlsplit(request.url).path).lstrip("/")
        if not request.url.startswith(HOST):
            found.add(request.url)
            route.abort()
        elif path in served:
            route.fulfill(
                body=served[path], content_type=_TYPES.get(path.rpartition(".")[2], "application/octet-stream")
            )
        else:
            route.fulfill(status=404)

    def use(files: Mapping[str, bytes]) -> set[str]:
        found.clear()
        served.clear()
        served.update(files)
        page.goto(f"{HOST}index.html", wait_until="load")
        tags = set(dangers(page.content()))
        page.evaluate(USE)
        return found | tags

    page.expose_function("pwned", lambda name: found.add(str(name)))
    page.route("**/*", answer)
    page.on("dialog", lambda dialog: dialog.dismiss())
    yield use
    page.close()


_TYPES = {"html": "text/html", "js": "text/javascript", "css": "text/css", "svg": "image/svg+xml"}


def lost(course: Rendered, silent: Iterable[Payload], exact: bool) -> list[str]:
    """The payloads of which there is no problem, and which no learner sees as text either."""
    shown = visible(course.files)
    return [
        f"neither reported nor shown: {payload.name}"
        for payload in silent
        if not is_literal(payload, shown, exact) and payload.name != A_COMMENT
    ]


def errors(problems: list[Problem]) -> list[Problem]:
    return [problem for problem in problems if problem.severity == "error"]


@pytest.mark.parametrize("position", SHARED)
def test_a_payload_is_reported_or_shown_as_text(position: str, opened: Open) -> None:
    def about(number: int, problem: Problem) -> bool:
        return is_about(problem.place.path, problem.place.excerpt, number)

    by_number = dict(NUMBERED)
    course, told, left = settle(
        by_number, lambda left: shared_course(position, ((n, by_number[n]) for n in left)), about
    )
    assert errors(course.problems) == []
    silent = [] if position in NOT_SHOWN else [by_number[n] for n in left if n not in told]
    if position in LINKS_ARE_TEXT:
        silent = [payload for payload in silent if not LINKS.match(payload.name)]
    assert [*sorted(opened(course.files)), *lost(course, silent, position in EXACT)] == []


def test_a_payload_in_course_yml_strings_and_tokens_is_reported_or_shown_as_text(opened: Open) -> None:
    def about(position: str, problem: Problem) -> bool:
        return is_about_single(problem.place.path, problem.place.line, position)

    found = []
    for payload in PAYLOADS:
        course, told, left = settle(SINGLE, partial(single_course, payload), about)
        found += [f"{payload.name}: {problem.message}" for problem in errors(course.problems)]
        if BREAK_OUT.match(payload.name):
            found += [f"{payload.name}: {what}" for what in opened(course.files)]
        silent = [at for at in left if at not in told and at not in NOT_SHOWN]
        found += [f"{what} as {silent}" for what in lost(course, [payload] if silent else [], exact=True)]
    assert found == []


def settle(
    everything: Iterable[T], make: Callable[[Collection[T]], Mapping[str, str]], about: Callable[[T, Problem], bool]
) -> tuple[Rendered, set[T], list[T]]:
    """Compiles what `make` makes of all, and again without those that have errors, until none has one.

    What is wrong with a page as a whole is found only once its blocks have no errors. Returns the last course, those with
    any problem, and those without an error.
    """
    left, told, wrong = list(everything), set[T](), True
    while wrong:
        course = compiled(make(left))
        told |= {one for one in left if any(about(one, problem) for problem in course.problems)}
        refused = {one for one in left if any(about(one, problem) for problem in errors(course.problems))}
        left, wrong = [one for one in left if one not in refused], bool(refused)
    return course, told, left


def test_payloads_run_where_nothing_guards_against_them(opened: Open) -> None:
    """The proof that the tests above can fail: payloads put into a page after it was rendered."""
    page = compiled({"course.yml": "title: C\n", "01-a.md": "PAYLOAD\n"})
    for payload in PAYLOADS:
        if payload.name in UNGUARDED:
            files = {name: content.replace(b"PAYLOAD", payload.text.encode()) for name, content in page.files.items()}
            assert any(payload.name in what for what in opened(files)), payload.name
