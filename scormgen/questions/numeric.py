"""Numbers as authors accept them: one value, a tolerance, or a range."""

from __future__ import annotations

import re

_NUMBER = r"[-\u2212]?\d{1,9}(?:\.\d{1,6})?"
_RANGE = re.compile(rf"=?\s*(?P<a>{_NUMBER})(?:\s*(?P<op>±|\+/?-|\.\.)\s*(?P<b>{_NUMBER}))?")
NUMBER_SIZE = 14  # characters of a learner's number that are kept
NUMBER_TOKEN = 3 + NUMBER_SIZE


def parse_range(text: str) -> tuple[float, float] | None:
    """`15`, `15 ± 5` (or `15 +- 5`) or `10..20` as the lowest and highest right number; None for any other text."""
    found = _RANGE.fullmatch(" ".join(text.split()))
    if not found:
        return None
    a, b = (float(found[name].replace("\u2212", "-")) if found[name] else None for name in ("a", "b"))
    assert a is not None
    if b is None:
        return a, a
    low, high = (a, b) if found["op"] == ".." else (a - b, a + b)
    return (low, high) if low <= high else None
