"""`questions.csv`: what the interaction ids and letters of a report mean."""

from __future__ import annotations

import csv
import io
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from scormgen.decode.answers import decode_text
from scormgen.package import CSV_COLUMNS


@dataclass(slots=True)
class Meaning:
    """One interaction: its question, and its answers by letter (text and whether it is right; None: neither)."""

    question: str
    kind: str
    type: str  # of cmi.interactions.n.type
    use: str  # assessment or check
    objective: str
    pattern: str
    letters: dict[str, tuple[str, bool | None]] = field(default_factory=dict)


def read_meanings(content: bytes) -> dict[str, Meaning]:
    """The interactions of a `questions.csv`; {} where it is none."""
    reader = csv.DictReader(io.StringIO(decode_text(content), newline=""))
    if not set(CSV_COLUMNS) <= set(reader.fieldnames or ()):
        return {}
    found: dict[str, Meaning] = {}
    for raw in reader:
        row = {name: _text(raw.get(name) or "") for name in CSV_COLUMNS}
        meaning = found.setdefault(
            row["interaction"],
            Meaning(row["question"], row["kind"], row["type"], row["use"], row["objective"], row["pattern"]),
        )
        if row["letter"]:
            meaning.letters[row["letter"]] = (row["option"], {"yes": True, "no": False}.get(row["right"]))
    return found


def _text(cell: str) -> str:
    """A cell without the mark that keeps spreadsheets from taking it for a formula."""
    return cell[1:] if cell[:1] == "'" and cell[1:2] in ("=", "+", "-", "@", "\t") else cell


def choose_meanings(paths: Sequence[Path], interactions: Collection[str]) -> tuple[Path | None, Mapping[str, Meaning]]:
    """The file that knows the most of these interactions, and what it says; (None, {}) where none knows any."""
    best: tuple[int, Path | None, Mapping[str, Meaning]] = (0, None, {})
    for path in sorted(paths):
        try:
            meanings = read_meanings(path.read_bytes())
        except (OSError, csv.Error):
            continue
        known = sum(name in meanings for name in interactions)
        if known > best[0]:
            best = (known, path, meanings)
    return best[1], best[2]
