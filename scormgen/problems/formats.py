"""Problems as text for people, as JSON, as GitHub workflow commands and as SARIF."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable, Sequence
from typing import Literal
from urllib.parse import quote

from scormgen.problems.codes import Code, all_codes, what_to_do, without_fields
from scormgen.problems.report import Place, Problem
from scormgen.text import UNPRINTABLE, visible

Format = Literal["text", "json", "github", "sarif"]
# Characters of an excerpt, and of those before the column.
_MORE = re.compile(r" \((?:and )?\d+ more [^()]*\)$")
_LONGEST_NAME = 200  # characters: for longer names no similar one is searched
_NAMED = 40  # known names that a hint lists
_ENOUGH_WORDS = 2  # of a message without its fields, to say what it is about
_EXCERPT, _BEFORE = 100, 40


def cut_excerpt(place: Place) -> tuple[str, int]:
    """The line of a place, cut around its column if it is long, and the column in the result."""
    line = place.excerpt.expandtabs(1)
    start = max(0, min(place.column - 1 - _BEFORE, len(line) - _EXCERPT))
    shown = line[start : start + _EXCERPT]
    if start + _EXCERPT < len(line):
        shown = shown[:-1] + "…"
    return ("…" + shown[1:] if start else shown), place.column - start


def format_text(problems: Sequence[Problem], style: Callable[[str, str], str], most: int = 0, rest: str = "") -> str:
    """Problems as text for people; `style(text, role)` adds colour for roles path, error, warning, code, caret.

    With `most`, a code is shown at most at that number of places; `rest` says how to see the others.
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
            shown = UNPRINTABLE.sub("\ufffd", shown)  # the same length, so that the caret stays below its column
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
    """How often each code occurs, the most frequent first, one per line; nothing for a single problem."""
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
    """Problems as the plain objects of `--format json`; users rely on these names."""
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
    """Problems as SARIF 2.1.0, which code hosts and editors show beside the line: one run, with the rules that it
    may mention.
    """
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
            "startLine": place.line,
            "startColumn": place.column,
            "endColumn": place.column + place.width,
        }
    result: dict[str, object] = {
        "ruleId": problem.code,
        "ruleIndex": index,
        "level": problem.severity,
        "message": {"text": f"{problem.message}: {problem.hint}"},
        "locations": [{"physicalLocation": location}],
    }
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
    return quote(path, errors="surrogateescape")  # bytes that are not UTF-8 are written unchanged


def format_json(payload: object) -> str:
    """JSON whose only control characters are its line ends, because people also read it in a terminal."""
    text = json.dumps(payload, ensure_ascii=False, indent=2)
    return UNPRINTABLE.sub(lambda match: f"\\u{ord(match[0]):04x}", text) + "\n"


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
