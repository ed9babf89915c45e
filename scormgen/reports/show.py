"""An analysis as text, CSV, JSON and one HTML page."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from pathlib import Path

from scormgen.rendering.templates import trusted
from scormgen.reports.items import Analysis, Item
from scormgen.text import safe_cell, visible

_COLUMNS = (
    "interaction",
    "question",
    "kind",
    "use",
    "objective",
    "answers",
    "difficulty",
    "discrimination",
    "median_seconds",
    "letter",
    "answer",
    "right",
    "picked",
    "share",
    "notes",
)


def percent(value: float | None) -> str:
    return "\u2013" if value is None else f"{round(value * 100)} %"


def number(value: float | None, places: int = 2) -> str:
    return "" if value is None else f"{value:.{places}f}"


def to_text(analysis: Analysis) -> str:
    """The analysis for a terminal: one paragraph per question."""
    parts = ["".join(f"{visible(line)}\n" for line in (summary(analysis), *analysis.notes))]
    for item in analysis.items:
        figures = [f"{item.answers} answers"]
        if item.difficulty is not None:
            figures.append(f"{percent(item.difficulty)} right")
        if item.discrimination is not None:
            figures.append(f"discrimination {item.discrimination:.2f}")
        if item.seconds is not None:
            figures.append(f"{round(item.seconds)} s")
        lines = [f"{item.interaction}  {', '.join(figures)}"]
        if item.question:
            lines.append(f"  {item.question}")
        for choice in item.choices:
            mark = {True: "x", False: " ", None: "-"}[choice.right]
            lines.append(
                f"  [{mark}] {percent(choice.share):>5}  {f'{choice.letter}  ' if choice.letter else ''}{choice.text}"
            )
        lines.extend(f"  ! {note}" for note in item.notes)
        parts.append("".join(f"{visible(line)}\n" for line in lines))
    return "\n".join(parts)


def summary(analysis: Analysis) -> str:
    mean = "" if analysis.mean is None else f", {percent(analysis.mean)} right on average"
    return f"{analysis.learners} learners, {len(analysis.items)} questions, {analysis.answers} answers{mean}"


def to_csv(analysis: Analysis) -> bytes:
    """One row per answer, with its question's figures (UTF-8 with a byte order mark, for Excel)."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(_COLUMNS)
    for item in analysis.items:
        figures = [item.answers, number(item.difficulty), number(item.discrimination), number(item.seconds, 1)]
        for choice in item.choices:
            right = {True: "yes", False: "no", None: ""}[choice.right]
            row = [
                item.interaction,
                item.question,
                item.kind,
                item.use,
                item.objective,
                *figures,
                choice.letter,
                choice.text,
                right,
                choice.picked,
                number(choice.share),
                "; ".join(item.notes),
            ]
            writer.writerow([safe_cell(str(cell)) for cell in row])
    return text.getvalue().encode("utf-8-sig", "backslashreplace")


def to_html(analysis: Analysis, title: str) -> bytes:
    """One self-contained HTML page."""
    templates = trusted(Path(__file__).parent)
    templates.filters.update(percent=percent, number=number)
    page = templates.get_template("page.html")
    return page.render(analysis=analysis, title=title, summary=summary(analysis)).encode("utf-8", "backslashreplace")


def to_dicts(items: Sequence[Item]) -> list[dict[str, object]]:
    """The items as the plain objects of `--format json`."""
    return [
        {**item._asdict(), "choices": [choice._asdict() for choice in item.choices], "notes": list(item.notes)}
        for item in items
    ]
