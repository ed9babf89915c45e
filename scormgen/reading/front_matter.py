"""Where the front matter of a file begins and ends, and text that looks like front matter but is not.

It is separate from `config.py`, which reads the keys, because it deals with lines and not with YAML.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from itertools import takewhile
from typing import NamedTuple

from scormgen.files.source import SourceFile
from scormgen.text import did_you_mean

_END = ("---", "...")
_KEY = re.compile(r"(?P<key>[A-Za-z_][\w-]*)[ \t]*:(?:[ \t]|$)")
_INSIDE = re.compile(rf"{_KEY.pattern}|[ \t]+\S|-[ \t]|[ \t]*$|[#\[\]{{}}\"'?]")
_FENCE = re.compile(r"[ \t]*(?:-{2,}|[–—]{1,3}|={3,}|\+{3,}|;{3,}|~{3,})[ \t]*")
_AFTER = re.compile(rf"#|[ \t]*$|{_FENCE.pattern}$|\.\.\.[ \t]*$")
_BEFORE = re.compile(r"(?:\s*<!--.*?-->)*\s*", re.DOTALL)


class FrontMatter(NamedTuple):
    """Lines, from 1: the keys are those from `first` to before `end`, the content begins on `content`.

    `problem` says what is wrong with its marks, on line `line`, and `hint` what to do about it.
    """

    first: int = 1
    end: int = 1
    content: int = 1
    line: int = 1
    problem: str = ""
    hint: str = ""


def find_front_matter(source: SourceFile, known: Collection[str]) -> FrontMatter:
    """The front matter of a file; an empty one if there is none. `known` are the keys that it may have."""
    lines = source.lines
    start = _first_line(source)
    if lines[0].rstrip() == "---":
        end = next((n for n, line in enumerate(lines[1:], start=2) if line.rstrip() in _END), 0)
        inside = lines[1 : end - 1] if end else ()
        if end and not _keys(inside) and all(line.strip() for line in inside):
            return FrontMatter(2, end, end + 1)  # missing parts are reported when it is read
        if end and _keys(inside) and all(_INSIDE.match(line) for line in inside):
            return FrontMatter(2, end, end + 1)
        if _is_meant(lines[1:], known):
            return _near(
                source, 1, "the front matter is not closed", "write --- on a line of its own below the last key"
            )
    elif _FENCE.fullmatch(lines[start - 1]):
        if _is_meant(lines[start:], known):
            at_top = "the front matter is not at the top of the file", "make --- the first line"
            other = "front matter begins with three dashes", "write --- in the place of this line"
            return _near(source, start, *(at_top if lines[start - 1].rstrip() == "---" else other))
    elif _is_bare(lines[start - 1 :], known):
        wanted = "write --- on a line of its own above the first key and below the last"
        return _near(source, start - 1, "this looks like front matter without its marks", wanted)
    return FrontMatter()


def _first_line(source: SourceFile) -> int:
    """The first line that is neither empty nor part of a comment."""
    start = _BEFORE.match(source.text)
    return min(source.text.count("\n", 0, start.end() if start else 0) + 1, len(source.lines))


def _keys(lines: Sequence[str]) -> list[str]:
    """The keys of the lines up to the first that has none."""
    return [key["key"] for key in takewhile(bool, map(_KEY.match, lines)) if key]


def _is_meant(lines: Sequence[str], known: Collection[str]) -> bool:
    """Whether the lines below a line of dashes are front matter: a known key, one that is nearly known, or several."""
    keys = _keys(lines)
    end = next((n for n, line in enumerate(lines) if _FENCE.fullmatch(line)), None)
    closed = end is not None and all(_INSIDE.match(line) for line in lines[:end])
    return bool(keys) and (closed or len(keys) > 1 or did_you_mean(keys[0].lower(), known).startswith("did you mean"))


def _is_bare(lines: Sequence[str], known: Collection[str]) -> bool:
    """Whether a file begins with keys: one of the table, or several of which one is in the table except for its
    case.
    """
    keys = _keys(lines)
    return bool(keys) and (keys[0] in known or (len(keys) > 1 and any(key.lower() in known for key in keys)))


def _near(source: SourceFile, fence: int, problem: str, hint: str) -> FrontMatter:
    """Front matter that begins below line `fence` and has a problem: up to a line of dashes, a heading or an empty
    line.
    """
    lines = source.lines
    end = fence + 1
    while end <= len(lines) and not _AFTER.match(lines[end - 1]):
        end += 1
    closing = lines[end - 1].rstrip() if end <= len(lines) else ""
    is_fence = bool(_FENCE.fullmatch(closing)) or closing in _END
    content = end + 1 if is_fence else end
    if is_fence and closing not in _END and fence and lines[fence - 1].rstrip() == "---":
        problem, hint = "front matter ends with three dashes", f"write --- in the place of {closing.strip()}"
        return FrontMatter(fence + 1, end, content, end, problem, hint)
    line = fence if fence and _FENCE.fullmatch(lines[fence - 1]) else fence + 1
    return FrontMatter(fence + 1, end, content, line, problem, hint)
