"""The content security policy of packages: in every page, in nobody's way, and it bites."""

from __future__ import annotations

import base64
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Frame, Page, expect

from scormgen.pipeline.compile import compile_course
from scormgen.problems.report import Problem, Report
from scormgen.reading.workspace import find_workspace
from tests.conftest import ROOT, Write, scormgen
from tests.lms.harness import Conduct, Lms, Package, Session, unpack
from tests.lms.learner import Learner
from tests.lms.wagtail import Wagtail
from tests.player.test_lms_server import course_frame, settle, sign_in, upload
from tests.preview.test_preview import Start, content, open_page, start
from tests.rendering.test_sheets import font

__all__ = ["open_page", "start"]  # the preview's fixtures

DEFAULT = "object-src 'none'; base-uri 'none'; form-action 'self'"
STRICT = f"default-src 'self'; img-src 'self' data:; {DEFAULT}"
WITH_FONT = f"default-src 'self'; img-src 'self' data:; font-src 'self' data:; {DEFAULT}"
# What the server sends with the package, one for each conduct: both policies count then.
HEADERS: dict[Conduct, str] = {
    "strict": "default-src 'self' data:; sandbox allow-scripts allow-same-origin allow-forms allow-popups allow-modals",
    "moodle": "default-src 'self'; img-src 'self' data:; font-src data:; connect-src 'none'; frame-src 'none'",
    "openedx": "",
}
DOT = "data:image/gif;base64,R0lGODlhAQABAAAAACw="
PICTURES = """
## More pictures {#more}

![The hall](data:image/gif;base64,R0lGODlhAQABAAAAACwAAAAAAQABAAA= "A picture in the page itself")

![A talk](assets/talk.webm)

<svg viewBox="0 0 9 9" width="9" height="9"><circle cx="4" cy="4" r="4" fill="#a00"/></svg>
"""
CAPTIONS = "WEBVTT\n\n00:00.000 --> 00:09.000\nWelcome to the talk.\n"
# A small film, drawn and recorded by the browser itself.
RECORD = """async () => {
  const canvas = document.createElement('canvas');
  const pen = canvas.getContext('2d');
  let shade = 0;
  const drawing = setInterval(() => { pen.fillStyle = `rgb(${shade++},0,0)`; pen.fillRect(0, 0, 300, 150); }, 20);
  const recorder = new MediaRecorder(canvas.captureStream(), { mimeType: 'video/webm;codecs=vp8' });
  const parts = [];
  await new Promise((done) => {
    recorder.ondataavailable = (event) => { parts.push(event.data); if (parts.length === 5) recorder.stop(); };
    recorder.onstop = done;
    recorder.start(100);
  });
  clearInterval(drawing);
  const bytes = new Uint8Array(await new Blob(parts).arrayBuffer());
  return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''));
}"""


def policies(package: Package) -> dict[str, list[str]]:
    """The policies of each page of a package, by its name: those that a browser takes up before it loads anything."""
    found = {}
    for page in sorted(package.folder.rglob("*.html")):
        head = re.split(r"<(?:script|link|style|base|body)\b", page.read_text("utf-8"))[0]
        found[page.name] = re.findall(
            r'^<meta charset="utf-8">\n<meta http-equiv="Content-Security-Policy" content="([^"]+)">$',
            head,
            re.MULTILINE,
        )
    return found


@pytest.fixture(scope="module")
def archive(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The feature tour under `csp: strict`, with a film, pictures in addresses, and a theme that brings its font in one."""
    root = tmp_path_factory.mktemp("strict")
    course = root / "courses" / "feature-tour"
    shutil.copytree(ROOT / "courses" / "feature-tour", course)
    with (course / "course.yml").open("a") as settings:
        settings.write("csp: strict\ntheme: ours\n")
    with (course / "01-text.md").open("a") as page:
        page.write(PICTURES)
    blank = browser.new_page()
    (course / "assets" / "talk.webm").write_bytes(base64.b64decode(blank.evaluate(RECORD)))
    blank.close()
    (course / "assets" / "talk.vtt").write_text(CAPTIONS)
    embedded = base64.b64encode(font()).decode()
    (root / "themes" / "ours").mkdir(parents=True)
    (root / "themes" / "ours" / "tokens.css").write_text(
        f"@font-face {{ font-family: Ours; src: url(data:font/ttf;base64,{embedded}) }}\n"
        f":root {{ --sg-font: Ours, sans-serif }}\n.sg-footer {{ background: url({DOT}) }}\n"
    )
    run = scormgen("build", cwd=root)
    assert run.code == 0, run.err
    return next((root / "dist").glob("*.zip"))


@pytest.fixture(scope="module")
def package(archive: Path, tmp_path_factory: pytest.TempPathFactory) -> Package:
    return unpack(archive, tmp_path_factory.mktemp("package"))


def try_everything(learner: Learner) -> None:
    """Uses whatever on the page that is open can be used besides its questions."""
    frame, page = learner.frame, learner.page
    for summary in page.locator("summary:visible").all():
        summary.click()
    for tab in page.locator('[role="tab"]').all():
        tab.click()
    for term in page.locator(".sg-term").all():
        term.click()
    for media in page.locator("video, audio").all():
        media.evaluate("async (media) => { media.muted = true; await media.play(); media.currentTime = 0.1; }")
        assert media.evaluate("media => [...media.textTracks].map(track => track.cues.length > 0)") == [True]
    for picture in page.locator("img").all():
        picture.scroll_into_view_if_needed()
    for button in page.locator('[data-action^="print-"]:visible').all():
        button.click()
    if frame.locator('[data-action="menu"]').is_visible():
        frame.locator('[data-action="menu"]').click()
        frame.locator(".sg-menu-close").click()


def take_to_a_pass(learner: Learner) -> None:
    """The whole feature tour: every page and question, an attempt that fails, a pass, the certificate, and on paper."""
    for _ in range(100):
        try_everything(learner)
        learner.take_page()
        if learner.page.locator(".sg-assessment").count():
            break
        learner.next()
    learner.take_assessment(0)
    learner.take_assessment(4)
    assert "Passed" in learner.page.locator(".sg-result-title").inner_text()
    for extra in ("sg-take-away", "sg-certificate"):
        learner.next()
        assert learner.page.get_attribute("id") == extra
        try_everything(learner)
    tab = learner.frame.page
    for medium in ("print", "screen"):
        tab.emulate_media(media=medium, color_scheme="dark")


def looks(frame: Frame) -> list[Any]:
    """What shows that the style sheet and its font are there."""
    found: list[Any] = frame.evaluate(
        "() => [[...document.fonts].map(font => font.status), getComputedStyle(document.querySelector('.sg-skip')).position]"
    )
    return found


# Violations, as the harness does, for pages that open without it.
LISTEN = """window.violations = [];
addEventListener('securitypolicyviolation', (event) => {
  window.violations.push(event.effectiveDirective);
  console.error('violation', event.effectiveDirective, event.blockedURI);
});"""


@pytest.fixture
def alone(browser: Browser) -> Iterator[tuple[Page, list[str]]]:
    """A window of its own, and what its console says."""
    context = browser.new_context(viewport={"width": 650, "height": 660})
    context.add_init_script(LISTEN)
    page, said = context.new_page(), list[str]()
    page.on("console", lambda message: said.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: said.append(str(error)))
    yield page, said
    context.close()


def test_every_page_of_a_package_has_the_default_policy(packages: dict[str, Package]) -> None:
    for package in packages.values():
        found = policies(package)
        assert list(found.values()) == [[DEFAULT]] * len(package.scos)


def test_a_strict_package_allows_what_it_holds_and_no_more(
    build: Callable[[dict[str, str | bytes]], Package], package: Package
) -> None:
    files: dict[str, str | bytes] = {
        "courses/c/course.yml": "title: C\nstructure: multi\ncsp: strict\ntheme: ours\n",
        "courses/c/01-a.md": "# A\n\nText.\n", "courses/c/02-b.md": "# B\n\nText.\n",
        "themes/ours/tokens.css": f"@font-face {{ font-family: A; src: url(a.ttf) }} .a {{ background: url({DOT}) }}",
        "themes/ours/a.ttf": font(),
    }  # fmt: skip
    assert policies(build(files)) == {"a.html": [STRICT], "b.html": [STRICT]}
    assert policies(package) == {"index.html": [WITH_FONT]}


@pytest.mark.parametrize("conduct", HEADERS)
def test_a_strict_course_is_taken_to_a_pass(lms: Lms, package: Package, conduct: Conduct) -> None:
    def launch(mode: str = "normal") -> Session:
        headers = {"Content-Security-Policy": HEADERS[conduct]}
        return lms.launch(package, conduct=conduct, viewport=(650, 660), headers=headers, mode=mode)

    def faults(session: Session) -> list[str]:  # the browser warns of such a sandbox, whatever is in it
        return [fault for fault in session.faults if "can escape its sandboxing" not in fault]

    session = launch()
    assert looks(session.frame) == [["loaded"], "absolute"]
    learner = Learner(session.frame)
    take_to_a_pass(learner)
    learner.exit()
    session.leave()
    assert (session.database.status, session.database.score) == ("passed", "100")
    assert faults(session) == []
    review = launch("review")
    learner = Learner(review.frame)
    while learner.page.get_attribute("id") != "assessment":
        learner.press(review.frame.locator('[data-action="back"]'))
    assert "Passed" in learner.page.locator(".sg-result-title").inner_text()
    learner.exit()
    assert faults(review) == []


def test_a_strict_course_is_taken_from_a_folder(alone: tuple[Page, list[str]], package: Package) -> None:
    page, said = alone
    page.goto((package.folder / "index.html").as_uri())
    page.locator("#sg-save").get_by_text("Not recorded").wait_for()
    assert looks(page.main_frame) == [["loaded"], "absolute"]
    take_to_a_pass(Learner(page.main_frame))
    assert said == []


def test_a_strict_course_is_taken_in_the_preview(start: Start, open_page: Callable[[str], Page], archive: Path) -> None:
    root = archive.parent.parent
    files = {path.relative_to(root).as_posix(): path.read_bytes() for path in root.rglob("*") if path.is_file()}
    page = open_page(start("feature-tour", files=files).url)
    page.frame_locator("#content").locator("#sg-save[data-state=saved]").wait_for(state="attached")
    assert looks(content(page)) == [["loaded"], "absolute"]
    take_to_a_pass(Learner(content(page)))
    expect(page.locator("#data")).to_contain_text("passed")


def test_a_strict_course_is_passed_in_an_lms_server(browser: Browser, wagtail: Wagtail, archive: Path) -> None:
    number = upload(browser, wagtail, archive)
    page = sign_in(browser, wagtail, "learner", f"/lms/scorm-lesson/{wagtail.add_lesson(number)}/play/")
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text) if "Security Policy" in message.text else None)
    page.reload()
    learner = Learner(course_frame(page))
    learner.take_pages(right=None)
    learner.take_assessment(4)
    settle(wagtail, page, number, "cmi.core.lesson_status", "passed")
    assert said == []
    page.context.close()


RAN = "(window.ran ??= []).push"
OTHER_HOST = "OTHER_HOST"
SCRIPTS = f"""<script src="{OTHER_HOST}/pkg/attack/script.js"></script>
<script>{RAN}('inline')</script>
<img src="data:," onerror="{RAN}('handler')">
<a id="attack" href="javascript:{RAN}('link')">Click</a>"""
PLUGINS = f"""<base href="{OTHER_HOST}/pkg/attack/">
<object data="/pkg/attack/object.html"></object><embed src="/pkg/attack/embed.html">
<form action="{OTHER_HOST}/pkg/attack/form.html"><button id="attack">Click</button></form>"""


def open_attacked(page: Page, lms: Lms, package: Package, attack: str, folder: Path) -> str:
    """Opens a package into whose page somebody has put something, behind its policy; returns the other host's origin."""
    shutil.copytree(package.folder, folder / "attacked")
    attacks = {"script.js": f"{RAN}('other host')", "object.html": "Object", "embed.html": "Embed", "form.html": "Form"}
    for name, text in attacks.items():
        (folder / name).write_text(text)
    lms.site.headers = {}
    lms.site.packages |= {"attacked": folder / "attacked", "attack": folder}
    other = lms.site.origin.replace("127.0.0.1", "localhost")
    index = folder / "attacked" / "index.html"
    before, viewport, after = index.read_text("utf-8").partition('<meta name="viewport"')
    index.write_text(f"{before}{attack.replace(OTHER_HOST, other)}{viewport}{after}", "utf-8")
    page.goto(f"{lms.site.origin}/pkg/attacked/index.html")
    return other


def attacks_of(lms: Lms) -> list[str]:
    return sorted(path.removeprefix("/pkg/attack/") for path in lms.site.requests if path.startswith("/pkg/attack/"))


def test_a_strict_policy_stops_scripts_that_are_not_the_packages(
    alone: tuple[Page, list[str]], lms: Lms, package: Package, tmp_path: Path
) -> None:
    page, said = alone
    open_attacked(page, lms, package, SCRIPTS, tmp_path)
    page.locator("#attack").dispatch_event("click")
    page.wait_for_function("() => window.violations.length === 4")
    assert page.evaluate("window.ran") is None
    assert attacks_of(lms) == []
    assert len([words for words in said if words.startswith("violation")]) == 4
    assert page.locator("#sg-place").inner_text().startswith("Page 1 of")  # and the course itself runs


def test_the_default_policy_lets_an_lms_add_scripts(
    alone: tuple[Page, list[str]], lms: Lms, packages: dict[str, Package], tmp_path: Path
) -> None:
    page, said = alone
    open_attacked(page, lms, packages["feature-tour"], SCRIPTS, tmp_path)
    page.locator("#attack").dispatch_event("click")
    page.wait_for_function("() => window.ran?.length === 4")
    assert sorted(page.evaluate("window.ran")) == ["handler", "inline", "link", "other host"]
    assert said == []


@pytest.mark.parametrize("policy", ["default", "strict", "none"])
def test_every_policy_stops_plugins_another_base_and_forms_to_other_hosts(
    alone: tuple[Page, list[str]], lms: Lms, packages: dict[str, Package], package: Package, tmp_path: Path, policy: str
) -> None:
    """Without a policy, which shows that the attacks are ones, all of them work."""
    page, _ = alone
    attacked = package if policy == "strict" else packages["feature-tour"]
    if policy == "none":
        attacked = replace(attacked, folder=shutil.copytree(attacked.folder, tmp_path / "bare"))
        index = attacked.folder / "index.html"
        index.write_text(re.sub(r"<meta http-equiv.*\n", "", index.read_text("utf-8")), "utf-8")
    other = open_attacked(page, lms, attacked, PLUGINS, tmp_path)
    if policy == "none":
        assert page.evaluate("document.baseURI") == f"{other}/pkg/attack/"
        page.locator("#attack").dispatch_event("click")
        page.wait_for_url("**/form.html?")
        assert attacks_of(lms)[:3] == ["embed.html", "form.html", "object.html"]
        return
    assert page.evaluate("document.baseURI") == f"{lms.site.origin}/pkg/attacked/index.html"
    page.locator("#attack").dispatch_event("click")
    page.wait_for_function("() => window.violations.length >= 4")
    violated = page.evaluate("[...new Set(window.violations)].sort()")
    assert violated == ["base-uri", "form-action", "object-src"]
    assert attacks_of(lms) == []


SCO = (ROOT / "themes" / "default" / "templates" / "sco.html").read_text("utf-8")
POLICY_LINE = '<meta http-equiv="Content-Security-Policy" content="{{ policy }}">\n'
LATE = SCO.replace(POLICY_LINE, "").replace("</head>", f"{POLICY_LINE}</head>")
BEFORE_BODY = SCO.partition("</head>")[0]


def themed(name: str, template: str, csp: str) -> dict[str, str | bytes]:
    return {
        "courses/c/course.yml": f"title: C\ntheme: ours\n{csp}", "courses/c/01-a.md": "Text with a style=red in it.\n",
        f"themes/ours/templates/{name}": template,
    }  # fmt: skip


def problems_of(root: Path) -> list[Problem]:
    report = Report()
    compile_course(find_workspace(root, report), root / "courses" / "c", report)
    return report.sorted()


@pytest.mark.parametrize(
    ("name", "template", "csp", "expected"),
    [
        ("sco.html", SCO.replace(POLICY_LINE, ""), "", [(3, 1, "after <meta charset")]),
        ("sco.html", LATE, "", [(3, 1, "after <meta charset")]),
        ("sco.html", SCO.replace("<header", '<object data="a.svg"></object>\n<header', 1), "", [(14, 1, "remove it")]),
        ("certificate.html", "<p>\n  <b title='a'\nstyle=\"top:0\">A</b></p>", "csp: strict\n", [(2, 3, "style.css")]),
        ("certificate.html", '<style>p { top: 0 }</style><p ONCLICK = "a()">', "csp: strict\n", [(1, 1, "style.css"), (1, 28, "style.css")]),
        ("certificate.html", '<script>a()</script><img src="//example.org/a.png">', "csp: strict\n", [(1, 1, "style.css"), (1, 21, "style.css")]),
    ],
)  # fmt: skip
def test_a_template_that_does_not_fit_the_policy_is_an_error(
    workspace: Write, name: str, template: str, csp: str, expected: list[tuple[int, int, str]]
) -> None:
    problems = problems_of(workspace(themed(name, template, csp)))
    places = [("C030", f"themes/ours/templates/{name}", line, column) for line, column, _ in expected]
    assert [(p.code, p.place.path, p.place.line, p.place.column) for p in problems] == places
    assert [hint for _, _, hint in expected if not any(hint in p.hint for p in problems)] == []


@pytest.mark.parametrize(
    ("name", "template", "csp"),
    [
        ("sco.html", SCO, "csp: strict\n"),
        ("sco.html", SCO.replace("{{ policy }}", "{{- policy -}}"), ""),
        ("certificate.html", '<p style="top: 0" onclick="a()">An LMS may allow it</p><script>a()</script>', ""),
        ("certificate.html", "{# <style> <object> #}<!-- <p style='top:0'> --><p>style= <a href='https://example.org'>A</a></p>", "csp: strict\n"),
        ("certificate.html", "{% include 'part.html' %}<script type='application/json'>{}</script>", "csp: strict\n"),
    ],
)  # fmt: skip
def test_a_template_that_fits_the_policy_is_built(workspace: Write, name: str, template: str, csp: str) -> None:
    root = workspace(
        themed(name, template, csp) | {"themes/ours/templates/part.html": '<img src="a.png" alt="on = off">'}
    )
    assert problems_of(root) == []


def test_comments_without_an_end_take_no_time(workspace: Write) -> None:
    """Quadratic work on this would take hours: the process may use 60 seconds."""
    template = "<!-- {# <p " * 200_000
    root = workspace(themed("certificate.html", template, "csp: strict\n"))
    code = "import resource, sys; resource.setrlimit(resource.RLIMIT_CPU, (60, 60)); from scormgen.__main__ import main; main()"
    words = [sys.executable, "-c", code, "build"]
    done = subprocess.run(
        words, cwd=root, capture_output=True, text=True, check=False, env=os.environ | {"PYTHONPATH": str(ROOT)}
    )
    assert done.returncode == 0, done.stderr[-2000:]
