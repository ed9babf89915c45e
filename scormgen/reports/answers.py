"""LMS interaction reports to answers: Moodle's wide form, and long forms with one row per answer (SCORM Cloud,
others).
"""

from __future__ import annotations

import csv
import html
import io
import math
import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from scormgen.problems.report import Place, Report
from scormgen.text import did_you_mean


class Answer(NamedTuple):
    """One answer of one learner, in the order of the report.

    `share` is how much of it is right, 0 to 1; None if the report does not judge it. `seconds` is the latency.
    """

    learner: str
    interaction: str
    response: str
    share: float | None
    seconds: float | None


# Names of columns in long forms, without case and punctuation. SCORM Cloud's are those of its API
# (RuntimeInteractionSchema).
_COLUMNS = {
    "learner": (
        "learnerid",
        "learner",
        "studentid",
        "student",
        "userid",
        "username",
        "user",
        "email",
        "emailaddress",
        "registrationid",
        "learnername",
        "studentname",
        "name",
        "fullname",
    ),
    "interaction": ("interactionid", "interaction", "questionid", "question", "itemid", "id"),
    "response": ("learnerresponse", "studentresponse", "response", "useranswer", "answer"),
    "result": ("result", "outcome", "correct", "iscorrect"),
    "latency": ("latency", "duration", "timetaken", "timespent"),
    "weighting": ("weighting", "weight", "points"),
}
_NEEDED = ("learner", "interaction", "response")
_NUMBERED = re.compile(r"(?P<word>.*?)\s*(?P<number>\d+)")
_MOODLE = {"question": "question", "response": "response", "right answer": "right", "result": "result"}
_RIGHT = ("correct", "right", "true", "yes", "passed", "pass")
_WRONG = ("wrong", "incorrect", "false", "no", "failed", "fail", "unanticipated")
# Longer numbers are not times: sums of them would overflow.
_CLOCK = re.compile(r"(?:(\d{1,9}):)?(\d{1,9}):(\d{1,9}(?:\.\d+)?)")
_ISO = re.compile(r"P(?:\d+D)?T(?:(\d{1,9})H)?(?:(\d{1,9})M)?(?:(\d{1,9}(?:\.\d+)?)S)?", re.IGNORECASE)


def decode_text(content: bytes) -> str:
    """A report's text, in the encodings that LMSs and spreadsheets write."""
    if content[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return content.decode("utf-16", "replace")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", "replace")


def read_answers(path: str, content: bytes, report: Report) -> list[Answer]:
    """All answers of a report; adds D001, D002 or D003 if it is not a report, D004 for rows that cannot be read."""
    text = decode_text(content).replace("\0", "")
    first = text.partition("\n")[0]
    delimiter = max("\t,;", key=first.count)
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    try:
        header = [cell.strip() for cell in next(rows, [])]
        if not any(header):
            report.add("D001", Place(path), why="it is empty")
            return []
        moodle = _moodle_columns(header)
        if moodle:
            return list(_read_moodle(path, header, moodle, rows, report))
        return list(_read_long(path, header, rows, report))
    except csv.Error as error:
        report.add("D001", Place(path, rows.line_num), why=str(error))
        return []


def _read_long(path: str, header: Sequence[str], rows: Iterator[list[str]], report: Report) -> Iterator[Answer]:
    """One row per answer, with columns known by their names."""
    names = [re.sub(r"[^a-z]", "", name.lower()) for name in header]
    columns = {
        role: next((names.index(name) for name in known if name in names), -1) for role, known in _COLUMNS.items()
    }
    for role in _NEEDED:
        if columns[role] < 0:
            hint = did_you_mean(role, [n.lower() for n in header if n], f"name one of its columns {_COLUMNS[role][0]}")
            report.add("D002", Place(path, 1, excerpt=", ".join(header)), role=role, hint=hint)
    if any(columns[role] < 0 for role in _NEEDED):
        return
    for row in rows:
        if not any(cell.strip() for cell in row):
            continue
        cells = {role: row[at].strip() if 0 <= at < len(row) else "" for role, at in columns.items()}
        if not cells["learner"] or not cells["interaction"]:
            report.add("D004", Place(path, rows.line_num))  # type: ignore[attr-defined]
            continue
        share = read_share(cells["result"], cells["weighting"])
        yield Answer(
            cells["learner"],
            cells["interaction"],
            plain_response(cells["response"]),
            share,
            read_seconds(cells["latency"]),
        )


def _moodle_columns(header: Sequence[str]) -> dict[str, int] | None:
    """The columns of the first question of a Moodle interactions report, by role; None if it is not such a report.

    Its questions are side by side: Question 0, Response 0, Right answer 0, Result 0, Question 1, … In another language,
    the words differ, but with all four ticked their order does not.
    """
    numbered = [(_NUMBERED.fullmatch(name), index) for index, name in enumerate(header)]
    zeros = [(match["word"].lower(), index) for match, index in numbered if match and match["number"] == "0"]
    columns = {_MOODLE[word]: index for word, index in zeros if word in _MOODLE}
    last = [index for _, index in zeros[-4:]]
    if not columns and len(last) == 4 and last[-1] - last[0] == 3:
        columns = dict(zip(_MOODLE.values(), last, strict=True))
    return columns or None


def _read_moodle(
    path: str, header: Sequence[str], columns: dict[str, int], rows: Iterator[list[str]], report: Report
) -> Iterator[Answer]:
    """One row per attempt. For a package with several SCOs, Moodle writes the questions of each SCO after its score."""
    if "question" not in columns or "response" not in columns:
        report.add("D003", Place(path, 1, excerpt=", ".join(header)))
        return
    first, width = min(columns.values()), len(columns)
    count = (len(header) - first) // width
    names = [name.lower() for name in header]
    score = next((names.index(name) for name in ("score", "grade") if name in names), first - 2)
    learner = next((names.index(n) for n in ("email address", "username", "id number", "email") if n in names), 0)
    for row in rows:
        if len(row) <= learner or not row[learner].strip():
            continue
        start = score + 1
        while start < len(row):
            block = row[start + 1 : start + 1 + count * width] if len(row) > len(header) else row[first:]
            for question in range(count):
                cells = [html.unescape(cell.strip()) for cell in block[question * width : (question + 1) * width]]
                named = {role: cells[at - first] for role, at in columns.items() if at - first < len(cells)}
                if named.get("question"):
                    share = read_share(named.get("result", ""))
                    yield Answer(
                        row[learner].strip(), named["question"], plain_response(named.get("response", "")), share, None
                    )
            if len(row) <= len(header):
                break
            start += 1 + count * width


def read_share(result: str, weighting: str = "") -> float | None:
    """`cmi.interactions.n.result` as a share; None for neutral and for unknown results."""
    word = result.strip().lower()
    if word in _RIGHT:
        return 1.0
    if word in _WRONG:
        return 0.0
    try:
        value = float(word)
        most = float(weighting) if weighting.strip() and value > 1 else 1.0
    except ValueError:
        return None
    return min(max(value / most, 0.0), 1.0) if most > 0 and math.isfinite(value / most) else None


def read_seconds(latency: str) -> float | None:
    """A time in the forms of SCORM 1.2 (HH:MM:SS.SS), SCORM 2004 (PT1M5S) or seconds."""
    text = latency.strip()
    if clock := _CLOCK.fullmatch(text):
        return int(clock[1] or 0) * 3600 + int(clock[2]) * 60 + float(clock[3])
    iso = _ISO.fullmatch(text)
    if iso and text.upper() != "PT":
        return int(iso[1] or 0) * 3600 + int(iso[2] or 0) * 60 + float(iso[3] or 0)
    return float(text) if re.fullmatch(r"\d{1,9}(\.\d+)?", text) else None


def plain_response(response: str) -> str:
    """A response in the form of SCORM 1.2: some LMSs keep braces, or the marks of SCORM 2004."""
    text = response.strip().replace("[,]", ",").replace("[.]", ".")
    return text[1:-1] if text.startswith("{") and text.endswith("}") else text
