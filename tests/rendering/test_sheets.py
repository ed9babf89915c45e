"""What a theme's style sheets name: in the package and on the screen, or an error at its line."""

from __future__ import annotations

import io
import random
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image, ImageFont

from tests.conftest import ROOT, Write, scormgen
from tests.lms.harness import Lms, Package

COURSE: dict[str, str | bytes] = {
    "courses/c/course.yml": "title: Course\ntheme: ours\n",
    "courses/c/01-page.md": "# Page\n\nText.\n",
}
TOKENS = """\
@namespace svg url(http://www.w3.org/2000/svg);
@font-face { font-family: Ours; src: url('fonts/Our Font.TTF?v=2#iefix') format("truetype") }
/* url(in-a-comment.png) */
:root { --sg-font: Ours, monospace; --sg-mark: url( img/Logo\\ \\(1\\).svg ) }
.sg-page-title { background: url("img/Logo (1).svg") no-repeat; }
.sg-footer { background-image: image-set("img/Logo%20(1).svg" type("image/svg+xml") 1x, URL(dot.png) 2x); }
.sg-header { background-image: url(data:image/gif;base64,R0lGODlhAQABAAAAACw=); mask: url(#none); content: "url(text.png)"; }
"""
RED = '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="40"><path fill="#f00" d="M0 0h40v40H0z"/></svg>'


def font() -> bytes:
    """A real font, which comes with Pillow."""
    path = ImageFont.load_default(12).path  # type: ignore[union-attr]
    assert isinstance(path, io.BytesIO)
    return path.getvalue()


def files() -> dict[str, str | bytes]:
    dot = io.BytesIO()
    Image.new("RGB", (1, 1)).save(dot, "png")
    return {
        **COURSE, "themes/ours/tokens.css": TOKENS, "themes/ours/img/Logo (1).svg": RED,
        "themes/ours/fonts/Our Font.TTF": font(), "themes/ours/dot.png": dot.getvalue(),
    }  # fmt: skip


def test_a_themes_picture_and_font_are_seen_in_the_packaged_course(
    build: Callable[[dict[str, str | bytes]], Package], lms: Lms
) -> None:
    package = build(files())
    manifest = (package.folder / "imsmanifest.xml").read_text("utf-8")
    named = {f"player/theme/{name}" for name in ("fonts/our-font.ttf", "img/logo-1-.svg", "dot.png")}
    packed = {path.relative_to(package.folder).as_posix() for path in package.folder.rglob("theme/**/*.*")}
    assert packed == named
    assert all(f'<file href="{path}"/>' in manifest for path in named)
    session = lms.launch(package)
    frame = session.frame
    assert frame.evaluate("document.fonts.ready.then(fonts => [...fonts].map(f => [f.family, f.status]))") == [
        ["Ours", "loaded"]
    ]
    title = frame.locator(".sg-page-title").first
    with Image.open(io.BytesIO(title.screenshot())) as shot:
        assert shot.convert("RGB").getpixel((30, 5)) == (255, 0, 0)
    assert {path for path in session.site.requests if "/theme/" in path} >= {
        f"/pkg/{package.name}/player/theme/fonts/our-font.ttf",
        f"/pkg/{package.name}/player/theme/img/logo-1-.svg",
    }
    assert session.faults == []


def test_addresses_alone_are_rewritten_and_a_build_gives_the_same_bytes(workspace: Write, tmp_path: Path) -> None:
    root = workspace(files())
    found = []
    for name in ("one", "two"):
        run = scormgen("build", "-o", str(tmp_path / name), cwd=root)
        assert run.code == 0, run.err
        found.append(next((tmp_path / name).glob("*.zip")).read_bytes())
    assert found[0] == found[1]
    with zipfile.ZipFile(io.BytesIO(found[0])) as archive:
        style = archive.read("player/style.css").decode()
    own = style[style.index("@namespace svg") :]
    for kept in ("http://www.w3.org/2000/svg", "url(data:image/gif;base64,R0lGODlhAQABAAAAACw=)", "url(#none)", '"url(text.png)"'):  # fmt: skip
        assert kept in own
    assert own.count("theme/img/logo-1-.svg") == 3
    assert 'url("theme/fonts/our-font.ttf?v=2#iefix")' in own
    assert "in-a-comment" not in own


# the sheet, and (code, line, column, words of the message or hint) of each problem
WRONG: list[tuple[str, list[tuple[str, int, int, str]]]] = [
    ("\n.a { background: url(img/lgo.svg) }", [("L010", 2, 18, "did you mean img/logo.svg?")]),
    (".a { background: url('img/Logo.svg#x') }", [("L010", 1, 22, "did you mean img/logo.svg?")]),
    (".a { background: url(more/x.png) }", [("L010", 1, 18, "put the file in themes/ours/more/")]),
    (".a { background: url(img) }", [("L006", 1, 18, "“img” is a folder")]),
    (".a { background: url(../other/x.png) }", [("L011", 1, 18, "copy the file into themes/ours/")]),
    (".a { background: url(/x.png) }", [("L011", 1, 18, "“/x.png”")]),
    (".a { background: url(out.svg) }", [("S003", 1, 18, "“themes/ours/out.svg”")]),
    (".a { src: url(https://fonts.example.org/a.woff) }", [("L012", 1, 11, "put the file into themes/ours/")]),
    (".a { src: url(HTTP://fonts.example.org/a.woff) }", [("L012", 1, 11, "on another server")]),
    (".a { src: \\75 rl('//fonts.example.org/a.woff') }", [("L012", 1, 18, "on another server")]),
    (".a { src: url(blob:x) }", [("L013", 1, 11, "“blob:x”")]),
    (".a { src: url() }", [("L013", 1, 11, "an empty address")]),
    (".a { src: url(a b.woff) }", [("P003", 1, 11, "quotation marks")]),
    ('@import url("https://fonts.example.org/css");\n', [("L013", 1, 1, "copy the rules")]),
    ('@media print {\n  @IMPORT "a.css";\n  a { src: url(b) } }', [("L013", 2, 3, "copy the rules"), ("L010", 3, 12, "“b”")]),
    (".a { x: url(b.png) }\n.b { x: url(b.png) }", [("L010", 1, 9, "“b.png”"), ("L010", 2, 9, "“b.png”")]),
    (f".a {{ x: url({'d' * 200}.png) }}", [("P002", 1, 9, "too long")]),
]  # fmt: skip


@pytest.mark.parametrize(("sheet", "expected"), WRONG)
def test_what_cannot_be_packed_is_an_error_at_its_line(
    workspace: Write, sheet: str, expected: list[tuple[str, int, int, str]]
) -> None:
    more = {"themes/ours/img/logo.svg": RED, "themes/other/x.png": "x", f"themes/ours/{'d' * 200}.png": "x"}
    root = workspace(COURSE | more | {"themes/ours/style.css": sheet})
    (root / "themes/ours/out.svg").symlink_to(ROOT / "README.md")
    run = scormgen("build", "--format", "json", cwd=root)
    problems = run.json["problems"]
    assert [(p["code"], p["line"], p["column"]) for p in problems] == [wanted[:3] for wanted in expected], problems
    assert {p["path"] for p in problems} == {"themes/ours/style.css"}
    for problem, (_, _, _, words) in zip(problems, expected, strict=True):
        assert words in f"{problem['message']} {problem['hint']}"


def test_a_themes_risky_font_and_large_picture_are_warnings(workspace: Write) -> None:
    sheet = "@font-face { font-family: O; src: url(o.woff2) }\n.sg-header { background: url(o.png) }\n"
    noise = io.BytesIO()
    Image.frombytes("RGB", (1800, 300), random.Random(1).randbytes(1800 * 300 * 3)).save(noise, "png", compress_level=1)
    more: dict[str, str | bytes] = {
        "themes/ours/tokens.css": sheet,
        "themes/ours/o.woff2": font(),
        "themes/ours/o.png": noise.getvalue(),
    }
    root = workspace(COURSE | more)
    found = scormgen("check", "--format", "json", cwd=root).json["problems"]
    assert [(p["code"], p["path"], p["line"], p["column"]) for p in found] == [
        ("P101", "themes/ours/tokens.css", 1, 35),
        ("P102", "themes/ours/tokens.css", 2, 26),
    ]
