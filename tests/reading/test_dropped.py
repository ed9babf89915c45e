"""What Markdown leaves out without a word is reported: definitions that nothing uses, and cells beyond the header."""

from __future__ import annotations

from tests.conftest import Write
from tests.questions.test_near_forms import told


def test_a_definition_that_nothing_uses_is_a_warning(workspace: Write) -> None:
    page = """Text[^1] with [a link][r], [another] and an ABC.

[^1]: Used, with [a third][t].
[^2]: Not used.
[^1]: Defined again.

[r]: https://example.org
[another]: https://example.org "Title"
[t]: https://example.org
[R]: https://example.com
[ u - ]: https://example.org "Lost"
[//]: # (a comment)

*[ABC]: used
*[XYZ]: not used
*[ABC]: again

- A list[^3]

  [^3]: with its own footnote.

`[v]` is code.

[v]: https://example.org
"""
    lines = [4, 5, 10, 11, 15, 16, 24]
    assert told(workspace, page) == [("M013", line, 1) for line in lines]


def test_definitions_of_a_snippet_are_its_own(workspace: Write) -> None:
    files = {"_part.md": "Part[^1].\n\n[^1]: Note.\n\n*[XYZ]: not used\n", "02-b.md": '{% include "_part.md" %}\n'}
    assert told(workspace, '{% include "_part.md" %}\n', **files) == [("M013", 5, 1)]


def test_cells_beyond_the_header_are_an_error(workspace: Write) -> None:
    page = """| A | B |
| - | - |
| 1 | 2 | 3 |
| 1 |
|  |  |
|  | x | y |
| x \\| y | `z` |
1 | 2
|| | lost

> | A |
> | - |
> | 1 | 2 |

- | A |
  | - |
  | {{ name }} | |
"""
    found = told(workspace, page, "title: C\nvariables: {name: N}\n")
    assert [problem for problem in found if problem[0] == "M018"] == [
        ("M018", 3, 11), ("M018", 6, 10), ("M018", 9, 6), ("M018", 13, 9),
    ]  # fmt: skip
