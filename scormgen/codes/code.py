"""What a row of the table of codes holds."""

from __future__ import annotations

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
