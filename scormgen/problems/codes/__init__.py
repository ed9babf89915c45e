"""The table of codes: what can be wrong with a course, its severity, what to do about it, and why.

Each module holds the codes of one letter, and is imported when one of them is needed. Numbers from 101 are rules of
`check`: they are about courses that can be built. `examples/` has a file for each code: text that causes the problem,
and for a rule text that does not.
"""

from __future__ import annotations

import re
from importlib import import_module
from pathlib import Path
from typing import Literal, NamedTuple

from scormgen.problems.codes.code import SETTINGS, Code, Setting, Severity, what_to_do, without_fields

__all__ = [
    "SETTINGS",
    "Code",
    "Example",
    "Setting",
    "Severity",
    "all_codes",
    "examples",
    "families",
    "find",
    "is_rule",
    "what_to_do",
    "without_fields",
]

_FAMILIES = {
    "S": "sources",
    "C": "config",
    "M": "pages",
    "L": "links",
    "Q": "questions",
    "A": "assessments",
    "W": "accessibility",
    "T": "language",
    "P": "packaging",
    "D": "reports",
}
_EXAMPLES = Path(__file__).parent / "examples"
_FILE = re.compile(r"^=== (?P<label>bad|good): (?P<name>.+)\n", re.MULTILINE)


class Example(NamedTuple):
    """A file of an example: `label` says whether it causes the problem, `name` is its path in a course (or describes
    its location).
    """

    label: Literal["bad", "good"]
    name: str
    text: str


def find(code: str) -> Code | None:
    """The row of a code; None if there is none."""
    family = _FAMILIES.get(code[:1])
    codes: dict[str, Code] = import_module(f"{__name__}.{family}").CODES if family else {}
    return codes.get(code)


def all_codes() -> dict[str, Code]:
    """The whole table, by letter and number."""
    codes: dict[str, Code] = {}
    for family in _FAMILIES.values():
        codes |= import_module(f"{__name__}.{family}").CODES
    return codes


def families() -> dict[str, str]:
    """The letters of the codes, each with its subject."""
    docs = {letter: str(import_module(f"{__name__}.{name}").__doc__) for letter, name in _FAMILIES.items()}
    return {letter: doc.partition(": ")[2].strip().rstrip(".") for letter, doc in docs.items()}


def is_rule(code: str) -> bool:
    """Whether `scormgen.yml` may set a code and a comment may suppress it: it is a rule of `check`, or a warning."""
    row = find(code)
    return row is not None and (int(code[1:]) > 100 or row.severity == "warning")


def examples(code: str) -> list[Example]:
    """The files of a code's example, starting with those that cause the problem."""
    parts = _FILE.split((_EXAMPLES / f"{code}.txt").read_text("utf-8"))[1:]
    return [
        Example("bad" if label == "bad" else "good", name, text)
        for label, name, text in zip(*[iter(parts)] * 3, strict=True)
    ]
