"""What a row of the table of codes holds."""

from __future__ import annotations

from string import Formatter
from typing import Literal, NamedTuple, get_args

Severity = Literal["error", "warning"]
Setting = Literal["error", "warning", "off"]
SETTINGS: tuple[Setting, ...] = get_args(Setting)


class Code(NamedTuple):
    """A row of the table of codes: how bad it is, what is wrong, what to do about it, and why it matters.

    `mend` says what to do where the hint depends on the case.
    """

    severity: Setting
    message: str
    hint: str
    why: str
    mend: str = ""


def without_fields(template: str) -> str:
    """A template with … for what it is filled with."""
    return "".join(text + ("" if name is None else "…") for text, name, _, _ in Formatter().parse(template))


def what_to_do(row: Code) -> str:
    """What to do about a code in general."""
    hint = without_fields(row.hint)
    return row.mend or f"{hint[0].upper()}{hint[1:]}."
