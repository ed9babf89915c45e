"""Problems as values: Place, Problem, Report, and how they are printed.

A problem is an author's mistake, never an exception. Parsers take a Report, add to it and go on, so that one run
shows everything. Exceptions are for the machine: `Failure` (exit 1) and `Missing` (exit 3) are caught in `cli.py`.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from scormgen import limits
from scormgen.codes import Code, Severity, all_codes, find, what_to_do, without_fields

# An excerpt is cut to so many characters, with so many before the column.
_MORE = re.compile(r" \((?:and )?\d+ more [^()]*\)$")
_LONGEST_NAME = 200  # of a name whose nearest is looked for
_NAMED = 40  # known names that a hint lists
_ENOUGH_WORDS = 2  # of a message without its fields, to say what it is about
_EXCERPT, _BEFORE = 100, 40
# Control characters, halves of surrogate pairs (which stand for bytes that are no UTF-8), and what is no character at all.
HIDDEN = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff\u2028\u2029\ufffe\uffff]")
NEAR = "did you mean "  # how a hint begins that names what is nearly the same
Format = Literal["text", "json", "github", "sarif"]


class Failure(Exception):
    """The environment refused something: a full disk, a folder that cannot be written."""


class Place(NamedTuple):
    """Where a problem is: path relative to the workspace, line and column from 1, and the line's text.

    `width` is how many characters the caret underlines; line 0 means the file as a whole.
    """

    path: str
    line: int = 0
    column: int = 1
    width: int = 1
    excerpt: str = ""


class Edit(NamedTuple):
    """A safe mend: in the line of the problem's place, from `column` (from 1), `old` becomes `new`. Both may have several lines."""

    column: int
    old: str
    new: str


class Problem(NamedTuple):
    """One mistake: code and severity of the table, its place, the message and the hint in the author's words.

    `edit` is what `check --fix` may do about it.
    """

    code: str
    severity: Severity
    message: str
    hint: str
    place: Place
    edit: Edit | None = None


def quoted(value: object) -> str:
    """The author's own words inside a message: on one line, cut where long, and marked as a quotation."""
    text = " ".join(str(value).split())
    return f"“{text if len(text) <= 80 else text[:79] + '…'}”"


# Terminals obey C0 and C1 controls, and bidirectional controls make text look like another; half a surrogate pair cannot be encoded.
_HIDDEN = r"\x00-\x08\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff"
_UNPRINTABLE = re.compile(f"[{_HIDDEN}]")
# How a line begins that GitHub's runners take for a command, whatever wrote it.
_COMMAND = re.compile(r"^([ \t]*)(::|##\[)", re.MULTILINE)


def visible(text: object, *, lines: bool = False) -> str:
    """Text of others as a terminal may have it: what it would obey is shown, as `\\x1b`; line ends, too, unless it may have several `lines`."""
    shown = _UNPRINTABLE.sub(lambda found: found[0].encode("unicode_escape").decode(), str(text))
    return _COMMAND.sub(r"\1\\\2", shown) if lines else shown.replace("\n", "\\n")


def size_words(count: int) -> str:
    """A number of bytes, for people."""
    return f"{count / 1_000_000:.1f} MB" if count >= 1_000_000 else f"{count / 1000:.0f} kB"


@dataclass(slots=True)
class Report:
    """Collects the problems of one run; `add` fills the template of the code."""

    problems: list[Problem] = field(default_factory=list)
    _searches: int = 0

    def near(self, word: str, known: Collection[str], otherwise: str = "") -> str:
        """`did_you_mean`, but for the first unknown names of a run alone: each takes a comparison with all known ones."""
        self._searches += 1
        if self._searches <= limits.PROBLEMS:
            return did_you_mean(word, known, otherwise)
        return otherwise or _known(sorted(known))

    def add(self, code: str, place: Place, edit: Edit | None = None, **words: object) -> None:
        """Adds a problem with the words of its code filled in; one that is off by default comes as a warning."""
        row = find(code)
        assert row, code
        severity: Severity = "error" if row.severity == "error" else "warning"
        message, hint = row.message.format(**words), row.hint.format(**words)
        if not message.isprintable() or not hint.isprintable():
            message, hint = visible(message), visible(hint)
        self.problems.append(Problem(code, severity, message, hint, place, edit))

    def extend(self, problems: Iterable[Problem]) -> None:
        self.problems.extend(problems)

    @property
    def errors(self) -> int:
        return sum(problem.severity == "error" for problem in self.problems)

    def sorted(self) -> list[Problem]:
        """The problems by path, line and column, each once."""
        unique = dict.fromkeys(self.problems)
        return sorted(unique, key=lambda p: (p.place.path, p.place.line, p.place.column, p.code, p.message))


def did_you_mean(word: str, known: Iterable[str], otherwise: str = "") -> str:
    """A hint that names the known word nearest to `word`, else `otherwise`, else all known words."""
    import difflib

    names = sorted(known)
    near = difflib.get_close_matches(word, names, n=1, cutoff=0.6) if len(word) <= _LONGEST_NAME else []
    if near:
        return f"{NEAR}{near[0]}?"
    return otherwise or _known(names)


def _known(names: Sequence[str]) -> str:
    return f"known: {', '.join(names[:_NAMED])}{' …' if len(names) > _NAMED else ''}"


def cut_excerpt(place: Place) -> tuple[str, int]:
    """A place's line, cut around its column where it is long, and the column in what is left."""
    line = place.excerpt.expandtabs(1)
    start = max(0, min(place.column - 1 - _BEFORE, len(line) - _EXCERPT))
    shown = line[start : start + _EXCERPT]
    if start + _EXCERPT < len(line):
        shown = shown[:-1] + "…"
    return ("…" + shown[1:] if start else shown), place.column - start


def format_text(problems: Sequence[Problem], style: Callable[[str, str], str], most: int = 0, rest: str = "") -> str:
    """Problems as text for people; `style(text, role)` adds colour for roles path, error, warning, code, caret.

    With `most` a code is shown at so many places; `rest` says how to see the others.
    """
    parts = []
    counts = Counter(problem.code for problem in problems)
    shown_of: Counter[str] = Counter()
    for problem in problems:
        shown_of[problem.code] += 1
        if most and shown_of[problem.code] > most:
            continue
        place = problem.place
        where = visible(place.path) + (f":{place.line}:{place.column}" if place.line else "")
        label = style(f"{problem.severity}[{problem.code}]", problem.severity)
        parts.append(f"{style(where, 'path')}: {label}: {visible(problem.message)}\n")
        if place.line and place.excerpt.strip():
            number = str(place.line)
            gutter = " " * len(number)
            shown, column = cut_excerpt(place)
            shown = _UNPRINTABLE.sub("\ufffd", shown)  # one for one: the caret stays below its column
            before = " " * (column - 1)
            caret = style("^" * max(1, min(place.width, len(shown) - column + 1)), "caret")
            parts.append(f"{gutter} |\n{number} | {shown}\n{gutter} | {before}{caret} {visible(problem.hint)}\n")
        else:
            parts.append(f"  = {visible(problem.hint)}\n")
        parts.append("\n")
        if most == shown_of[problem.code] < counts[problem.code]:
            parts.append(f"… and {counts[problem.code] - most} more of {problem.code}; {rest}\n\n")
    return "".join(parts)


def format_counts(problems: Sequence[Problem]) -> str:
    """How often each code was found, the most frequent first: a line each, where there are several problems."""
    counts = sorted(Counter(problem.code for problem in problems).items(), key=lambda row: (-row[1], row[0]))
    if len(problems) < 2:
        return ""
    table = all_codes()
    first = {problem.code: problem.message for problem in reversed(problems)}
    rows = []
    for code, count in counts:
        text = without_fields(table[code].message).replace("……", "…")
        if len(re.findall(r"\w+", text)) < _ENOUGH_WORDS:  # such as "… is …"
            message = _MORE.sub("", first[code])
            text = message if count == 1 else f"{message}, and others"
        rows.append(f"{count:>6}  {code}  {visible(text)}\n")
    return "".join(rows)


def problem_dicts(problems: Sequence[Problem]) -> list[dict[str, object]]:
    """Problems as the plain objects of `--format json`; the names are a promise."""
    return [
        {
            "code": p.code,
            "severity": p.severity,
            "path": p.place.path,
            "line": p.place.line,
            "column": p.place.column,
            "message": p.message,
            "hint": p.hint,
        }
        for p in problems
    ]


def format_sarif(problems: Sequence[Problem], version: str) -> str:
    """Problems as SARIF 2.1.0, which code hosts and editors show beside the line: one run, with the rules it may speak of."""
    table = all_codes()
    codes = sorted({problem.code for problem in problems})
    rules = [_sarif_rule(code, table[code]) for code in codes]
    results = [_sarif_result(problem, codes.index(problem.code)) for problem in problems]
    driver = {"name": "scormgen", "semanticVersion": version, "rules": rules}
    run = {"tool": {"driver": driver}, "columnKind": "unicodeCodePoints", "results": results}
    return format_json({"$schema": "https://json.schemastore.org/sarif-2.1.0.json", "version": "2.1.0", "runs": [run]})


def _sarif_rule(code: str, row: Code) -> dict[str, object]:
    level = "none" if row.severity == "off" else row.severity
    return {
        "id": code,
        "shortDescription": {"text": without_fields(row.message)},
        "fullDescription": {"text": row.why},
        "help": {"text": what_to_do(row)},
        "defaultConfiguration": {"level": level},
    }


def _sarif_result(problem: Problem, index: int) -> dict[str, object]:
    place = problem.place
    location: dict[str, object] = {"artifactLocation": {"uri": _uri(place.path)}}
    if place.line:
        location["region"] = {
            "startLine": place.line, "startColumn": place.column, "endColumn": place.column + place.width,
        }  # fmt: skip
    result: dict[str, object] = {
        "ruleId": problem.code, "ruleIndex": index, "level": problem.severity,
        "message": {"text": f"{problem.message}: {problem.hint}"}, "locations": [{"physicalLocation": location}],
    }  # fmt: skip
    if problem.edit:
        edit = problem.edit
        more, _, last = edit.old.rpartition("\n")
        end = {"endLine": place.line + more.count("\n") + 1, "endColumn": len(last) + 1} if "\n" in edit.old else {}
        region = {"startLine": place.line, "startColumn": edit.column, "endColumn": edit.column + len(edit.old), **end}
        replacement = {"deletedRegion": region, "insertedContent": {"text": edit.new}}
        change = {"artifactLocation": location["artifactLocation"], "replacements": [replacement]}
        result["fixes"] = [{"description": {"text": problem.hint}, "artifactChanges": [change]}]
    return result


def _uri(path: str) -> str:
    from urllib.parse import quote

    return quote(path, errors="surrogateescape")  # bytes that are no UTF-8 are written as they are


def format_json(payload: object) -> str:
    """JSON in which only line ends of its own are control characters, as people read it in a terminal, too."""
    import json

    text = json.dumps(payload, ensure_ascii=False, indent=2)
    return _UNPRINTABLE.sub(lambda found: f"\\u{ord(found[0]):04x}", text) + "\n"


def format_github(problems: Sequence[Problem]) -> str:
    """Problems as GitHub workflow commands, which CI shows beside the line."""

    def escape(text: str, *, inside: bool = False) -> str:
        text = visible(text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A"))
        return text.replace(":", "%3A").replace(",", "%2C") if inside else text

    return "".join(
        f"::{p.severity} file={escape(p.place.path, inside=True)},line={max(p.place.line, 1)},"
        f"col={p.place.column},title={p.code}::{escape(f'{p.message} ({p.hint})')}\n"
        for p in problems
    )
