"""Authors' Markdown means what it means on GitHub, and every further form becomes its markup."""

from __future__ import annotations

import html
import re
import subprocess
import zipfile
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import cmarkgfm
import mdformat
import pytest
from cmarkgfm.cmark import Options
from hypothesis import given
from hypothesis import strategies as st

from scormgen.reading.inline import plain_text
from tests.conftest import ROOT, Write, scormgen
from tests.kinds import QUESTIONS, SURVEYS
from tests.lms.harness import unpack

BLOCKS = {
    "p",
    "ul",
    "ol",
    "li",
    "blockquote",
    "pre",
    "hr",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "table",
    "tr",
    "th",
    "td",
}


class _Shape(HTMLParser):
    """Block elements with their text; what a theme adds around them is left out."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[Any] = []
        self.text = ""

    def flush(self) -> None:
        if self.text.strip():
            self.found.append(" ".join(self.text.split()))
        self.text = ""

    def handle_startendtag(self, tag: str, attrs: Any) -> None:
        self.handle_starttag(tag, attrs)

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        if tag in BLOCKS:
            self.flush()
            start = dict(attrs).get("start", "") if tag == "ol" else ""
            self.found.append(f"<{tag}{start}>")
        elif tag in ("br", "img", "input"):
            self.text += f" <{tag}> "

    def handle_endtag(self, tag: str) -> None:
        if tag in BLOCKS:
            self.flush()
            self.found.append(f"</{tag}>")

    def handle_data(self, data: str) -> None:
        self.text += data


def shape(markup: str) -> list[Any]:
    parser = _Shape()
    parser.feed(markup)
    parser.close()
    parser.flush()
    return parser.found


def github(text: str) -> str:
    return str(cmarkgfm.github_flavored_markdown_to_html(text, Options.CMARK_OPT_UNSAFE))


def ours(text: str) -> str:
    """The same text by our blocks and prose, as a page of a course without anything else."""
    from scormgen.files.source import Root, source_from
    from scormgen.model.course import Course, Definitions, Page
    from scormgen.problems.report import Report
    from scormgen.reading.blocks import parse_document
    from scormgen.rendering.links import Anchors, Links
    from scormgen.rendering.prose import Prose
    from scormgen.rendering.strings import load_strings

    report = Report()
    source = source_from("page.md", text)
    document = parse_document(source, 1, report)
    page = Page("p", False, "P", "P", source, source.place(1), document.blocks, 0, 1)
    links: Any = Links(Root(Path("/nowhere")), Course("c", None, (), ()), Anchors({}, {}, {}), report, {"p": "s"})  # type: ignore[arg-type]
    prose = Prose(links, {}, load_strings("en"), report)
    definitions = Definitions(document.references, {}, {})
    html = "".join(str(fragment) for fragment in prose.render(page, definitions).fragments)
    return html.replace(" (opens in a new tab)", "")


CORPUS = [
    "para\n- list right after\n- more",
    "1. one\n2. two\n  - nested by two?\n   - by three",
    "- a\n  - b\n    - c\n- d",
    "- a\n\n  para in a\n\n- b",
    "* a\n+ b\n- c",
    "3. three\n4. four",
    "text\n3. not a list here",
    "text\n1. but this is",
    "> quote\nlazy\n\n> other\n> - list\n> - in it",
    "```python\n# no heading\n- no list\n```\n\n~~~\ntilde\n~~~",
    "    indented code\n\n\ttab code",
    "- item\n\n      code in item",
    "a | b\n--|--\n1 | 2\n3 | 4 | 5\n\nafter",
    "| a |\n| - |\n| `x \\| y` |",
    "text\n| a | b |\n|---|---|\n| 1 | 2 |",
    "Title\n=====\n\nSub\n---\n\n***\n\n- - -",
    "# a #\n## b\n####### not\n#nor",
    "- [ ] open\n- [x] done\n- [X] done too",
    "two  \nlines\\\nthree",
    "~~gone~~ and https://example.org/a_b_c and www.example.org.",
    "<div>\n*raw*\n</div>\n\n*not raw*",
    "[ref]: https://example.org 'title'\n\n[ref] and [text][ref]",
    "Escaped \\* and \\# and 5 \\< 6",
    "&copy; &amp; &#35;",
    "-\n- empty first",
    "1) paren\n2) list",
    "a\n\n\n\nb",
    "* * *\n_ _ _",
    "![alt](x.png) in text",
    "hard\u00a0space and émigré",
    "- a\n-\tb\n-   c",
    "10. ten\n    continued\n\n    para",
    "> > nested\n> back",
    "`code` ``a ` b`` *em* **strong** ***both*** _x_ __y__ snake_case_word",
]


@pytest.mark.parametrize("text", CORPUS)
def test_everyday_markdown_has_githubs_blocks(text: str) -> None:
    assert shape(ours(text)) == shape(_two_headings(github(text)))


def _two_headings(markup: str) -> str:
    """A page's title is its h1, so a level 1 heading inside it is written as h2."""
    return markup.replace("<h1>", "<h2>").replace("</h1>", "</h2>")


WORDS = st.sampled_from(["one", "two", "three four", "*five*", "`six`", "**seven** eight", "nine."])
LINES = st.one_of(
    WORDS,
    st.builds(
        "{}{} {}".format,
        st.sampled_from(["", "  "]),
        st.sampled_from(["-", "*", "+", "1.", "2)", ">", "#", "##"]),
        WORDS,
    ),
    st.sampled_from(
        [
            "",
            "",
            "",
            "---",
            "***",
            "```",
            "===",
            "> ",
            "| a | b |\n|---|---|\n| 1 | 2 |",
            "- [ ] task",
            "- [x] done",
            "    code",
        ]
    ),
)


@given(st.lists(LINES, max_size=12))
def test_made_documents_have_githubs_blocks(lines: list[str]) -> None:
    text = "\n".join(lines)
    assert shape(ours(text)) == shape(_two_headings(github(text)))


@given(st.text(alphabet="#>-*+_`~[]()!<>/\\|: \n\t1.ax&{}\"'=\u00e9\U0001f600", max_size=120))
def test_no_text_throws(text: str) -> None:
    ours(text)
    plain_text(text)


PAGE = """# Page

> [!WARNING]
> Mind the **gap**.

<details><summary>First</summary>

One *inner*.

</details>

<details><summary>Second</summary>

Two.

</details>

<!-- tabs -->

## Tab one

A

## Tab two

B

<!-- /tabs -->

![What it means](assets/a.svg "Its caption")

![A talk](assets/talk.mp4 "The talk")

## Card: Do this

- Now

After the card, the HTML and a note[^1]. Call {{ hotline }}, not `{{ hotline }}`.

*[HTML]: Hypertext Markup Language

[^1]: The note.

## Links

[page](02-other.md#part) [file](assets/Form%20A.pdf) [web](https://example.org) [tel](tel:123) ~~old~~ reconnaissance

Term
: Its meaning

{% include "snippet.md" %}
"""
FORMS: dict[str, str | bytes] = {
    "courses/c/course.yml": "title: Forms\nvariables: {hotline: 0800 1}\n",
    "courses/c/01-page.md": "---\npages: one\n---\n" + PAGE,
    "courses/c/02-other.md": "# Other\n\n## Part {#part}\n\nText.\n",
    "courses/c/glossary.yml": "reconnaissance: Looking closely.\n",
    "courses/_shared/snippet.md": "From the snippet: {{ hotline }}.\n",
    "courses/c/assets/a.svg": "<svg xmlns='http://www.w3.org/2000/svg'/>",
    "courses/c/assets/talk.mp4": "film",
    "courses/c/assets/talk.vtt": "WEBVTT\n\n00:00:01.500 --> 00:00:02.250\nHello <there>\n",
    "courses/c/assets/talk.transcript.md": "The *whole* talk.\n",
    "courses/c/assets/Form A.pdf": "pdf",
}


def test_every_form_becomes_its_markup(workspace: Write, tmp_path: Path) -> None:
    root = workspace(FORMS)
    run = scormgen("build", "-v", cwd=root)
    assert run.code == 0, run.err
    assert "courses/c/assets/Form A.pdf is assets/form-a.pdf in the package" in run.err
    package = unpack(next((root / "dist").glob("*.zip")), tmp_path / "out")
    text = (package.folder / "index.html").read_text("utf-8")
    for wanted in (
        '<div class="sg-callout sg-callout-warning" role="note"><p class="sg-callout-title">Warning</p><p>Mind the <strong>gap</strong>.</p></div>',
        '<div class="sg-accordion"><details><summary>First</summary>',
        '<section class="sg-tab" id="page--tab-one--tab"><h2 class="sg-tab-title" id="page--tab-one">Tab one</h2><p>A</p></section>',
        '<figure class="sg-figure"><img alt="What it means" loading="lazy" src="assets/a.svg"><figcaption>Its caption</figcaption></figure>',
        '<video aria-label="A talk" controls="" preload="none"><source src="assets/talk.mp4" type="video/mp4">',
        '[{"lang": "en", "label": "en", "src": "assets/talk.vtt", "cues": [[1.5, 2.25, "Hello \\u003cthere>"]]}]',
        '<details class="sg-transcript"><summary>Transcript</summary><p>The <em>whole</em> talk.</p></details>',
        '<h2 class="sg-card-title" id="page--card-do-this">Do this</h2>',
        '<abbr title="Hypertext Markup Language">HTML</abbr>',
        'class="footnote-ref" href="#fn:1-1">1</a>',
        "Call 0800 1, not <code>{{ hotline }}</code>.",
        '<a href="#other/part">page</a>',
        '<a download="" href="assets/form-a.pdf">file</a>',
        'href="https://example.org" rel="noopener noreferrer" target="_blank">web',
        '<a href="tel:123">tel</a> <del>old</del>',
        'data-definition="Looking closely." data-module="term" type="button">reconnaissance</button>',
        "<dl><dt>Term</dt><dd>Its meaning</dd></dl>",
        "<p>From the snippet: 0800 1.</p>",
        '<article class="sg-page" id="sg-take-away"',
    ):
        assert wanted in text, wanted
    assert (package.folder / "assets" / "form-a.pdf").read_text() == "pdf"


def model(root: Path) -> str:
    """What the packages of a workspace say, but for their hashes and positions of white space."""
    run = scormgen("build", "--format", "json", cwd=root)
    assert run.code == 0, run.err
    text = ""
    for package in run.json["packages"]:
        with zipfile.ZipFile(root / package["path"]) as opened:
            pages = "".join(opened.read(name).decode() for name in sorted(opened.namelist()) if name.endswith(".html"))
        text += re.sub(r'data-key="[^"]*"', "", html.unescape(pages.replace(package["content_sha256"][:8], "")))
    text += "".join(path.read_text("utf-8-sig") for path in sorted((root / "dist").glob("*-questions.csv")))
    return " ".join(text.split())


@pytest.fixture
def all_courses(workspace: Write) -> Path:
    """The repository's courses, and every kind of question."""
    files: dict[str, str | bytes] = {
        path.relative_to(ROOT).as_posix(): path.read_bytes()
        for path in (ROOT / "courses").rglob("*")
        if path.is_file() and "feature-tour" not in path.parts
    }
    files["courses/kinds/course.yml"] = "title: Kinds\n"
    files["courses/kinds/01-kinds.md"] = ("# Kinds\n\n" + QUESTIONS + SURVEYS).replace("P-", "")
    return workspace(files)


def test_prettier_leaves_the_courses_as_they_are(all_courses: Path, npm: Path) -> None:
    before = model(all_courses)
    pages = sorted(all_courses.glob("courses/**/*.md"))
    subprocess.run([npm / ".bin" / "prettier", "--write", "--log-level", "error", *pages], check=True)
    assert model(all_courses) == before


def test_mdformat_leaves_the_courses_as_they_are(all_courses: Path) -> None:
    before = model(all_courses)
    for path in all_courses.glob("courses/**/*.md"):
        mdformat.file(path, extensions={"gfm", "frontmatter"})
    assert model(all_courses) == before


def test_a_card_ends_at_a_question_of_its_level(workspace: Write, tmp_path: Path) -> None:
    root = workspace({
        "courses/c/course.yml": "title: Cards\n",
        "courses/c/01-page.md": "---\npages: one\n---\n# Page\n\n## Card: Do this\n\n- Now\n\n## Q: Which? {#which}\n\n- [x] A\n- [ ] B\n",
    })  # fmt: skip
    assert scormgen("build", cwd=root).code == 0
    package = unpack(next((root / "dist").glob("*.zip")), tmp_path / "out")
    text = (package.folder / "index.html").read_text("utf-8")
    assert re.search(r'<section [^>]*class="sg-card"(?:(?!<form).)*</section>\s*<form', text, re.DOTALL)


def test_a_term_keeps_the_marks_that_touch_it(workspace: Write) -> None:
    text = "At npsa.example/NPSA: advice (NPSA, 2023), and “a cordon”. Then invacuation follows.\n"
    glossary = "NPSA: An authority.\ncordon: A line.\ninvacuation: Moving inside.\n"
    root = workspace(
        {"courses/c/01-page.md": text, "courses/c/course.yml": "title: C\n", "courses/c/glossary.yml": glossary}
    )
    assert scormgen("build", cwd=root).code == 0
    with zipfile.ZipFile(next((root / "dist").glob("*.zip"))) as archive:
        page = re.sub(r"<button[^>]*>", "<button>", archive.read("index.html").decode())
    assert (
        'advice <span class="sg-tie">(<button>NPSA</button>,</span> 2023), and '
        '“a <span class="sg-tie"><button>cordon</button>”.</span> Then <button>invacuation</button> follows.'
    ) in page


@pytest.mark.parametrize("marks", ["##", "###", "####"])
def test_no_level_is_left_out_between_a_page_and_its_first_part(workspace: Write, tmp_path: Path, marks: str) -> None:
    """A file of a module's folder, whose heading is its page's, and whose parts have headings of any level."""
    page = f"# Page\n\n{marks} Part\n\n{marks}# Detail\n\n{marks} Q: Why?\n\n- [x] So\n- [ ] Not so\n"
    root = workspace({"courses/c/course.yml": "title: C\n", "courses/c/01-m/01-page.md": page})
    assert scormgen("build", cwd=root).code == 0
    with zipfile.ZipFile(next((root / "dist").glob("*.zip"))) as archive:
        found = re.findall(r"<(h\d)[^>]*>(Page|Part|Detail)<", archive.read("index.html").decode())
    assert found == [("h1", "Page"), ("h2", "Part"), ("h3", "Detail")]


def test_code_and_definitions_show_entities_as_they_are_written(workspace: Write) -> None:
    files: dict[str, str | bytes] = {
        "courses/c/course.yml": "title: C\n", "courses/c/glossary.yml": "entity: write &lt; or &#60;\n",
        "courses/c/01-a.md": "An entity, `&lt;`:\n\n```html\n&lt; &#60; & <b>\n```\n",
    }  # fmt: skip
    root = workspace(files)
    assert scormgen("build", cwd=root).code == 0
    with zipfile.ZipFile(next(root.glob("dist/*.zip"))) as archive:
        page = archive.read("index.html").decode()
    assert "&amp;lt; &amp;#60; &amp; &lt;b&gt;\n</code>" in page
    assert "<code>&amp;lt;</code>" in page
    assert 'data-definition="write &amp;lt; or &amp;#60;"' in page
