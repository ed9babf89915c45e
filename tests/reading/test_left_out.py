"""Files that would be left out of a course, or be shown as text: front matter in a near-form, files without text, files too deep."""

from __future__ import annotations

import pytest

from tests.conftest import Write
from tests.questions.test_near_forms import Found, told

# A file, and the line at which its front matter is wrong; 0 where nothing is.
FRONT = [
    ("---\ntitle: A\n---\n\nText.\n", 0),
    ("---\ntitle: A\n...\n\nText.\n", 0),
    ("\ufeff---\ntitle: A\n---\n\nText.\n", 0),
    ("---\n---\n\nText.\n", 0),
    ("---\n\n# Page\n\nText.\n", 0),
    ("---\nNote: a rule above.\n\nText.\n", 0),
    ("Note: no key.\n\nText.\n", 0),
    ("<!-- a comment -->\n\n---\n\nText.\n", 0),
    ("---\ntitle: A\n\n# Page\n\nText.\n", 1),
    ("---\ntitle: A\n\nText.\n\n---\n\nMore.\n", 1),
    ("---\ntitle: A\npages: one\n----\n\nText.\n", 4),
    ("---\ntitle: A\n–––\n\nText.\n", 3),
    ("\n---\ntitle: A\n---\n\nText.\n", 2),
    ("<!-- a\ncomment -->\n---\ntitle: A\n---\n\nText.\n", 3),
    (" ---\ntitle: A\n---\n\nText.\n", 1),
    ("+++\ntitle: A\n+++\n\nText.\n", 1),
    ("—\ntitle: A\n—\n\nText.\n", 1),
    ("title: A\n---\n\nText.\n", 1),
    ("<!-- a comment -->\n\ntitle: A\n\nText.\n", 3),
    ("---\n\n- Text.\n\n---\n\nMore.\n", 0),
    ("title: A\npages: one\n\n# Page\n\nText.\n", 1),
]


@pytest.mark.parametrize(("page", "line"), FRONT, ids=[str(number) for number in range(len(FRONT))])
def test_front_matter_is_read_or_reported(workspace: Write, page: str, line: int) -> None:
    assert told(workspace, page) == ([("S012", line, 1)] if line else [])


def test_front_matter_that_is_not_closed_is_read_nevertheless(workspace: Write) -> None:
    page = "---\nassessment: {pass: 120}\n\n### Q: Which? {#q}\n\n- [x] A\n- [ ] B\n"
    assert told(workspace, page) == [("S012", 1, 1), ("C004", 2, 20)]


@pytest.mark.parametrize(
    "page", ["", "---\ntitle: A\n---\n", "# Page\n", "<!-- later -->\n", "# Page\n\n<!-- later -->\n", "[a]: b\n"]
)
def test_a_file_without_text_is_a_warning(workspace: Write, page: str) -> None:
    found = told(workspace, page, **{"02-b.md": "Text.\n"})
    assert [problem for problem in found if problem[0] != "M013"] == [("S013", 1, 1)]


def test_an_index_may_just_name_its_module(workspace: Write) -> None:
    files = {"02-m/index.md": "# The module\n", "02-m/01-a.md": "# A\n", "02-m/02-b.md": "Text.\n"}
    assert told(workspace, "Text.\n", **files) == [("S013", 1, 1)]
    files = {"02-m/index.md": "---\ntitle: M\n---\n"}
    assert told(workspace, "Text.\n", **files, **{"02-m/02-b.md": "", "02-m/01-a.md": ""}) == [("S013", 1, 1)] * 3


def test_a_file_that_is_in_no_module_is_an_error(workspace: Write) -> None:
    files = {
        "m/index.md": "Text.\n",
        "m/deep/x.md": "Lost.\n",
        "n/o/p.md": "Lost.\n",
        "b.markdown": "Lost.\n",
        "m/c.mdx": "Lost.\n",
    }
    assert told(workspace, "Text.\n", **files) == Found([("S014", 0, 1)] * 4)
    left = {
        "README.md": "x",
        "_later/a/b.md": "x",
        "assets/a.md": "x",
        "m/a.transcript.md": "x",
        "m/parts/used.md": "Used.\n",
    }
    for name in ("m/deep/x.md", "n/o/p.md", "b.markdown", "m/c.mdx"):
        (workspace({}) / "courses/c" / name).unlink()
    assert told(workspace, 'Text.\n\n{% include "m/parts/used.md" %}\n', **left) == []
