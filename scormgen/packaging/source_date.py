"""The current time for a build: SOURCE_DATE_EPOCH if it is set, so that a later build gives the same bytes."""

from __future__ import annotations

import os
import re

from scormgen.problems.report import Failure
from scormgen.text import quoted

_LAST = 253_402_300_799  # the last second of the year 9999


def source_date() -> int | None:
    """SOURCE_DATE_EPOCH, in seconds since 1970; None if it is not set or empty. Raises Failure if it is not a valid
    number.
    """
    text = os.environ.get("SOURCE_DATE_EPOCH", "")
    if not text:
        return None
    if not re.fullmatch("[0-9]{1,12}", text) or int(text) > _LAST:
        raise Failure(
            f"SOURCE_DATE_EPOCH is {quoted(text)}: it must be a whole number of seconds since 1970, from 0 to {_LAST},"
            " or not be set"
        )
    return int(text)
