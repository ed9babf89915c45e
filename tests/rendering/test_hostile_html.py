"""HTML that a course may not hold: in raw HTML, in lists of attributes, by variables. Each is an error where it stands, and no package is written.

`test_payloads.py` opens what passes in a browser.
"""

from __future__ import annotations

import re
import zipfile
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from scormgen.pipeline.compile import compile_course
from scormgen.problems.report import Report
from scormgen.reading.workspace import find_workspace
from scormgen.rendering.allowed import find_refused
from tests.conftest import Write, document, scormgen

YML = """\
title: Course
variables:
  sign: 'a" onfocus="alert(1)'
  js: javascript:alert(1)
  script: <script>alert(1)</script>
"""
IMG = "<img src=x onerror=alert(1)>"
# The page below its heading, which is on lines 1 and 2, and all errors: code, line, column.
REFUSED: list[tuple[str, list[tuple[str, int, int]]]] = [
    # lists of attributes
    ('*x*{onfocus=alert(1) autofocus="" tabindex=0}', [("M010", 3, 5), ("M010", 3, 22)]),
    ("*x*{STYLE=position:fixed}", [("M010", 3, 5)]),
    ("text\n{onmouseover=alert(1)}", [("M010", 4, 2)]),
    ("### Part {onmouseover=alert(1)}\n\ntext", [("M010", 3, 11)]),
    ("## Other {onmouseover=alert(1)}\n\ntext", [("M026", 3, 11)]),
    ("- item\n{onmouseover=alert(1)}", [("M010", 4, 2)]),
    ("| a {onclick=1} | b |\n| -- | -- |\n| c | d {onclick=2} |", [("M010", 3, 6), ("M010", 5, 10)]),
    ("![x](a.png){onerror=alert(1)}", [("M010", 3, 13)]),
    ("see ![x](a.png){onerror=alert(1)}", [("M010", 3, 17)]),
    ("`x`{onclick=alert(1)}", [("M010", 3, 5)]),
    ("a[^1]\n\n[^1]: *x*{onclick=alert(1)}", [("M010", 5, 11)]),
    ("*x*{#sg-main .sg-exit}", [("M026", 3, 1), ("M026", 3, 1)]),
    ("*x*{data-action=exit}", [("M026", 3, 5)]),
    ('*x*{title="{{ sign }}"}', [("M010", 3, 1)]),
    # tags that only a browser reads
    ("<div>\n<script <b>alert(1)</script>\n</div>", [("M008", 4, 9), ("M009", 4, 20), ("M010", 4, 1)]),
    ('a <b class="a"onmouseover=alert(1)>x</b>', [("M009", 3, 37)]),
    ("a <p/onmouseover=alert(1)>x", [("M008", 3, 3)]),
    (f'<div>\n</p a="><b title="{IMG}">\n</div>', [("M008", 4, 1), ("M008", 4, 9)]),
    (f"<div>\n<a title='x' {IMG}\n</div>", [("L001", 4, 11), ("M008", 4, 1), ("M010", 4, 25)]),
    (f"<div>\n<![CDATA[{IMG}]]>\n</div>", [("L001", 4, 19), ("M010", 4, 21), ("M012", 4, 1)]),
    (f"<div>\n</ {IMG}\n</div>", [("L001", 4, 13), ("M008", 4, 1), ("M010", 4, 15)]),
    ("<svg></p><style><a title='</style><img src=a.png onerror=alert(1)>'>", [("M008", 3, 1), ("M008", 3, 17), ("M010", 3, 10)]),
    # elements and attributes
    ("a <script>alert(1)</script>", [("M010", 3, 3)]),
    ("{{ script }}", [("M010", 3, 1)]),
    ("a {{ script }}", [("M010", 3, 1)]),
    ("<iframe srcdoc='<script>alert(1)</script>'></iframe>", [("M010", 3, 1)]),
    ("<ABBR OnClick=alert(1)>x</ABBR>", [("M010", 3, 7)]),
    ("<details ontoggle=alert(1) open><summary>a</summary>b</details>", [("M010", 3, 10)]),
    ("<img srcset='https://example.org/x.png' src='a.png'>", [("M010", 3, 6)]),
    ("<table background='https://example.org/'><tr><td>a</td></tr></table>", [("M010", 3, 8)]),
    ("<div>\n<style <x>@import 'https://example.org'</style>\n</div>", [("M009", 4, 40), ("M010", 4, 1), ("M012", 4, 8)]),
    ("<div data-action='exit'>x</div>", [("M026", 3, 6)]),
    ("<p hidden>x</p>", [("M026", 3, 4)]),
    ("<a id='sg-data'>x</a>", [("M026", 3, 4)]),
    ("<td colpsan=2>x</td>", [("M026", 3, 5)]),
    ("<a target=_top href=https://example.org>x</a>", [("M026", 3, 4)]),
    ("<p tabindex=5>x</p>", [("M026", 3, 4)]),
    ("a <marquee onstart=alert('x')>b</marquee>", [("M009", 3, 32)]),
    ("a <div/> b", [("M008", 3, 3)]),
    # the title of a drawing, outside one or with more than text
    ("<title>x</title>", [("M027", 3, 1)]),
    ("<svg><title>a</title></svg>\n\nText.\n\n<div>\n<title>x</title>\n</div>", [("M027", 8, 1)]),
    ("<svg><desc><title>a</title></desc></svg>", [("M027", 3, 12)]),
    ("<svg><title><b>a</b></title></svg>", [("M027", 3, 13)]),
    ("<svg><title/></svg>", [("M008", 3, 6)]),
    ("<svg><title onclick=1>a</title></svg>", [("M010", 3, 13)]),
    ("<svg><feImage href='https://example.org/x'/></svg>", [("M012", 3, 6)]),
    ("<svg><g filter='url(https://example.org/x#a)'/></svg>", [("M026", 3, 9)]),
    # what is a tag to Python-Markdown alone
    ("a <x\n\n5<x and <user@example.com> or y>3", [("M012", 5, 2)]),
    ("5<b and <user@example.com> or y>3", [("M008", 3, 2)]),
    # addresses
    ("[x](&#106;avascript:alert(1))", [("L007", 3, 1)]),
    ("[x](JavaScript:alert(1))", [("L007", 3, 5)]),
    ("[x]({{ js }})", [("L007", 3, 1)]),
    ("a <a href='{{ js }}'>x</a>", [("L007", 3, 1)]),
    ("<javascript:alert(1)>", [("M012", 3, 1)]),
    ("<a href='data:text/html,x'>x</a>", [("L007", 3, 10)]),
    ("<a href='&Tab;javascript:alert(1)'>x</a>", [("L001", 3, 1)]),
    ("<svg><a xlink:href='javascript:alert(1)'>x</a></svg>", [("M026", 3, 9)]),
    ("<svg><animate attributeName='href' values='javascript:alert(1)'/></svg>", [("M010", 3, 6)]),
    ("<svg><use xlink:href='data:image/svg+xml,x'/></svg>", [("M026", 3, 11)]),
    ("<svg><use href='https://example.org/x#a'/></svg>", [("M026", 3, 11)]),
    ("<svg><image href='https://example.org/x'/></svg>", [("M027", 3, 13)]),
    ("<svg><rect fill='url(https://example.org/x)'/></svg>", [("M026", 3, 12)]),
    (r"<svg><rect fill='\75rl(https://example.org/x)'/></svg>", [("M026", 3, 12)]),
    ("<math href='javascript:alert(1)'>x</math>", [("L007", 3, 13), ("M026", 3, 7)]),
    ("<q cite='javascript:alert(1)'>x</q>", [("M026", 3, 4)]),
]  # fmt: skip


@pytest.mark.parametrize(("page", "expected"), REFUSED, ids=[page for page, _ in REFUSED])
def test_what_is_not_in_the_list_is_an_error_where_it_stands(
    workspace: Write, page: str, expected: list[tuple[str, int, int]]
) -> None:
    root = workspace({"courses/c/course.yml": YML, "courses/c/01-a.md": f"# Page\n\n{page}\n", "courses/c/a.png": b"x"})
    run = scormgen("build", "--format", "json", cwd=root)
    errors = [(p["code"], p["line"], p["column"]) for p in run.json["problems"] if p["severity"] == "error"]
    assert sorted(errors) == expected
    assert (run.code, run.json["packages"]) == (1, [])


def test_html_in_a_transcript_is_compared_and_its_files_are_packed(workspace: Write) -> None:
    files: dict[str, str | bytes] = {
        "courses/c/course.yml": YML,
        "courses/c/01-a.md": "![a](a.mp3)\n",
        "courses/c/a.mp3": b"x",
        "courses/c/a.png": b"x",
    }
    root = workspace(files | {"courses/c/a.transcript.md": "Text <b onclick=alert(1)>a</b>\n\nand </i>.\n"})
    errors = [
        (p["code"], p["path"], p["line"], p["column"])
        for p in scormgen("build", "--format", "json", cwd=root).json["problems"]
    ]
    path = "courses/c/a.transcript.md"
    assert errors == [("M010", path, 1, 9), ("M009", path, 3, 5)]
    (root / path).write_text('Text <img src="a.png" alt="b">.\n')
    assert scormgen("build", cwd=root).code == 0
    with zipfile.ZipFile(next(root.glob("dist/*.zip"))) as package:
        assert "assets/a.png" in package.namelist()
        assert '<img src="assets/a.png" alt="b">' in package.read("index.html").decode()


# What is near to it and may be there, and how the package has it.
ALLOWED = [
    ('*x*{title="Why" .wide lang=cy}', '<em class="wide" lang="cy" title="Why">x</em>'),
    ("### Part {lang=cy .wide}\n\ntext", '<h2 class="wide" lang="cy">Part</h2>'),
    ('a <a title="{{ sign }}">x</a>', '<a title="a&quot; onfocus=&quot;alert(1)">x</a>'),
    ("<https://example.org/?a=1&b=2>", 'href="https://example.org/?a=1&amp;b=2"'),
    (
        '<svg viewBox="0 0 9 9" aria-labelledby="t"><title id="t">A &amp; b</title><g><title>c</title></g></svg>',
        '<svg viewBox="0 0 9 9" aria-labelledby="page--t"><title id="page--t">A &amp; b</title><g><title>c</title></g></svg>',
    ),
    (
        '<svg><filter id="f"><feGaussianBlur in="SourceAlpha" stdDeviation="3"/></filter><g filter="url(#f)"/></svg>',
        '<svg><filter id="page--f"><feGaussianBlur in="SourceAlpha" stdDeviation="3"/></filter><g filter="url(#page--f)"/></svg>',
    ),
    ('<b title="<user@example.org>">x</b>', '<b title="<user@example.org>">x</b>'),
    ("<img src='a.png' alt='a > b' width=9>", '<img src="assets/a.png" alt=\'a > b\' width=9>'),
    ("<p aria-hidden=true role=note tabindex=0>x</p>", "<p aria-hidden=true role=note tabindex=0>x</p>"),
    (
        '<svg viewBox="0 0 9 9"><defs><linearGradient id="g"><stop stop-color="red"/></linearGradient></defs><rect fill="url(#g)"/></svg>',
        '<linearGradient id="page--g"><stop stop-color="red"/></linearGradient></defs><rect fill="url(#page--g)"/>',
    ),
    ("<!--> a -->", "a -->"),
    ("<table><tr><td colspan=2 align=center>a<td>b</table>", "<td colspan=2 align=center>a<td>b"),
]  # fmt: skip


@pytest.mark.parametrize(("page", "expected"), ALLOWED, ids=[page for page, _ in ALLOWED])
def test_what_is_near_to_it_is_kept(page: str, expected: str) -> None:
    html = _html(page)
    assert html is not None
    assert expected in html.replace(' id="page--part"', "")


PARTS = [
    "<", "</", ">", "/", "'", '"', "=", " ", "\n", "x", "a", "p", "b", "img", "svg", "math", "table", "td", "style", "script", "textarea",
    "title", "<!--", "-->", "--!>", "<![CDATA[", "]]>", "<?", "on", "onerror=alert(1)", " onclick='alert(1)'", "src=", "href=", "javascript:",
    "&#106;avascript:", "<p>", "</p>", "<b ", "<a href=", "<img src=a.png ", "<div>\n", "\n</div>", "[x](", ")", "![x](", "{", "}", "{onclick=1}",
    "`", "*x*", "\\", "{{ sign }}", "{{ script }}", "&lt;", "&quot;", "<user@example.com>", "<desc>", "</title>", "- ", "> ", "| ",
]  # fmt: skip


@given(st.lists(st.sampled_from(PARTS), min_size=2, max_size=12).map("".join))
def test_whatever_is_put_together_nothing_gets_past(page: str) -> None:
    html = _html(page)
    if html is None:
        return
    scripts = [node.attributes for node in LexborHTMLParser(html).css("script")]
    assert [script.get("src") or script.get("type") for script in scripts] == ["player/player.js", "application/json"]
    for node in LexborHTMLParser(html).css("main *"):
        for name, value in node.attributes.items():
            assert not name.startswith("on"), html
            assert not (value or "").lower().lstrip().startswith("javascript:"), html


def _html(page: str) -> str | None:
    """The document of a course with this page; None where it has an error."""
    report = Report()
    with TemporaryDirectory() as name:
        course = Path(name).resolve() / "courses/c"
        course.mkdir(parents=True)
        (course / "course.yml").write_text(YML, "utf-8")
        (course / "01-page.md").write_text(f"# Page\n\n{page}\n", "utf-8")
        (course / "a.png").write_bytes(b"x")
        compiled = compile_course(find_workspace(course, report), course, report)
    told = " ".join(f"{problem.message} {problem.hint}" for problem in report.problems)
    assert not re.search(r"\\x0[23]|klzzwxh|wzxhzdk", told), told  # what Python-Markdown writes for itself
    if report.errors or compiled is None or compiled.rendered is None:
        return None
    return document(compiled.rendered.files)


def test_the_parser_sees_what_a_browser_sees() -> None:
    """Tags that no expression finds, in the last check before a package."""
    html = '<p>a</p><div title="<b>">b</div>'
    assert list(find_refused(html)) == []
    assert list(find_refused(f"{html}<b/onclick=1>")) == [("b", "onclick", "1")]
    assert list(find_refused(f'{html}</p a="><i title=">{IMG}')) == [("img", "onerror", "alert(1)")]
    assert list(find_refused("<svg></p><style><i title='</style><img onerror=1>'>")) == [
        ("style", "", ""),
        ("img", "onerror", "1"),
    ]
    assert list(find_refused('<a href=" java\nscript:alert(1)">x</a>')) == [("a", "href", " java\nscript:alert(1)")]
    assert list(find_refused('<script type="text/javascript">1</script>')) == [("script", "type", "text/javascript")]
    assert list(find_refused('<img src="//example.org/x.png">')) == [("img", "src", "//example.org/x.png")]
