"""The packaged style sheet says what the theme's says, in Chromium's own words; what a browser could not read is a problem."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from scormgen.rendering.css import minify
from tests.conftest import ROOT, Write, scormgen
from tests.lms.harness import Package

TODAY = """\
@charset "utf-8";
@layer a, b.c;
/* a comment */
@layer a { .x :is(.a, .b) { color: red } .x:is(.a , .b) > :where(p) { color: rgb(27 39 51 / 8%) } .o :disabled ~ label { margin: 0px 0px } }
.card { color: light-dark(#fff, black); & .title { color: color-mix(in oklab, var(--x) 62%, white) } &:hover { opacity: .5 }
  .y &, > p { color: blue } @media (width > 30rem) { gap: 1em } /* between */ }
@container side (inline-size >= 30rem) { .a { inset: 0 } }
@media (scripting: none) { [hidden] { display: block !important } }
@media (max-height: 30rem), (max-width: 30em) { a { margin-inline: -1.25rem } }
@supports (display: grid) and (not (display: inline-grid)) { .s { width: calc(100% - (2 * var(--a)) + 1px) } }
:root { --empty: ; --json: { a : b ; c }; --list: 1px ,  2px; --text: "a  b"; --kept: a/**/b; --sign:+ 1; --y : 2 }
@property --angle { syntax: "<angle>"; inherits: false; initial-value: 0deg }
.q::before { content: "\\2713\\00a0  – é"; } .p { content: "a" attr(x) / "alt"; font: 1em/1.5 "A  B", serif; color : red }
.g { grid-template-areas: "a  b" "c d"; grid-template-columns: [full-start] 1fr [ full-end ]; transition: color .15s, margin 200ms }
@scope (.card) to (.content) { img { border: 1px solid } }
@starting-style { .d { opacity: 0 } }
.t { text-wrap: balance; field-sizing: content; animation-timeline: view(); width: if(media(print): 1px; else: 2px); unknown-thing: 3 }
a:has(> img):not(.x , .y) + b , h1~h2 >h3 { margin: -1px/**/auto 0 } a:nth-child(2n + 1 of .x) { left: 0 } .a.b .c{top:0}
*|* { left: 1px } [ data-a = "b" i ] { bottom: 0 } .é { top: 1px }
@page :first { size: A4; margin: 18mm; @top-left { content: "x" } }
@font-face { font-family: "Foo  Bar"; src: local("A"), url( "data:font/woff2;base64,AAAA" ) format("woff2"); unicode-range: U+26, U+0-7F }
@keyframes k { from { opacity: 0 } 50.5% { opacity: 1 } to { opacity: 0 } }
.u { background: url(data:image/png;base64,AA) no-repeat 50% 50% / cover; color: oklch(from var(--c) l c h / .5); margin: 1px !important;
  width: clamp(1rem, 2vw + 1px, 3rem); transform: translate( -50% , -50% ) }
@namespace svg url(http://www.w3.org/2000/svg);
"""
READ = """css => {
  const style = document.createElement('style');
  style.textContent = css;
  document.head.append(style);
  const words = (rule) => [rule.constructor.name, rule.selectorText ?? rule.conditionText ?? rule.name ?? rule.keyText ?? '',
    rule.style?.cssText ?? '', rule.cssRules ? [...rule.cssRules].map(words) : rule.cssText];
  const found = [...style.sheet.cssRules].map(words);
  style.remove();
  return found;
}"""


@pytest.fixture(scope="module")
def blank(browser: Browser) -> Iterator[Page]:
    page = browser.new_page()
    yield page
    page.close()


def rules(page: Page, css: str) -> Any:
    """The rules that Chromium has read, at all depths."""
    return page.evaluate(READ, css)


def test_a_packaged_theme_has_the_rules_of_its_source(
    blank: Page, build: Callable[[dict[str, str | bytes]], Package]
) -> None:
    files: dict[str, str | bytes] = {
        "courses/c/course.yml": "title: C\ntheme: ours\n", "courses/c/01-a.md": "Text.\n",
        "themes/ours/style.css": TODAY, "themes/ours/tokens.css": ":root { --sg-accent: #5a2a82; }",
    }  # fmt: skip
    packaged = (build(files).folder / "player" / "style.css").read_bytes().decode("ascii")
    expected = rules(blank, f"{TODAY}{files['themes/ours/tokens.css']!s}")
    assert len(expected) > 20
    assert rules(blank, packaged) == expected
    assert len(packaged) < len(TODAY)


def test_the_packaged_default_theme_has_the_rules_of_its_source(blank: Page, packages: dict[str, Package]) -> None:
    source = (ROOT / "themes" / "default" / "style.css").read_text("utf-8")
    packaged = (packages["scan"].folder / "player" / "style.css").read_text("ascii")
    assert rules(blank, packaged) == rules(blank, source)
    assert len(packaged) < 0.9 * len(source)


def test_what_is_minified_stays_as_it_is() -> None:
    once = minify(TODAY).text
    assert minify(once).text == once


FAULTS = [
    (".a { color red; }", 1, 6, "color red is not a property, a colon and a value"),
    (".a { *zoom: 1 }", 1, 6, "*zoom: 1 is not a property, a colon and a value"),
    (".a {\n  color: red\n  margin: 0;\n}", 3, 3, "a semicolon is missing before margin"),
    (".a { color: red .b { top: 0 } }", 1, 6, "a semicolon is missing after the value of color"),
    (".a { color: ; }", 1, 6, "color has no value"),
    ("{ color: red }", 1, 1, "a selector is missing before {"),
    (".a { top: 0 }\n}", 2, 1, "there is one } too many"),
    ("@media print {\n.a { top: 0 }\n.b { top: 0 ", 3, 4, "{ is never closed"),
    (".a { top: calc(1px; }\n.b { top: 0 }", 1, 11, "calc( is never closed"),
    (".a[b { top: 0 }", 1, 3, "[ is never closed"),
    (".a { top: 0 } /* more", 1, 15, "/* is never closed"),
    ('.a { content: "x;\n}', 1, 15, "a quotation mark is missing at the end of this text"),
    (".a { background: url(a b) }", 1, 18, "this url( ) cannot be read: put its address in quotation marks"),
    ("color: red;\n.a { top: 0 }", 1, 1, "color: red is outside a rule"),
]


def test_css_that_a_browser_would_leave_out_is_told(workspace: Write) -> None:
    files: dict[str, str | bytes] = {"courses/c/course.yml": "title: C\ntheme: ours\n", "courses/c/01-a.md": "Text.\n"}
    for css, line, column, why in FAULTS:
        assert [tuple(fault) for fault in minify(css).faults] == [(line, column, why)], css
    style = ".a { color red; }\n.b { top: ; }\n.c::before { content: url(dot.svg); }\n"
    tokens = '@import "more.css";\n:root { --sg-radius: 0; }\n.d { top: 0'
    root = workspace(files | {"themes/ours/style.css": style, "themes/ours/tokens.css": tokens})
    run = scormgen("build", "--format", "json", cwd=root)
    found = [(p["code"], p["path"], p["line"], p["column"]) for p in run.json["problems"]]
    assert found == [
        ("P003", "themes/ours/style.css", 1, 6), ("P003", "themes/ours/style.css", 2, 6), ("L010", "themes/ours/style.css", 3, 23),
        ("L013", "themes/ours/tokens.css", 1, 1), ("P003", "themes/ours/tokens.css", 3, 4),
    ]  # fmt: skip
    assert run.json["packages"] == []
    assert "dot.svg" in run.json["problems"][2]["message"]
