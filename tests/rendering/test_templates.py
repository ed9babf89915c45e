"""Themes from somebody else: their templates run no command, read nothing outside the workspace and always end; mistakes are told at their line."""

from __future__ import annotations

import os
import resource
import socket
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from scormgen.checking.check import check_courses
from scormgen.files.source import Root
from scormgen.pipeline.build import Options, build
from scormgen.pipeline.compile import compile_course
from scormgen.preview.editions import Edition, edit
from scormgen.preview.server import watched
from scormgen.problems.report import Problem, Report
from scormgen.reading.workspace import choose_courses, find_workspace
from scormgen.rendering.sandbox import SAFE_FILTERS, SAFE_METHODS
from tests.conftest import ROOT, Write, document, scormgen

Files = dict[str, str | bytes]
QUESTIONS = "".join(f"### Q: Which {n}? {{#q{n}}}\n\n- [x] A\n- [ ] B\n\n" for n in range(3))
COURSE: Files = {
    "courses/c/course.yml": "title: Course\nlanguage: en-GB\ntheme: ours\n",
    "courses/c/01-page.md": f"# Page\n\nText.\n\n{QUESTIONS}",
}
SCO = "themes/ours/templates/sco.html"
TEMPLATES = ROOT / "themes" / "default" / "templates"
DEFAULT = (ROOT / "themes/default/templates/sco.html").read_text("utf-8")
SECRET = "kept-outside-the-workspace"


def found(root: Path) -> list[tuple[str, str, int]]:
    """Code, path and line of each problem that a build finds; what it wrote must be nothing where there is an error."""
    report = Report()
    workspace = find_workspace(root, report)
    result = build(workspace, workspace.folders, Options(root / "dist", 1), report, lambda name: None)
    problems = [problem for problem in result.problems if problem.severity == "error"]
    assert bool(result.packages) == (not problems)
    assert (root / "dist").exists() == (not problems)
    if problems:
        lock = root / "courses/c/course.lock"
        assert lock.is_symlink() or not lock.exists()
    assert SECRET not in "".join(f"{p.message}{p.hint}{p.place.excerpt}" for p in result.problems)
    return [(p.code, p.place.path, p.place.line) for p in problems]


def messages(root: Path) -> list[Problem]:
    report = Report()
    workspace = find_workspace(root, report)
    compile_course(workspace, workspace.folders[0], report)
    return report.sorted()


# What a template says in its second line, the code, and words of the message or hint.
WRONG: list[tuple[str, str, str]] = [
    ('{{ cycler.__init__.__globals__.os.popen("touch ran").read() }}', "C023", "'__init__'"),
    ('{{ cycler["__init__"] }}', "C023", "'__init__'"),
    ('{{ [cycler]|map(attribute="__init__")|first }}', "C023", "'__init__'"),
    ("{{ self.__init__ }}", "C023", "'__init__'"),
    ("{{ course.__class__.__mro__ }}", "C023", "'__class__'"),
    ("{{ [1].append(2) }}", "C023", "'append'"),
    ('{{ "{:999999999}".format(1) }}', "C023", "'format'"),
    ('{{ "%999999999d" % 1 }}', "C023", "write the parts"),
    ('{{ "a".ljust(10 ** 9) }}', "C023", "'ljust'"),
    ('{{ (1).to_bytes(10 ** 9, "big") }}', "C023", "'to_bytes'"),
    ('{{ "a"|center(10 ** 9) }}', "C016", "'center'"),
    ("{{ [1, 2]|random }}", "C016", "'random'"),
    ("{{ lipsum() }}", "C016", "'lipsum'"),
    ("{% if %}", "C016", "Expected an expression"),
    ("{{ 1 / 0 }}", "C016", "division by zero"),
    ("{{ strngs.next }}", "C016", "'strngs' is undefined"),
    ("{{ strings.nxet }}", "C016", "'nxet'"),
    ('{{ 1 + "a" }}', "C016", "unsupported operand"),
    ("{{ modules|tojson }}", "C016", "JSON"),
    (f"{{{{ {'9' * 5000} }}}}", "C016", "too many digits"),
    (f"{{{{ {'(' * 400}1{')' * 400} }}}}", "C016", "nested too deeply"),
    (f"{{{{ strings{'.a' * 400} }}}}", "C016", "nested too deeply"),
    ("{% for m in modules %}" * 30 + "{% endfor %}" * 30, "C016", "nested too deeply"),
    ('{% include "x" %}', "C025", "known: assessment.html, card.html"),
    ('{% extends "questoin.html" %}', "C025", "did you mean question.html?"),
    ('{% include "../../../../etc/passwd" %}', "C025", "/etc/passwd"),
    ('{% include "/etc/passwd" %}', "C025", "/etc/passwd"),
    ('{% include "a\\x00b" %}', "C025", "a"),
    ('{% include "sco.html" %}', "C024", "includes itself"),
    ('{% import "sco.html" as me %}', "C024", "includes itself"),
    ("{% macro f(n) %}{{ f(n + 1) }}{% endmacro %}{{ f(1) }}", "C024", "calls or includes itself"),
    ("{% for i in range(10 ** 9) %}{% endfor %}", "C024", "Range too big"),
    ('{{ "a" * 10 ** 9 }}', "C024", "larger than any page"),
    ("{{ 10 ** (10 ** 10) }}", "C024", "very large numbers"),
    ('{{ ("f" * 99999)|int(base=16) // 3 }}', "C024", "very large numbers"),
    ("{{ 10.0 ** 999 }}", "C024", ""),
]


@pytest.mark.parametrize(("line", "code", "words"), WRONG)
def test_a_templates_mistake_is_told_once_at_its_line(
    workspace: Write, monkeypatch: pytest.MonkeyPatch, line: str, code: str, words: str
) -> None:
    root = workspace(COURSE | {SCO: f"<p>First.</p>\n  {line}\n"})
    monkeypatch.chdir(root)
    assert found(root) == [(code, SCO, 2)]
    (problem,) = messages(root)
    assert words in f"{problem.message} {problem.hint}"
    assert problem.place.column == 3
    assert not (root / "ran").exists()


def test_a_mistake_in_the_template_of_every_question_is_told_once(workspace: Write) -> None:
    second = {
        "courses/d/course.yml": "title: Other\nlanguage: en-GB\ntheme: ours\n",
        "courses/d/01-page.md": f"# Page\n\n{QUESTIONS}",
    }
    question = "themes/ours/templates/question.html"
    root = workspace(
        COURSE | second | {question: "<p>\n{{ question.ttle }}</p>\n", SCO: '<p>\n\n{% include "part.html" %}</p>\n'}
    )
    assert found(root) == [("C016", question, 2), ("C025", SCO, 3)]


def test_a_mistake_is_where_it_is_not_where_it_is_included(workspace: Write) -> None:
    part = "themes/ours/templates/parts/head.html"
    root = workspace(COURSE | {SCO: '<p>\n{% include "parts/head.html" %}\n</p>', part: "\n\n\n{{ nothing }}\n"})
    assert found(root) == [("C016", part, 4)]
    (root / part).write_text("\n{% endfor %}\n")
    assert found(root) == [("C016", part, 2)]


def test_check_and_preview_tell_the_same(workspace: Write) -> None:
    root = workspace(COURSE | {SCO: "\n{{ cycler.__init__ }}\n"})
    space = find_workspace(root, Report())
    checked = check_courses(space, space.folders, Report())
    assert [(p.code, p.place.path, p.place.line) for p in checked if p.severity == "error"] == [("C023", SCO, 2)]
    edition, _ = edit(space, Edition("c", space.folders[0]))
    assert edition.broken and [p.code for p in edition.problems] == ["C023"]
    (root / SCO).write_text(DEFAULT + "<p>{{ strings.next }}</p>\n")  # a preview lasts: what changes is seen
    edition, _ = edit(space, edition)
    assert document(edition.files).endswith("</html>\n<p>Next</p>")
    (root / SCO).unlink()
    edition, _ = edit(space, edition)
    assert document(edition.files).endswith("</html>")


def test_files_that_are_no_templates_are_told(workspace: Write) -> None:
    root = workspace(COURSE | {SCO: b"<p>\ncaf\xe9</p>"})
    path = root / SCO
    assert found(root) == [("S001", SCO, 2)]
    path.write_text("a" * 300_000)
    assert found(root) == [("C024", SCO, 0)]
    path.unlink()
    path.mkdir()
    assert found(root) == [("S009", SCO, 0)]
    path.rmdir()
    os.mkfifo(path)
    assert found(root) == [("S009", SCO, 0)]
    path.unlink()
    path.symlink_to("nothing.html")
    assert found(root) == [("S002", SCO, 0)]
    path.unlink()
    path.symlink_to("sco.html")
    assert found(root) == [("S003", SCO, 0)]


GROWING = [
    "{% for i in range(99999) %}{% for j in range(99999) %}{% endfor %}{% endfor %}",
    "{% for i in range(99999) %}{% for j in range(99999) if false %}{% endfor %}{% endfor %}",
    f"{{% for i in range(99999) %}}{{% for j in range(99999) %}}{'x' * 999}{{% endfor %}}{{% endfor %}}",
    "{% for i in range(99999) %}{% for j in range(99999)|map('upper')|map('lower') %}{% endfor %}{% endfor %}",
    "{% for i in range(99999) %}{% for j in range(99) %}{% include 'no.html' ignore missing %}{% endfor %}{% endfor %}",
    "{% for i in range(9) recursive %}{% if loop.depth < 99 %}{{ loop(range(9)) }}{% endif %}{% endfor %}",
    "{% macro f(n) %}{% if n %}{{ f(n - 1) }}{{ f(n - 1) }}{% endif %}{% endmacro %}{{ f(50) }}",
    "{% set ns = namespace(x='ab') %}{% for i in range(99) %}{% set ns.x = ns.x ~ ns.x %}{% endfor %}",
    "{% set ns = namespace(x='ab') %}{% for i in range(99) %}{% set ns.x = ns.x + ns.x %}{% endfor %}",
    "{% set ns = namespace(x='ab') %}{% for i in range(99) %}{% set ns.x %}{{ ns.x }}{{ ns.x }}{% endset %}{% endfor %}",
    "{% set ns = namespace(x='ab') %}{% for i in range(99) %}{% set ns.x = [ns.x, ns.x]|join %}{% endfor %}",
    "{% set ns = namespace(x='aa') %}{% for i in range(99) %}{% set ns.x = ns.x|replace('a', 'aa') %}{% endfor %}",
    "{% set ns = namespace(x=[1]) %}{% for i in range(99) %}{% set ns.x = [ns.x, ns.x] %}{% endfor %}",
    "{% set ns = namespace(x=[1]) %}{% for i in range(99) %}{% set ns.x = dict(a=ns.x, b=ns.x) %}{% endfor %}",
    "{% for i in range(999) %}{{ ('a' * 999999).strip('b' * 999999 ~ 'a') }}{% endfor %}",
    "{% for i in range(999) %}{{ ('a' * 999999)|trim('b' * 999999 ~ 'a') }}{% endfor %}",
    "{% set ns = namespace(x=3) %}{% for i in range(99) %}{% set ns.x = ns.x * ns.x %}{% endfor %}",
]


@pytest.mark.usefixtures("processes")
def test_a_template_that_would_run_for_ever_or_fill_the_memory_ends(workspace: Write) -> None:
    """A course for each, in one process that may use two minutes and two gigabytes: a hundredth of what any of them would want."""
    files: Files = {}
    for number, template in enumerate(GROWING):
        files |= {path.replace("/c/", f"/c{number}/"): content for path, content in COURSE.items()}
        files[f"courses/c{number}/course.yml"] = f"title: C{number}\nlanguage: en-GB\ntheme: t{number}\n"
        files[f"themes/t{number}/templates/sco.html"] = f"<p>\n{template}\n"

    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_CPU, (120, 120))
        resource.setrlimit(resource.RLIMIT_AS, (2 << 30, 2 << 30))

    run = subprocess.run(
        [sys.executable, "-m", "scormgen", "build", "--jobs", "1", "--format", "github"],
        cwd=workspace(files), env={**os.environ, "PYTHONPATH": str(ROOT)}, preexec_fn=limit, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert run.returncode == 1, run.stderr[-2000:]
    lines = [line for line in run.stdout.splitlines() if line.startswith("::error ")]
    assert sorted(lines) == sorted(line for line in lines if ",line=2," in line and "title=C024" in line)
    assert len(lines) == len(GROWING)


def test_a_theme_that_is_well_meant_works_and_gives_the_bytes_of_the_default_one(workspace: Write) -> None:
    """The default templates in the sandbox, and what a theme's author may want besides."""
    own: Files = {
        f"themes/ours/templates/{path.relative_to(TEMPLATES).as_posix()}": path.read_bytes()
        for path in TEMPLATES.rglob("*.html")
    }
    root = workspace(COURSE | own)
    assert scormgen("build", "-o", "own", cwd=root).code == 0
    (root / "courses/c/course.yml").write_text("title: Course\nlanguage: en-GB\n")
    assert scormgen("build", "-o", "default", cwd=root).code == 0
    archives = [next((root / folder).glob("*.zip")).read_bytes() for folder in ("own", "default")]
    assert archives[0] == archives[1]
    template = (
        "{% set ns = namespace(n=0) %}{% for m in modules %}{% for p in m.pages %}{% set ns.n = ns.n + 1 %}"
        "{{ loop.index }} {{ p.title.upper() }} {{ p.title|replace('P', 'R') }} {{ p.id.split('/')|join('-') }}{% endfor %}{% endfor %}"
        "{{ ns.n * 2 ** 3 // 4 }} {{ '=' * 3 }} {{ [3, 1, 2]|sort|join(', ') }} {{ strings|length > 9 }} {{ {'a': 1}.get('a') }}"
        "{{ modules|map(attribute='title')|list|tojson }} {{ '<b>' }} {{ '<i>'|safe }} {{ 1 in (1, 2) }} {{ 'abc'[:2] }}\n"
    )
    root = workspace(COURSE | {SCO: DEFAULT + template})
    space = find_workspace(root, Report())
    compiled = compile_course(space, space.folders[0], Report())
    assert compiled and compiled.rendered
    assert document(compiled.rendered.files).endswith(
        '</html>\n1 PAGE Rage page2 === 1, 2, 3 True 1["Page"] &lt;b&gt; <i> True ab'
    )


def test_the_docs_list_what_templates_can_use() -> None:
    text = (ROOT / "docs/themes.md").read_text("utf-8")
    assert [name for name in (*SAFE_FILTERS, *SAFE_METHODS) if f"`{name}`" not in text] == []


def outside(folder: Path) -> Path:
    """A folder beside the workspace with everything that a link could want."""
    for name in (
        "style.css",
        "tokens.css",
        "templates/sco.html",
        "sco.html",
        "en-gb.yml",
        "a.md",
        "a.xsd",
        "course.yml",
        "course.lock",
        "glossary.yml",
    ):
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"/* {SECRET} */\n")
    return folder


# The link, what it leads to in a folder outside, and where the problem is.
LINKS: list[tuple[str, str, tuple[str, str, int]]] = [
    ("themes", "", ("S003", "themes", 0)),
    ("themes/ours", "", ("S003", "themes/ours", 0)),
    ("themes/ours/templates", "templates", ("S003", "themes/ours/templates", 0)),
    ("themes/ours/templates", "nothing", ("S003", "themes/ours/templates", 0)),
    ("themes/ours/templates/sco.html", "sco.html", ("S003", "themes/ours/templates/sco.html", 0)),
    ("themes/ours/style.css", "style.css", ("S003", "themes/ours/style.css", 0)),
    ("themes/ours/tokens.css", "tokens.css", ("S003", "themes/ours/tokens.css", 0)),
    ("themes/ours/tokens.css", "nothing.css", ("S003", "themes/ours/tokens.css", 0)),
    ("themes/ours/logo.svg", "style.css", ("S003", "themes/ours/style.css", 1)),
    ("themes/ours/img", "", ("S003", "themes/ours/style.css", 2)),
    ("strings", "", ("S003", "strings", 0)),
    ("strings/en-gb.yml", "en-gb.yml", ("S003", "strings/en-gb.yml", 0)),
    ("schemas/a.xsd", "a.xsd", ("S003", "schemas/a.xsd", 0)),
    ("scormgen.yml", "en-gb.yml", ("S003", "scormgen.yml", 0)),
    ("scormgen.yml", "nothing.yml", ("S003", "scormgen.yml", 0)),
    ("courses/c/course.yml", "course.yml", ("S003", "courses/c/course.yml", 0)),
    ("courses/c/course.lock", "course.lock", ("S003", "courses/c/course.lock", 0)),
    ("courses/c/glossary.yml", "glossary.yml", ("S003", "courses/c/glossary.yml", 0)),
]  # fmt: skip


@pytest.mark.parametrize(("link", "target", "problem"), LINKS)
def test_a_link_out_of_the_workspace_is_told_and_nothing_of_it_is_packed(
    workspace: Write, tmp_path_factory: pytest.TempPathFactory, link: str, target: str, problem: tuple[str, str, int]
) -> None:
    folder = outside(tmp_path_factory.mktemp("outside"))
    files: Files = COURSE | {"scormgen.yml": "schemas: schemas\n", "schemas/b.xsd": "<a/>", "themes/ours/note.txt": ""}
    if problem[2]:
        files["themes/ours/style.css"] = "a { background: url(logo.svg) }\nb { background: url(img/style.css) }\n"
        files["themes/ours/logo.svg"] = files["themes/ours/img/style.css"] = "x"
    root = workspace(files)
    path = root / link
    path.parent.mkdir(parents=True, exist_ok=True)
    if path.is_dir():
        path.rename(root / "_moved")
    path.unlink(missing_ok=True)
    path.symlink_to(folder / target)
    assert found(root) == [problem]


def test_a_link_inside_the_workspace_works(workspace: Write) -> None:
    brand: Files = {
        "brand/tokens.css": ".a { background: url(logo.svg) }",
        "brand/logo.svg": "<svg/>",
        "brand/sco.html": f"{DEFAULT}<p>Ours</p>",
        "brand/en.yml": "next: On\n",
    }
    root = workspace(COURSE | brand | {"themes/other/x.txt": ""})
    (root / "themes/ours").mkdir()
    (root / "themes/ours/tokens.css").symlink_to("../../brand/tokens.css")
    (root / "themes/ours/logo.svg").symlink_to("../../brand/logo.svg")
    (root / "themes/ours/templates").symlink_to("../../brand")
    (root / "strings").symlink_to("brand")
    assert found(root) == []
    with zipfile.ZipFile(next((root / "dist").glob("*.zip"))) as archive:
        assert archive.read("index.html").endswith(b"</html>\n<p>Ours</p>")
        assert archive.read("player/theme/logo.svg") == b"<svg/>"
    (root / "themes").rename(root / "real")
    (root / "themes").mkdir()
    for link in ("tokens.css", "logo.svg", "templates"):
        (root / "real/ours" / link).unlink()
    (root / "real/ours/tokens.css").write_text(".a { color: red }")
    (root / "themes/ours").symlink_to("../real/ours")
    assert found(root) == []


@pytest.mark.parametrize("name", ["../../x", "/etc", "..", ".", "a/b", "ours/.", "-\u202e"])
def test_a_themes_name_cannot_lead_out_of_the_folder_of_themes(workspace: Write, name: str) -> None:
    root = workspace(
        COURSE | {"courses/c/course.yml": f"title: Course\nlanguage: en-GB\ntheme: {name}\n", "x/style.css": SECRET}
    )
    assert found(root) == [("C004", "courses/c/course.yml", 3)]


@pytest.mark.parametrize("name", ["/etc", "../..", "nothing"])
def test_a_folder_of_schemas_cannot_lead_out_of_the_workspace(workspace: Write, name: str) -> None:
    root = workspace(COURSE | {"themes/ours/a.txt": "", "scormgen.yml": f"schemas: {name}\n"})
    assert found(root) == [("L001", "scormgen.yml", 1)]


def test_walks_through_a_workspace_do_not_leave_it_and_end(workspace: Write) -> None:
    """Links to the whole machine, loops, pipes and sockets, where folders are listed to find files and to suggest names."""
    page = '# Page\n\n![a](a.svg)\n\n{% include "nothing.md" %}\n'
    root = workspace(
        COURSE | {"courses/c/01-page.md": page, "themes/ours/tokens.css": "a { background: url(lgo.svg) }"}
    )
    course, theme = root / "courses/c", root / "themes/ours"
    (root / "courses/_shared").symlink_to("/")
    for folder in (course, theme, root / "themes"):
        (folder / "_all").symlink_to("/")
        (folder / "_loop").symlink_to(".")
        (folder / "_own").symlink_to("_own")
        os.mkfifo(folder / "_pipe.md")
        os.mkfifo(folder / "_pipe.yml")
    with socket.socket(socket.AF_UNIX) as listening:
        os.chdir(course)
        listening.bind("_socket.md")
        os.chdir(ROOT)
    run = subprocess.run(
        [sys.executable, "-m", "scormgen", "check", "--format", "json"],
        cwd=root, env={**os.environ, "PYTHONPATH": str(ROOT)}, preexec_fn=_one_minute, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert run.returncode == 1, run.stderr
    assert '"L001"' in run.stdout and '"M003"' in run.stdout and '"L010"' in run.stdout
    assert "passwd" not in run.stdout


def _one_minute() -> None:
    resource.setrlimit(resource.RLIMIT_CPU, (60, 60))


def test_a_preview_watches_nothing_outside_the_workspace(workspace: Write) -> None:
    root = workspace(COURSE | {"themes/ours/a/b.css": ""})
    courses, themes = root / "courses", root / "themes"
    assert watched(Root(root)) == ([courses, themes], True)
    (themes / "ours/link").symlink_to("a")
    assert watched(Root(root)) == ([courses, themes], True)
    (themes / "ours/all").symlink_to("/")
    assert watched(Root(root)) == ([courses, courses / "c", themes, themes / "ours", themes / "ours/a"], False)


def test_a_course_that_is_a_pipe_or_leads_out_is_not_searched_for_its_id(
    workspace: Write, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("outside")
    (folder / "course.yml").write_text("id: hidden\n")
    root = workspace(COURSE | {"courses/d/01-a.md": "# A\n"})
    os.mkfifo(root / "courses/d/course.yml")
    (root / "courses/e").mkdir()
    (root / "courses/e/course.yml").symlink_to(folder / "course.yml")
    report = Report()
    space = find_workspace(root, report)
    assert choose_courses(space, ["hidden"], root, report) == ()
    assert [p.code for p in report.sorted()] == ["S004"]
