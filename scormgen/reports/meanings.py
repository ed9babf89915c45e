"""The meaning of ids and letters in a report: from `questions.csv`, and from `course.lock` for deleted questions and
options.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal, NamedTuple

from scormgen.files.source import source_from
from scormgen.problems.report import Failure, Report
from scormgen.reading.lock import TEXT, Entry, Lock, parse_lock
from scormgen.reports.answers import decode_text
from scormgen.targets.scorm12.interactions import CSV_COLUMNS
from scormgen.text import read_cell


@dataclass(slots=True)
class Meaning:
    """One interaction: its question, and its answers by letter (text and whether it is right; None: neither).

    `parts` are a scenario's scenes by their letters (prompts too, where only the lock knows them); `gone` are options
    that the newest version no longer offers. Entries from the lock have no kind, type and use.
    """

    question: str
    kind: str = ""
    type: str = ""  # of cmi.interactions.n.type
    use: str = ""  # assessment or check
    objective: str = ""
    pattern: str = ""
    letters: dict[str, tuple[str, bool | None]] = field(default_factory=dict)
    parts: dict[str, str] = field(default_factory=dict)
    gone: dict[str, str] = field(default_factory=dict)
    source: Literal["questions.csv", "course.lock"] = "questions.csv"
    retired: bool = False  # in the lock: no longer in the course


class Meanings(NamedTuple):
    """The meanings of a report's interactions, and the questions.csv that they are from; None if no file has any."""

    by_interaction: Mapping[str, Meaning]
    source: Path | None


def read_meanings(content: bytes) -> dict[str, Meaning]:
    """The interactions of a `questions.csv`; {} if it is another kind of file."""
    reader = csv.DictReader(io.StringIO(decode_text(content), newline=""))
    if not set(CSV_COLUMNS) <= set(reader.fieldnames or ()):
        return {}
    meanings: dict[str, Meaning] = {}
    for raw in reader:
        row = {name: read_cell(raw.get(name) or "") for name in CSV_COLUMNS}
        meaning = meanings.setdefault(
            row["interaction"],
            Meaning(row["question"], row["kind"], row["type"], row["use"], row["objective"], row["pattern"]),
        )
        if row["letter"] and meaning.type == "performance":
            meaning.parts[row["letter"]] = row["option"]
        elif row["letter"]:
            meaning.letters[row["letter"]] = (row["option"], {"yes": True, "no": False}.get(row["right"]))
    for name, meaning in meanings.items():
        if meaning.type == "performance":  # its letters are those of its decisions
            for other, decision in meanings.items():
                if other.startswith(f"{name}."):
                    meaning.letters.update(decision.letters)
    return meanings


def lock_meanings(lock: Lock) -> dict[str, Meaning]:
    """The interactions of a `course.lock`: each question with its options and parts, including deleted ones."""
    meanings: dict[str, Meaning] = {}
    for slot, entry in lock.questions.items():
        title = _whole(entry)
        letters: dict[str, tuple[str, bool | None]] = {o.key: (_whole(o), None) for o in lock.options.get(slot, ())}
        parts = {part.key: _whole(part) for part in lock.parts.get(slot, ())}
        rows: list[tuple[str, str, dict[str, str]]] = [(entry.key, title, parts)]
        rows += [(f"{entry.key}.{part}", f"{title} ({text})" if text else title, {}) for part, text in parts.items()]
        for name, question, scenes in rows:
            if name not in meanings or meanings[name].retired:
                meanings[name] = Meaning(
                    question, letters=letters, parts=scenes, source="course.lock", retired=entry.retired
                )
    return meanings


def _whole(entry: Entry) -> str:
    """A text of the lock, marked where the lock has cut it."""
    return f"{entry.text}…" if len(entry.text) >= TEXT else entry.text


def choose_meanings(questions: Sequence[Path], locks: Sequence[Path], interactions: Collection[str]) -> Meanings:
    """The meanings from the `questions.csv` that has most of these interactions, and for the rest from the
    `course.lock` that has most of them.
    """
    known: dict[Path, dict[str, Meaning]] = {}
    for path in sorted(questions):
        try:
            known[path] = read_meanings(path.read_bytes())
        except (OSError, csv.Error):
            continue
    source, meanings = _best(known, interactions)
    _, locked = _best({path: lock_meanings(read_lock(path, Report())) for path in sorted(locks)}, interactions)
    for name, meaning in locked.items():
        if name in meanings:
            gone = {
                letter: text for letter, (text, _) in meaning.letters.items() if letter not in meanings[name].letters
            }
            meanings[name].gone = gone
            meanings[name].parts = meaning.parts | meanings[name].parts
        elif name in interactions:
            meanings[name] = meaning
    return Meanings(meanings, source)


def _best(
    known: Mapping[Path, dict[str, Meaning]], interactions: Collection[str]
) -> tuple[Path | None, dict[str, Meaning]]:
    """The file that has most of the interactions, and its content; (None, {}) if no file has any."""
    best: tuple[int, Path | None, dict[str, Meaning]] = (0, None, {})
    for path, meanings in known.items():
        count = sum(name in meanings for name in interactions)
        if count > best[0]:
            best = (count, path, meanings)
    return best[1], best[2]


def read_lock(path: Path, report: Report) -> Lock:
    """Reads a `course.lock`; adds C011 for a line that scormgen did not write. Raises Failure if it cannot be read."""
    try:
        return parse_lock(source_from(str(path), path.read_bytes().decode("utf-8-sig", "replace")), report)
    except OSError as error:
        raise Failure(f"{path} cannot be read: {error.strerror or error}") from error
