"""Looking for what has a beginning and an end, such as code between back-ticks, in time that grows with the text alone.

A regular expression with `.*?` looks through all the rest of a text for the end of each beginning that has none. Here an end that is
not there is looked for once.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import NamedTuple

_TICKS = re.compile("`+")
_COMMENT, _COMMENT_END = re.compile("<!(?=--)"), re.compile("-->")  # <!--> is a comment, too


class Found(NamedTuple):
    """What was found: its beginning as it was matched, and where its end begins and ends."""

    opener: re.Match[str]
    close: int
    end: int


def delimited(
    text: str, opener: re.Pattern[str], closer: Callable[[re.Match[str]], re.Pattern[str] | None]
) -> Iterator[Found]:
    """What begins with `opener` and ends with what `closer` gives for it; an opener that it gives None for is whole by itself.

    An opener whose end is not there is passed over, but for what of it is an opener by itself from its second character on.
    """
    missing: set[re.Pattern[str]] = set()
    start = 0
    while found := opener.search(text, start):
        pattern = closer(found)
        if pattern is None:
            yield Found(found, found.end(), found.end())
            start = max(found.end(), start + 1)
            continue
        close = None if pattern in missing else pattern.search(text, found.end())
        if close:
            yield Found(found, *close.span())
            start = close.end()
        else:
            missing.add(pattern)
            start = found.start() + 1


def comments(text: str) -> Iterator[tuple[int, int]]:
    """Where the comments of HTML begin and end."""
    if "<!--" in text:
        yield from ((found.opener.start(), found.end) for found in delimited(text, _COMMENT, lambda _: _COMMENT_END))


def without_comments(html: str) -> str:
    """HTML without its comments."""
    parts: list[str] = []
    last = 0
    for start, end in comments(html):
        parts.append(html[last:start])
        last = end
    return "".join((*parts, html[last:])) if parts else html


@lru_cache(maxsize=256)
def ticks(count: int) -> re.Pattern[str]:
    """A run of exactly so many back-ticks."""
    return re.compile(f"(?<!`){'`' * count}(?!`)")


def code_spans(text: str) -> Iterator[tuple[int, int, int]]:
    """The code spans of inline Markdown: where each begins, where it ends, and its number of back-ticks.

    As Python-Markdown has it: a run of back-ticks without its like further on may be a shorter one, with the others in the code.
    """
    missing: set[int] = set()
    start = 0
    while run := _TICKS.search(text, start):
        start = run.end()
        for count in range(len(run[0]), 0, -1):
            if count in missing:
                continue
            close = ticks(count).search(text, run.end())
            if close:
                yield run.start(), close.end(), count
                start = close.end()
                break
            missing.add(count)
