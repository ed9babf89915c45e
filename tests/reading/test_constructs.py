"""Constructs of other tools: what learners would see as it is written is reported in its place; what only looks like it is not."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from scormgen.pipeline.build import Options, build
from scormgen.problems.report import Problem, Report
from scormgen.reading.workspace import find_workspace
from tests.conftest import Write
from tests.lms.harness import unpack

START = "# Page\n\n"  # so the first line of a case is line 3
QUESTION = "### Q: Which? {#q}\n\n"
WARNINGS = {"M017", "M020", "M021", "M024", "M025", "M014"}
OPTIONS = "- [x] One\n- [ ] Two\n"

# What stands on a page, and all that is reported: code, line, column, and a word of the message or hint.
BAD: list[tuple[str, list[tuple[str, int, int, str]]]] = [
    # M016: blocks
    ('!!! note "Be careful"\n    Indented.', [("M016", 3, 1, "admonition of MkDocs")]),
    ("!!! warning\n\n    Code.", [("M016", 3, 1, "> [!NOTE]")]),
    ('??? tip inline "T"\n    x', [("M016", 3, 1, "MkDocs")]),
    ("???+ question", [("M016", 3, 1, "MkDocs")]),
    ("Text.\n!!! note\n    x", [("M016", 4, 1, "MkDocs")]),
    ("::: warning\nText\n:::", [("M016", 3, 1, "Docusaurus")]),
    ("Text.\n\n:::", [("M016", 5, 1, "the end of a block")]),
    (":::note[Title]\n\nText\n\n:::", [("M016", 3, 1, "“:::note[Title]”")]),
    ("::: {.callout-tip}\nText\n:::", [("M016", 3, 1, "Pandoc")]),
    ("- item\n\n  :::tip\n  Text\n  :::", [("M016", 5, 3, "Docusaurus")]),
    ("> :::tip\n> Text", [("M016", 3, 3, "Docusaurus")]),
    ("::youtube{#abc}", [("M016", 3, 1, "directive")]),
    ('=== "Windows"\n\n    Text.', [("M016", 3, 1, "<!-- tabs -->")]),
    (".. note:: Look\n   More", [("M016", 3, 1, "reStructuredText")]),
    (".. _target:", [("M016", 3, 1, "reStructuredText")]),
    ("image::a.png[A]", [("M016", 3, 1, "AsciiDoc")]),
    ("import Tabs from '@theme/Tabs';\nimport './x.css'", [("M016", 3, 1, "MDX"), ("M016", 4, 1, "MDX")]),
    ("export const a = 1;", [("M016", 3, 1, "MDX")]),
    ("export default function A() {}", [("M016", 3, 1, "MDX")]),
    ("[(X)] One\n[( )] Two", [("M016", 3, 1, "quiz of LiaScript"), ("M016", 4, 1, "### Q:")]),
    ("    [[X]] One\n    [[ ]] Two", [("M016", 3, 5, "### Q:")]),
    ("```mermaid\ngraph TD\n```", [("M016", 3, 4, "diagram")]),
    ("~~~plantuml\na\n~~~", [("M016", 3, 4, "diagram")]),
    ("```{r, echo=FALSE}\nplot(1)\n```", [("M016", 3, 4, "R Markdown")]),
    ("```{note}\nx\n```", [("M016", 3, 4, "MyST")]),
    ("```ad-note\nx\n```", [("M016", 3, 4, "Obsidian")]),
    ("```dataview\nLIST\n```", [("M016", 3, 4, "query")]),
    ("```math\nx\n```", [("M016", 3, 4, "formula")]),
    ('--8<-- "other.md"', [("M016", 3, 1, "include of MkDocs")]),
    ("    [[4]]\n    [[?]] Think.\n    ****\n    Since.\n    ****", [("M016", 3, 5, "quiz of LiaScript")]),
    ("      --{{1}}--\nSpoken.", [("M016", 3, 7, "an animation of LiaScript: learners")]),
    ("      {{|>}}\nSpoken.", [("M016", 3, 7, "remove it")]),
    # M002: braces of other tools
    ("{{< figure src=x >}}", [("M002", 3, 1, "shortcode of Hugo")]),
    ("{{1}} {{ site.title }} {{ a + b }}", [("M002", 3, 1, "LiaScript"), ("M002", 3, 7, "Jekyll"), ("M002", 3, 24, "only {{ name }}")]),
    ("{{#include a.rs}} {{ #title My}}", [("M002", 3, 1, "include of mdBook"), ("M002", 3, 19, "remove it")]),
    # M005: tags of template languages
    ("{% comment %} x {% endcomment %}", [("M005", 3, 1, "<!-- … -->"), ("M005", 3, 17, "remove it")]),
    ("{% include links.md %}", [("M005", 3, 1, '{% include "file.md" %}')]),
    ("[x]({{ site.url }}{% link a.md %})", [("M002", 3, 5, "Jekyll"), ("M005", 3, 19, "[text](page.md)")]),
    # M017: marks
    ("Area $a^2$ and $$b$$.", [("M017", 3, 6, "“$a^2$”"), ("M017", 3, 16, "“$$b$$”")]),
    ("$$\nx = 1\n$$", [("M017", 3, 1, "TeX")]),
    ("A `$a$` here, $b$ there.", [("M017", 3, 15, "“$b$”")]),
    (f"Area \\\\( a \\\\) and \\\\[ b \\\\]\n\n{QUESTION}{OPTIONS}", [("M017", 3, 6, "TeX"), ("M017", 3, 20, "TeX")]),
    ("Mark ==this==.", [("M017", 3, 6, "<mark>")]),
    ("- ==**bold**==", [("M017", 3, 3, "highlight")]),
    ("| a | b |\n|---|---|\n| ==x== | 2 |", [("M017", 5, 3, "highlight")]),
    ("Hot :fire: and :+1:", [("M017", 3, 5, "🔥"), ("M017", 3, 16, "👍")]),
    ("Go :material-arrow-right: on", [("M017", 3, 4, "icon")]),
    ("Press ++ctrl+c++ now", [("M017", 3, 7, "<kbd>")]),
    ("10 m^2^ of H~2~O", [("M017", 3, 5, "<sup>"), ("M017", 3, 13, "<sub>")]),
    ("It {++adds++} and {--drops--}", [("M017", 3, 4, "CriticMarkup"), ("M017", 3, 19, "CriticMarkup")]),
    ("A ^^word^^ and @embed(x)", [("M017", 3, 3, "<ins>"), ("M017", 3, 16, "LiaScript")]),
    ("See \\@ref(fig:a)", [("M017", 3, 5, "bookdown")]),
    ("(@) An example", [("M017", 3, 1, "numbered example")]),
    ("| A line\n| and one", [("M017", 3, 1, "line block")]),
    ("Text^[A note.]", [("M017", 3, 5, "inline footnote")]),
    ("As in [@smith2020, p. 3] and @fig-one", [("M017", 3, 7, "citation"), ("M017", 3, 30, "Quarto")]),
    ("Text. ^block-1", [("M017", 3, 7, "Obsidian")]),
    ("Use :abbr[HTML]{title=x} here", [("M017", 3, 5, "directive")]),
    ("[TOC]", [("M017", 3, 1, "table of contents")]),
    ("[[_TOC_]]", [("M017", 3, 1, "table of contents")]),
    ("* TOC\n{:toc}", [("M017", 3, 3, "table of contents")]),
    ("\\newpage", [("M017", 3, 1, "LaTeX")]),
    ("| a |\n|---|\n| 1 |\n\nTable: The caption {#tbl-a}", [("M017", 7, 1, "table caption")]),
    ("<div>\n:fire:\n</div>", [("M017", 4, 1, "emoji")]),
    ("Text.[^1]\n\n[^1]: A ==note==.", [("M017", 5, 9, "highlight")]),
    ("## Part ==two== {#two}\n\nText.", [("M017", 3, 9, "highlight")]),
    (f"{QUESTION}Is it $x$?\n\n- [x] ==Yes==\n  > Since :fire:\n- [ ] No\n\n> **Hint:** H~2~O",
     [("M017", 5, 7, "TeX"), ("M017", 7, 7, "highlight"), ("M017", 8, 11, "emoji"), ("M017", 11, 14, "Pandoc")]),
    ("### Q: Which ==one==? {#q}\n\n" + OPTIONS, [("M017", 3, 14, "highlight")]),
    # a construct that fills a file
    ("==a==\n\n==b==\n\n==c==\n\n==d==", [("M017", 3, 1, "(3 more in this file: lines 5, 7, 9)")]),
    ("==a==\n\n<!-- scormgen-ignore M017: as it is meant -->\n==b==\n\n==c==\n\n==d==\n\n==e==", [("M017", 3, 1, "(3 more in this file: lines 8, 10, 12)")]),
    ("<!-- scormgen-ignore M017: meant -->\n==a==", []),
    # HTML
    ('<figure markdown="span">\n  ![A](a.svg)\n  <figcaption>**It** and `it`</figcaption>\n</figure>',
     [("M020", 3, 9, "empty line"), ("M023", 4, 3, "“![A](a.svg)” is Markdown in a block"), ("M017", 5, 15, "“**It**”"), ("M017", 5, 26, "“`it`”")]),
    ('<div class="grid cards" markdown>\n\n**It**\n\n</div>', [("M020", 3, 25, "“markdown” is an attribute")]),
    ("<div>\n<p>A</p>\n- *It*\n- [ ] its\n\n</div>\n\n<div>\n| a | b |\n</div>",
     [("M017", 5, 1, "Markdown in a block"), ("M017", 11, 1, "| a | b |")]),
    ("<div>\n## It\n[it](b.md)\n</div>", [("M017", 4, 1, "“## It”"), ("M017", 5, 1, "empty line")]),
    ("Text <img src={require('./a.svg').default} /> here", [("M016", 3, 6, "a tag of MDX")]),
    ("A <span style={{color: red}}>\nword\n</span>", [("M016", 3, 3, "quotation marks"), ("M002", 3, 15, "{{ name }}")]),
    ("<Tabs>\n\nText.\n\n</Tabs>", [("M012", 3, 1, "<!-- tabs -->")]),
    ("<quiz>\n\nText <Enter> it.", [("M012", 3, 1, "### Q:"), ("M012", 5, 6, "code span")]),
    # M018, M025: tables
    ("| a | b |\n|---|---|\n| 1 | 2 | 3 |", [("M018", 5, 11, "“3” is more than the 2 columns")]),
    ("> a | b\n> --|--\n> `x|y` | 2", [("M018", 5, 11, "\\|")]),
    ("| a | b |\n| 1 | 2 |", [("M018", 3, 1, "without a delimiter row")]),
    ("| a | b | c |", [("M018", 3, 1, "without a delimiter row")]),
    ("| a | b |\n|---|\n| 1 | 2 |", [("M018", 4, 1, "1 column below a header of 2")]),
    ("| a | b |\n| ——— | ——— |\n| 1 | 2 |", [("M018", 4, 1, "other signs")]),
    ("+---+---+\n| a | b |\n+---+---+", [("M018", 3, 1, "grid table")]),
    ("  Right    Left\n-------  ------\n   12      12", [("M018", 4, 1, "simple table")]),
    ("| a | b |\n|---|---|\n| 1 |\nText after.", [("M025", 5, 1, "1 of 2 cells"), ("M025", 6, 1, "empty line")]),
    # M019: references
    ("Text[^9].", [("M019", 3, 5, "without a note")]),
    ("Text[^not].\n\n[^note]: A.\n\nMore[^note].", [("M019", 3, 5, "did you mean note?")]),
    (f"Text[^1].\n\n{QUESTION}As[^1] said\n\n{OPTIONS}\n\n[^1]: A.", [("M019", 7, 3, "a footnote in a question")]),
    ("See [the page][one].", [("M019", 3, 5, "without an address")]),
    ("See [the page][on].\n\n[one]: https://example.org\n\n[it][one]", [("M019", 3, 5, "did you mean one?")]),
    ("A [draft]() of [it](#)", [("M019", 3, 9, "without an address"), ("M019", 3, 19, "“(#)”")]),
    ("See the rules: [the rules](rules)", [("L001", 3, 28, "does not exist")]),
    ("See [rules](10-p.mdx), [rules](10-p)", [("L001", 3, 13, "did you mean 10-p0.md?"), ("L001", 3, 32, "10-p0.md?")]),
    # M020: attributes
    ("Text {.red} and word{#id}", [("M020", 3, 6, "“{.red}”"), ("M020", 3, 21, "“{#id}”")]),
    ("[text]{.smallcaps}", [("M020", 3, 7, "attributes")]),
    ("## Two{#two}\n\nText.", [("M020", 3, 7, "put a space before it")]),
    ("### Q: Which?{#q}\n\n- [x] One{.a}\n- [ ] Two", [("M020", 3, 14, "a space before"), ("M020", 5, 10, "a space before")]),
    ("- item {.red}", [("M020", 3, 8, "attributes")]),
    ("Text {: .no_toc }", [("M020", 3, 6, "attributes")]),
    ("{::nomarkdown}", [("M020", 3, 1, "attributes")]),
    ('```js title="a.js" {1,3}\nx\n```', [("M020", 3, 7, "option of a code block")]),
    ("```{.python .numberLines}\nx\n```", [("M020", 3, 4, "option of a code block")]),
    ("| a | b |\n|---|---|\n| 1 | 2 |\n{: .table}", [("M020", 6, 1, "remove it")]),
    ("~~~\nls\n~~~\n{: .output}", [("M020", 6, 1, "<details>")]),
    # M021: comments
    ("<!-- tab -->\n\n### One\n\nText.", [("M021", 3, 1, "<!-- tabs -->")]),
    ("<!-- Tabs -->\n\n### One\n\nText.\n\n<!-- /Tabs -->", [("M021", 3, 1, "<!-- /tabs -->"), ("M021", 9, 1, "comment without effect")]),
    ("<!-- end tabs -->\n\nText.", [("M021", 3, 1, "<!-- /tabs -->")]),
    ("Text <!-- tabs -->", [("M021", 3, 6, "alone on a line")]),
    ("<!-- quiz -->\n\nText.\n\n<!-- /quiz -->", [("M021", 3, 1, "### Q:"), ("M021", 7, 1, "### Q:")]),
    ("<!-- scormgen-ignroe W104: why -->\nText.", [("M021", 3, 1, "scormgen-ignore W104")]),
    # M022: files that browsers do not show
    ("![The film](x.mov)", [("M022", 3, 13, "convert it to .mp4 (H.264)")]),
    ("![The hall](x.HEIC) in text", [("M022", 3, 13, ".jpg")]),
    ("![A plan][plan]\n\n[plan]: x.psd", [("M022", 3, 1, ".svg")]),
    ("![The form](form.pdf)", [("M022", 3, 13, "[form](form.pdf)")]),
    ("![A sheet](x.xlsx 'Its caption')", [("M022", 3, 12, "[x](x.xlsx)")]),
    ("![A film](https://example.org/x.mov)", [("L008", 3, 11, "another server"), ("M022", 3, 11, "H.264")]),
    ("![A form](x.odd)", [("L001", 3, 11, "does not exist")]),
    ('A <img src="x.tiff" alt="a"> here', [("M022", 3, 13, ".jpg")]),
    ('<video controls>\n<source src="x.avi">\n</video>\n\n<audio src="x.wma"></audio>', [("M022", 4, 14, ".mp4"), ("M022", 7, 13, ".mp3")]),
    (f"{QUESTION}- [x] ![One](x.bmp)\n  > ![Two](x.docx)\n- [ ] Two", [("M022", 5, 14, ".png"), ("M022", 6, 12, "link")]),
    # M023: marks that stand for more
    ("![[film.mp4]] and [[Page|it]]", [("M023", 3, 1, "Obsidian"), ("M023", 3, 19, "[text](page.md)")]),
    ("```{r}\n1\n```\n\nThe mean is `r mean(x)`.", [("M016", 3, 4, "Quarto"), ("M023", 7, 13, "“`r mean(x)`”")]),
    ("%% To do: rewrite %%", [("M023", 3, 1, "comment of Obsidian")]),
    ("Text {/* later */}", [("M023", 3, 6, "comment of MDX")]),
    ("See :ref:`intro` and {doc}`other`.", [("M023", 3, 5, "“:ref:`intro`”"), ("M023", 3, 22, "MyST")]),
    ("A @[code](a.svg)", [("M023", 3, 3, "a code file")]),
    ("!?[A film](https://example.org/a)", [("M023", 3, 1, "media of LiaScript")]),
    ("Name it: [[answer]]", [("M023", 3, 10, "heading that begins with Q:")]),
    (f"{QUESTION}{OPTIONS}\n> **Hint:** See [[Page]].", [("M023", 8, 17, "wiki")]),
    # M024: callouts
    ("> [!question] Why?\n> So.", [("M024", 3, 3, "write [!NOTE]")]),
    ("> [!danger]\n> So.", [("M024", 3, 3, "write [!CAUTION]")]),
    ("> [!NOTES]\n> So.", [("M024", 3, 3, "did you mean NOTE?")]),
    ("> [!note]- Folded\n> So.", [("M024", 3, 3, "<details>")]),
    ("> [!TIP] On one line", [("M024", 3, 3, "next line")]),
    ("> **Note**\n> So.", [("M024", 3, 3, "> [!NOTE]")]),
    ("> **Warning:** So.", [("M024", 3, 3, "> [!WARNING]")]),
    (f"Text.\n\n> ## Try it\n>\n> Say why.\n{{: .challenge}}\n\n{QUESTION}{OPTIONS}", [("M024", 8, 1, "<details>")]),
    (f"> Text.\n>\n> > 1. One\n> > 2. Two\n> {{: .solution}}\n\n{QUESTION}{OPTIONS}", [("M024", 7, 3, "Jekyll")]),
    ("[!NOTE] So.", [("M024", 3, 1, "outside a quote")]),
    (f"{QUESTION}- [x] One\n  > [!NOTE]\n  > Why.\n- [ ] Two", [("M024", 6, 5, "feedback")]),
    # M014: near-forms
    ("- [ ] Water\n-[ ] Torch\n- [x ] Coat\n- [] Hat\n\nText.\n\n- [ ] One\n- [/] Half", [("M014", 4, 2, "(3 more in this file: lines 5, 6, 11)")]),
    ("- Kit:\n  - [ ] Water\n  - [✓] Torch", [("M014", 5, 5, "write “- [x] Torch” on a line")]),
    ("- [ ]Water\n- [x]Torch", [("M014", 3, 3, "“- [ ] Water”"), ("M014", 4, 3, "“- [x] Torch”")]),
    ("##Part two", [("M014", 3, 1, "put a space behind ##")]),
    ("#Part", [("M014", 3, 1, "heading without a space")]),
    ("An &nbps; here", [("M014", 3, 4, "&amp;nbps;")]),
]  # fmt: skip

NEAR: list[str] = [
    "The result of `r mean(x)` is a number, write to a@b.example(now), e-mail (@home) and 3 | 4\n-- a dash\n\n- - -\n\n--- ",
    "It costs $5 and $10, or $1,000. US$5-$10. In CA$, US$ and NZ$. $ 5 $ and 5$. \\$x$",
    "`$HOME` and `==x==` and ``:fire: ` [[x]]``\n\n    $x$ ==y== [[z]]",
    "```text\n!!! note\n::: warning\n$x$ {.red}\n```\n\n```python\nx\n```",
    "At 10:30:00, a:b:c, x:fire:y, :no-such-emoji: and http://example.org/:fire:",
    "a == b and c == d, C++ and C++, i++ + ++i, x^2 and ^_^, ~old~ and ~~older~~, 50%% or 60%%",
    "Use {name} and {} and { x }, a{b}c, {1, 2}",
    "[link](a.md#fire){.btn} `code`{.py} *em*{.red} **b**{#b1} ~~x~~{.y} ![a](a.svg){width=30} [x][ok]{.a} [ok]{.b}\n\n[ok]: https://example.org\n\n[a](b.md)",
    "Para\n{.lead}\n\n> Para\n> {: .lead}\n\n- item\n{: .x}\n\n| a {.x} | b |\n|---|---|\n| 1 | 2 |",
    "[text] and [x] and a[1][2] and [a] [b] and \\[^9] and `[^9]`",
    "Text[^1] and once more[^2].\n\n[^1]: One[^2].\n\n[^2]: Two.",
    "> [!NOTE]\n> Text.\n\n> [!tip]\n> Text.\n\n> **Note the place** of it.\n\n> **Wow:** it is.",
    "| a | b |\n|:--|--:|\n| 1 \\| 2 | |\n| `x \\| y` | 2 |\n\n> | a |\n> |---|\n> | 1 |\n\na | b\n-- | --\n1 | 2",
    "A | B is a choice, |x| a measure.\n\n|x| is a measure",
    "#1 of all, C# and # alone\n\n#staysafe #action\n\n\\#Part\n\n1) one\n2) two",
    "&nbsp; &copy; &#35; R&D; AT&T &copy and a&b",
    "<!-- The tabs below are new -->\n\n<!-- more -->\n\nText <!-- a remark -->.\n\n<!-- tabs -->\n\n### One\n\nText.\n\n<!-- /tabs -->",
    "Wow!!! note this. ??? What\n\n!!! STOP WRITING, now!\n\n... note:: not",
    "import goods from abroad; export default settings to a file",
    f"{QUESTION}Ring [[999]] or [[= 3]] {{#x}}.\n\n- and [[Service Desk | IT]]".replace(" {#x}", ""),
    "### Q: Which? {#q}\n\n- [x] One {#a pin}\n- [ ] Two {pin}\n\n> **Hint:** Think.",
    "C:\\times\\new and \\alpha, 3\\*4, key_text_ and <span title=\"==x==\">a</span> <kbd>++</kbd> <code>$x$</code>",
    "What!?[^1]\n\n[^1]: Yes.\n\n- [ ] open\n- [x] done",
    "![The hall](PLAN.PNG) [the form](form.pdf)\n\n<video><source src='talk.mp4'><track src='talk.en.vtt'></video>",
    "<div>\n\n**It**, [it](b.md) and `<div markdown>`\n\n</div>\n\n<pre>\n# a ** b ** `x`\n</pre>\n\n<p>5 * 3 ** 2, #1 [a] and <code>**x**</code></p>",
    "- [1] Smith\n- [2] Jones\n\nText\n\n- ☐ Water\n- ☐ Torch\n\nText\n\n- [ ] Water [x] or (x)\n- Torch -[ ]\n\nText\n\n- [x](a.md) it\n- [ ](a.md)",
    "Term\n: meaning\n\n*[HTML]: Hypertext\n\nHTML",
]  # fmt: skip


def _files(cases: list[str]) -> dict[str, str | bytes]:
    files: dict[str, str | bytes] = {"courses/c/course.yml": "title: C\n", "courses/c/a.svg": "<svg/>"}
    files |= {f"courses/c/{name}": "x" for name in ("PLAN.PNG", "form.pdf", "talk.mp4")}
    files["courses/c/talk.en.vtt"] = "WEBVTT\n"
    files |= {"courses/c/a.md": "# A\n\n## Fire\n\nText.\n", "courses/c/b.md": "# B\n\nText.\n"}
    for number, text in enumerate(cases):
        unique = text.replace("{#q}", f"{{#q{number}}}")
        files[f"courses/c/{number + 10}-p{number}.md"] = f"{START}{unique}\n"
    return files


def _write(root: Path, files: dict[str, str | bytes]) -> Path:
    for name, content in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return root


def _build(root: Path) -> list[Problem]:
    report = Report()
    workspace = find_workspace(root, report)
    return build(workspace, workspace.folders, Options(workspace.dist), report, lambda _: None).problems


def _by_page(problems: list[Problem]) -> dict[int, list[Problem]]:
    found: dict[int, list[Problem]] = {}
    for problem in problems:
        number = re.search(r"/(\d+)-p\d+\.md$", problem.place.path)
        assert number, problem
        found.setdefault(int(number[1]) - 10, []).append(problem)
    return found


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> dict[int, list[Problem]]:
    """What a build says of each bad page, by its number: all of them are one course."""
    return _by_page(_build(_write(tmp_path_factory.mktemp("bad"), _files([text for text, _ in BAD]))))


@pytest.mark.parametrize("number", range(len(BAD)), ids=[repr(text)[:40] for text, _ in BAD])
def test_a_construct_of_another_tool_is_reported(found: dict[int, list[Problem]], number: int) -> None:
    text, wanted = BAD[number]
    problems = found.get(number, [])
    places = [(p.code, p.place.line, p.place.column) for p in problems]
    assert places == [row[:3] for row in wanted], (text, problems)
    for problem, row in zip(problems, wanted, strict=True):
        assert row[3] in f"{problem.message} {problem.hint}", problem


@pytest.fixture(scope="module")
def near(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[Problem]]:
    """A course of all that only looks like a construct, and what a build says of it."""
    root = _write(tmp_path_factory.mktemp("near"), _files(NEAR))
    return root, _build(root)


def test_what_only_looks_like_a_construct_is_not_reported(near: tuple[Path, list[Problem]]) -> None:
    assert near[1] == []


def _seen(root: Path, folder: Path, browser: Browser) -> str:
    """What is visible of the packaged course, each of its pages opened."""
    package = unpack(next((root / "dist").glob("*.zip")), folder)
    page = browser.new_page()
    page.goto((package.folder / "index.html").as_uri())
    page.wait_for_selector("#sg-place:not(:empty)")
    page.evaluate("document.querySelectorAll('article').forEach(page => { page.hidden = false; })")
    text = page.locator("#sg-main").inner_text()
    page.close()
    return " ".join(text.split())


def test_nothing_of_what_is_not_reported_is_a_mark_to_learners(
    near: tuple[Path, list[Problem]], tmp_path: Path, browser: Browser
) -> None:
    seen = _seen(near[0], tmp_path / "out", browser)
    for text in ("It costs $5 and $10, or $1,000.", "C++ and C++", "One2.", "Text.", "a b[1, 2]"[:2]):
        assert text in seen
    for mark in ["{.btn}", "{: .x}", "{.lead}", "[^1]", "[^2]", "[!tip]", "{pin}", "<!--", "[ok]", "width=30"]:
        assert mark not in seen, mark


def test_learners_would_see_what_a_warning_names(tmp_path: Path, browser: Browser) -> None:
    """Each mark that is a warning is visible on the page, but for those that would be lost."""
    hidden = {"M021", "M025"}  # comments and cells are not there
    cases = [text for text, rows in BAD if rows and all(row[0] in WARNINGS for row in rows) and QUESTION not in text]
    root = _write(tmp_path, _files(cases))
    problems = _build(root)
    assert not any(problem.severity == "error" for problem in problems)
    seen = _seen(root, tmp_path / "out", browser).replace("_", "")
    assert len(cases) > 40
    for problem in problems:
        mark = re.sub(r"\*\*|[`_]|\\(?=@)", "", problem.message.partition("“")[2].partition("”")[0])
        if problem.code not in hidden and "option of a code" not in problem.message and "~" not in mark:
            assert mark in seen, problem
        elif problem.code == "M021":
            assert mark not in seen


def test_snippets_glossary_variables_transcripts_and_titles_are_looked_at(workspace: Write) -> None:
    page = (
        '# A\n\n{{ ring }} {% include "_x.md" %}\n\n![Talk](a.mp4)\n\n## B[^1]\n\n{% include "_x.md" %}\n\n[^1]: One.\n'
    )
    root = workspace({
        "courses/c/course.yml": "title: C\nvariables:\n  ring: ==999==\n",
        "courses/c/01-a.md": page.replace(" {%", "\n\n{%", 1),
        "courses/c/_x.md": "Hot :fire:\n\n![The film](x.mkv)\n",
        "courses/c/glossary.yml": "cordon: A line.\nHOT: |\n  **Hidden**, or\n  [[typical]]; {{ ring }}\n",
        "courses/c/a.mp4": "film",
        "courses/c/a.transcript.md": "He says $x$.\n",
    })  # fmt: skip
    problems = _build(root)
    assert [(p.place.path.rpartition("/")[2], p.place.line, p.place.column, p.code) for p in problems] == [
        ("01-a.md", 9, 5, "M019"),
        ("_x.md", 1, 5, "M017"),
        ("_x.md", 3, 13, "M022"),
        ("a.transcript.md", 1, 9, "M017"),
        ("course.yml", 3, 9, "M017"),
        ("glossary.yml", 3, 3, "M017"),
        ("glossary.yml", 4, 3, "M023"),
        ("glossary.yml", 4, 16, "M017"),
    ]
