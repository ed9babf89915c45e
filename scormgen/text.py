"""Looking for what has a beginning and an end, such as code between back-ticks, in time that grows with the text alone.

A regular expression with `.*?` looks through all the rest of a text for the end of each beginning that has none. Here an end that is
not there is looked for once.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
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


def mask_code(text: str) -> str:
    """Inline text with code spans blanked out, of the same length: nothing in them is syntax."""
    if "`" not in text:
        return text
    return replace_code(text, lambda start, end, _: "\0" * (end - start))


def replace_code(text: str, replace: Callable[[int, int, int], str]) -> str:
    """Text with its code spans replaced, which are given by their start, end and number of back-ticks."""
    parts: list[str] = []
    last = 0
    for start, end, count in code_spans(text):
        parts += text[last:start], replace(start, end, count)
        last = end
    return "".join((*parts, text[last:]))


# Control characters, halves of surrogate pairs (which stand for bytes that are no UTF-8), and what is no character at all.
HIDDEN = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff\u2028\u2029\ufffe\uffff]")
NEAR = "did you mean "  # how a hint begins that names what is nearly the same
_LONGEST_NAME = 200  # characters: for longer names no similar one is searched
_NAMED = 40  # known names that a hint lists


def quoted(value: object) -> str:
    """The author's own words inside a message: on one line, cut where long, and marked as a quotation."""
    text = " ".join(str(value).split())
    return f"“{text if len(text) <= 80 else text[:79] + '…'}”"


# Terminals obey C0 and C1 controls, and bidirectional controls make text look like another; half a surrogate pair cannot be encoded.
_HIDDEN = r"\x00-\x08\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff"
UNPRINTABLE = re.compile(f"[{_HIDDEN}]")
# How a line begins that GitHub's runners take for a command, whatever wrote it.
_COMMAND = re.compile(r"^([ \t]*)(::|##\[)", re.MULTILINE)


def visible(text: object, *, lines: bool = False) -> str:
    """Text of others as a terminal may have it: what it would obey is shown, as `\\x1b`; line ends, too, unless it may have several `lines`."""
    shown = UNPRINTABLE.sub(lambda found: found[0].encode("unicode_escape").decode(), str(text))
    return _COMMAND.sub(r"\1\\\2", shown) if lines else shown.replace("\n", "\\n")


def size_words(count: int) -> str:
    """A number of bytes, for people."""
    return f"{count / 1_000_000:.1f} MB" if count >= 1_000_000 else f"{count / 1000:.0f} kB"


def did_you_mean(word: str, known: Iterable[str], otherwise: str = "") -> str:
    """A hint that names the known word nearest to `word`, else `otherwise`, else all known words."""
    import difflib

    names = sorted(known)
    near = difflib.get_close_matches(word, names, n=1, cutoff=0.6) if len(word) <= _LONGEST_NAME else []
    if near:
        return f"{NEAR}{near[0]}?"
    return otherwise or known_names(names)


def known_names(names: Sequence[str]) -> str:
    return f"known: {', '.join(names[:_NAMED])}{' …' if len(names) > _NAMED else ''}"


def slug(text: str, most: int = 100) -> str:
    """Text as an id: lower-case ASCII letters, digits and single hyphens, of whole words where it is cut at `most` characters.

    Empty where nothing of it can be kept.
    """
    import unicodedata

    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    words = re.sub(r"[^a-z0-9]+", "-", plain.lower().replace("'", "")).strip("-")
    if len(words) > most:
        words = words[: most + 1].rpartition("-")[0] or words[:most]
    return words if words and words[0].isalpha() else f"n{words}" if words else ""
