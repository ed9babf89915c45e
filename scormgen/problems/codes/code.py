"""What a row of the table of codes holds."""

from __future__ import annotations

from string import Formatter
from typing import Literal, NamedTuple, get_args

Severity = Literal["error", "warning"]
Setting = Literal["error", "warning", "off"]
SETTINGS: tuple[Setting, ...] = get_args(Setting)


class Code(NamedTuple):
    """A row of the table of codes: its severity, what is wrong, how to fix it, and why it matters.

    `fix` says what to do in general, for codes whose hint depends on the case.
    """

    severity: Setting
    message: str
    hint: str
    why: str
    fix: str = ""


def without_fields(template: str) -> str:
    """A template with … in place of each field."""
    return "".join(text + ("" if name is None else "…") for text, name, _, _ in Formatter().parse(template))


def what_to_do(row: Code) -> str:
    """How to fix a problem with this code, in general."""
    hint = without_fields(row.hint)
    return row.fix or f"{hint[0].upper()}{hint[1:]}."
