"""The player's words: those that come with scormgen, and what a workspace adds in `strings/<language>.yml`."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from scormgen.files.source import Root, kind_of
from scormgen.problems.report import Place, Report
from scormgen.reading.keys import Value, key_place, parse_yaml, shown
from scormgen.text import did_you_mean, quoted

FOLDER = "strings"
_BUILT_IN = Path(__file__).parent.parent / "player" / "strings"
_PLACE = re.compile(r"\{\w+\}")
_FIRST = 5  # how many missing words a message names


def load_strings(language: str) -> Mapping[str, str]:
    """The words that come with scormgen: of the language where there are any, else English."""
    return _built_in("en") | next((_built_in(name) for name in _names(language) if _built_in(name)), {})


def find_strings(root: Root, language: str, place: Place, report: Report) -> Mapping[str, str]:
    """The words of a language, those of the workspace over those that come with scormgen; English if there are none.

    `place` is that of the language in course.yml. Adds C017 to C019, C004, and what is wrong with the YAML.
    """
    english = _built_in("en")
    there = [path for path in root.entries(root.folder / FOLDER, report) if path.suffix == ".yml"]
    files = [path for name in reversed(_names(language)) for path in there if path.stem.lower() == name]
    own: dict[str, str] = {}
    for path in files:
        own |= _read(root, path, english, report)
    shipped = any(_built_in(name) for name in _names(language))
    if not files and not shipped:
        name = f"{language.partition('-')[0].lower()}.yml"
        near = did_you_mean(f"{language}.yml", (path.name for path in there), f"write them in {FOLDER}/{name}")
        hint = f"{near}; scormgen new strings {language} writes a file with all of them"
        report.add("C017", place, language=quoted(language), hint=hint)
    missing = [name for name in english if name not in own]
    if files and not shipped and missing:
        first = ", ".join(missing[:_FIRST]) + (" …" if len(missing) > _FIRST else "")
        where = Place(root.relative(files[-1]))
        report.add("C019", where, count=len(missing), all=len(english), first=first, language=quoted(language))
    return {**load_strings(language), **own}


def template(language: str) -> str:
    """A file of words to translate: each English one as a comment, which counts as not yet translated."""
    lines = [f"# {name}: {json.dumps(text, ensure_ascii=False)}" for name, text in _built_in("en").items()]
    return (
        f"# The player's texts in the language {language}: remove the # from a line and translate the text in quotes.\n"
        "# Keep placeholders in braces, such as {n}. A line that keeps its # is shown in English.\n"
        + "".join(f"{line}\n" for line in lines)
    )


def _names(language: str) -> list[str]:
    """The names that a language's file may have, the nearest first: fr-fr, fr."""
    return list(dict.fromkeys((language.lower(), language.partition("-")[0].lower())))


@cache
def _built_in(name: str) -> dict[str, str]:
    path = _BUILT_IN / f"{name}.json"
    return json.loads(path.read_text("utf-8")) if kind_of(path) == "file" else {}


def _read(root: Root, path: Path, english: Mapping[str, str], report: Report) -> dict[str, str]:
    """The words of a file, without those that are wrong."""
    source = root.read_text(path, report)
    value = parse_yaml(source, source.text, 0, report) if source else None
    if source is None or value is None or value.content == {}:
        return {}
    if not isinstance(value.content, Mapping):
        report.add(
            "C004", value.place, key=path.name, wanted="names with texts", got=shown(value), example="next: Suivant"
        )
        return {}
    found: dict[str, str] = {}
    for name, child in value.content.items():
        if name not in english:
            hint = did_you_mean(name, english, "scormgen new strings writes a file with all names")
            report.add("C018", key_place(child), name=quoted(name), hint=hint)
        elif text := _text(name, child, english[name], report):
            found[name] = text
    return found


def _text(name: str, value: Value, english: str, report: Report) -> str:
    """A word, with the same places to fill in as the English one; '' after adding C004."""
    places = sorted(_PLACE.findall(english))
    text = value.content.strip() if isinstance(value.content, str) else ""
    if text and sorted(_PLACE.findall(text)) == places:
        return text
    wanted = f"text with {' and '.join(places)}" if places else "text"
    if text and not places:
        wanted = "text without braces"
    example = f"{name}: {json.dumps(english, ensure_ascii=False)}, translated"
    report.add("C004", value.place, key=name, wanted=wanted, got=shown(value), example=example)
    return ""
