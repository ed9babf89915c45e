"""`course.lock`: the permanent slot of every page, question and assessment, and the permanent letter of every option
and part.

The state of learners counts by slots and LMS reports name options by letters, so neither may ever change its meaning.
An entry whose heading or text was edited is recognised by its id, its text, or a similar text. Deleted entries are
retired, and their slots or letters are never given to anything else.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from difflib import SequenceMatcher
from typing import NamedTuple, TypeVar

from scormgen.files.source import SourceFile
from scormgen.model.course import Assessment, Course, Page
from scormgen.model.question import LETTERS, PART_LETTERS, Option, Part, Question
from scormgen.problems.report import Place, Problem, Report
from scormgen.text import quoted

_HEADER = "# course.lock 1: written by scormgen build. Commit it; never edit it: learners' progress hangs on it."
_LINE = re.compile(
    r"(?P<kind>page|question|assessment) (?P<slot>\d{1,6}) (?P<id>\S+)(?P<retired> retired)?(?: \| (?P<text>.*))?"
    r"|course (?P<course>\S+)"
    r"|(?P<row>option|part) (?P<owner>\d{1,6}) (?P<letter>[a-z0-9])(?: #(?P<given>\S+))?(?P<gone> retired)?(?: \|"
    r" (?P<option>.*))?"
)
_OF_READING = "SCMQA"  # letters of the codes that reading a course adds; links and packaging are checked later
TEXT = 120  # characters of a text that are kept to recognise it
_ALIKE = 0.6  # difflib's ratio from which two texts are an edit of each other
_COMPARISONS = 40_000  # more pairs than this are not compared: it would take minutes


class Entry(NamedTuple):
    """A line of the lock: `key` is an id or a letter, `given` an option's id, `text` what it said when last seen."""

    key: str
    text: str
    given: str = ""
    retired: bool = False


class Lock(NamedTuple):
    """Entries by slot; options and parts by their question's slot, in the order of their letters.

    `course` is the id of the course that learners' records are kept under; '' in a lock of an older scormgen.
    """

    pages: Mapping[int, Entry] = {}  # never changed
    assessments: Mapping[int, Entry] = {}  # never changed
    questions: Mapping[int, Entry] = {}  # never changed
    options: Mapping[int, tuple[Entry, ...]] = {}  # never changed
    parts: Mapping[int, tuple[Entry, ...]] = {}  # never changed
    course: str = ""


class _Item(NamedTuple):
    """A part of the course that needs a slot or letter; `fixed` means that the author has given its key."""

    key: str
    text: str
    fixed: bool


_Lettered = TypeVar("_Lettered", Option, Part)


def parse_lock(source: SourceFile, report: Report) -> Lock:
    """Reads a lock; adds C011 for a line that scormgen did not write (a merge conflict, a manual edit)."""
    slots: dict[str, dict[int, Entry]] = {"page": {}, "question": {}, "assessment": {}}
    rows: dict[str, dict[int, tuple[Entry, ...]]] = {"option": {}, "part": {}}
    course = ""
    for number, line in enumerate(source.lines, start=1):
        if not line.strip() or line == _HEADER:
            continue
        match = _LINE.fullmatch(line)
        if not match:
            why = "its version is unknown" if line.startswith("#") else f"{quoted(line)} is not a line of a lock"
            report.add("C011", source.place(number, width=len(line)), why=why)
        elif match["course"]:
            if course:
                report.add("C011", source.place(number, width=len(line)), why="it has the course twice")
            course = match["course"]
        elif match["kind"]:
            entries, slot = slots[match["kind"]], int(match["slot"])
            if slot in entries:
                report.add("C011", source.place(number, width=len(line)), why=f"slot {slot} is in it twice")
            entries[slot] = Entry(match["id"], match["text"] or "", retired=bool(match["retired"]))
        else:
            owner, of_row = int(match["owner"]), rows[match["row"]]
            entry = Entry(match["letter"], match["option"] or "", match["given"] or "", bool(match["gone"]))
            if entry.key in (other.key for other in of_row.get(owner, ())):
                report.add("C011", source.place(number, width=len(line)), why=f"letter {entry.key} is in it twice")
            of_row[owner] = (*of_row.get(owner, ()), entry)
    return Lock(slots["page"], slots["assessment"], slots["question"], rows["option"], rows["part"], course)


def format_lock(lock: Lock) -> str:
    """The lock as text: one line per entry, so that version control can merge it and show differences."""
    lines = [_HEADER, *([f"course {lock.course}"] if lock.course else [])]
    for kind, entries in (("page", lock.pages), ("assessment", lock.assessments), ("question", lock.questions)):
        for slot, entry in sorted(entries.items()):
            lines.append(f"{kind} {slot} {entry.key}{' retired' * entry.retired} | {entry.text}")
            if kind == "question":
                lines.extend(
                    f"{row} {slot} {one.key}{f' #{one.given}' if one.given else ''}{' retired' * one.retired} |"
                    f" {one.text}"
                    for row, of_row in (("option", lock.options), ("part", lock.parts))
                    for one in of_row.get(slot, ())
                )
    return "\n".join(lines) + "\n"


def is_outdated(before: SourceFile, lock: Lock) -> bool:
    """Whether the lock in a file lacks anything that the lock after a build has. The course's id, which older locks
    lack, does not count.
    """
    return before.text not in (format_lock(lock), format_lock(lock._replace(course="")))


def unread(problems: Iterable[Problem]) -> bool:
    """Whether errors may have prevented reading pages or questions: then, nothing is known about deleted ones."""
    return any(problem.severity == "error" and problem.code[0] in _OF_READING for problem in problems)


def recorded_id(lock_file: SourceFile) -> tuple[str, Place] | None:
    """The course's id in a lock, and the line that holds it; None in a lock of an older scormgen."""
    for number, line in enumerate(lock_file.lines, start=1):
        match = _LINE.fullmatch(line)
        if match and match["course"]:
            return match["course"], lock_file.place(number, width=len(line))
    return None


def assign(course: Course, lock: Lock, report: Report) -> tuple[Course, Lock]:
    """Gives every page, question, assessment and option its slot or letter; adds Q018 if there are not enough letters.

    Returns the course with them, and with the ids that questions had before an edit; and the lock with new entries. The
    lock keeps its course id: a build reports a different one (C020).
    """
    page_items = [_Item(p.id, _short(p.plain), p.given_id) for p in course.pages]
    page_slots, pages = _slots(page_items, lock.pages, by_place=True)
    assessment_slots, assessments = _slots([_Item(a.id, a.id, True) for a in course.assessments], lock.assessments)
    question_slots, questions = _slots(
        [_Item(q.id, _short(q.plain), q.given_id) for q in course.questions], lock.questions
    )
    taken = {q.id for q in course.questions if q.given_id}
    options, parts = dict(lock.options), dict(lock.parts)
    slot_of = iter(question_slots)

    def question(item: Question) -> Question:
        slot = next(slot_of)
        before = lock.questions.get(slot)
        identifier = item.id
        if before and not item.given_id and before.key != item.id and before.key not in taken:
            identifier = before.key
            questions[slot] = questions[slot]._replace(key=identifier)
        lettered, options[slot] = _letters(item.options, lock.options.get(slot, ()), LETTERS, item.scrambled, report)
        named, parts[slot] = _letters(item.parts, lock.parts.get(slot, ()), PART_LETTERS, False, report)
        return item._replace(slot=slot, id=identifier, options=lettered, parts=named)

    def page(item: Page, slot: int) -> Page:
        placed = tuple(question(part) if isinstance(part, Question) else part for part in item.parts)
        assessment: Assessment | None = None
        if item.assessment:
            pools = tuple(
                pool._replace(questions=tuple(question(q) for q in pool.questions)) for pool in item.assessment.pools
            )
            assessment = item.assessment._replace(slot=next(assessment_slot), pools=pools)
        return item._replace(slot=slot, parts=placed, assessment=assessment)

    page_slot, assessment_slot = iter(page_slots), iter(assessment_slots)
    modules = tuple(
        module._replace(pages=tuple(page(item, next(page_slot)) for item in module.pages)) for module in course.modules
    )
    return course._replace(modules=modules), Lock(
        pages, assessments, questions, options, parts, lock.course or course.settings.id
    )


def _short(text: str) -> str:
    return " ".join(text.split())[:TEXT].strip()


def _slots(
    items: Sequence[_Item], before: Mapping[int, Entry], *, by_place: bool = False
) -> tuple[list[int], dict[int, Entry]]:
    """A slot for each item, and all entries after this build."""
    order = sorted(before)
    matched = _match(items, [before[slot] for slot in order], by_place=by_place)
    entries = {slot: entry._replace(retired=True) for slot, entry in before.items()}
    free = max(before, default=-1) + 1
    slots = []
    for index, item in enumerate(items):
        if index in matched:
            slot = order[matched[index]]
        else:
            slot, free = free, free + 1
        slots.append(slot)
        entries[slot] = Entry(item.key, item.text)
    return slots, entries


def _letters(
    rows: tuple[_Lettered, ...], before: Sequence[Entry], alphabet: str, scrambled: bool, report: Report
) -> tuple[tuple[_Lettered, ...], tuple[Entry, ...]]:
    """A question's options or parts with their letters, and the lock's entries for them.

    New ones get letters in the author's order, or `scrambled` if that order would reveal the answer.
    """
    if any(row.letter for row in rows):  # true-false has its own letters
        return rows, ()
    items = [_Item(row.id, _short(row.plain), bool(row.id)) for row in rows]
    matched = _match(items, [Entry(e.given, e.text, e.key, e.retired) for e in before], by_place=True)
    entries = {entry.key: entry._replace(retired=True) for entry in before}
    letters = {index: before[place].key for index, place in matched.items()}
    fresh = [index for index in range(len(rows)) if index not in matched]
    free = iter([letter for letter in alphabet if letter not in entries])
    for index in _scramble(fresh, items) if scrambled else fresh:
        letters[index] = next(free, "")
    for index, (row, item) in enumerate(zip(rows, items, strict=True)):
        if not letters[index]:
            report.add("Q018", row.place, limit=len(alphabet))
            letters[index] = alphabet[0]
        entries[letters[index]] = Entry(letters[index], item.text, row.id)
    lettered = tuple(row._replace(letter=letters[index]) for index, row in enumerate(rows))
    return lettered, tuple(sorted(entries.values(), key=lambda entry: alphabet.index(entry.key)))


def _scramble(indexes: Sequence[int], items: Sequence[_Item]) -> list[int]:
    """The indexes in an order that depends only on the texts, and differs from the given one."""
    order = sorted(indexes, key=lambda index: hashlib.sha256(items[index].text.encode()).digest())
    return order if order != list(indexes) else [*order[1:], *order[:1]]


def _match(items: Sequence[_Item], before: Sequence[Entry], *, by_place: bool) -> dict[int, int]:
    """Which earlier entry each item matches: by key, by the same text, by a similar text, and `by_place` between
    matched neighbours.

    Retired entries are matched only by key or by the same text. An item with an author's key matches only that key,
    or an entry that had none.
    """
    pairs: dict[int, int] = {}
    used: set[int] = set()

    def pair(item: int, entry: int) -> None:
        pairs[item] = entry
        used.add(entry)

    keys = {entry.key: index for index, entry in enumerate(before) if entry.key}
    for index, item in enumerate(items):
        if item.key in keys and keys[item.key] not in used:
            pair(index, keys[item.key])
    for retired in (False, True):
        texts: dict[str, list[int]] = {}
        for index, entry in enumerate(before):
            if index not in used and entry.retired == retired and entry.text:
                texts.setdefault(entry.text, []).append(index)
        for index, item in enumerate(items):
            if index not in pairs and texts.get(item.text):
                pair(index, texts[item.text].pop(0))
    left = [index for index in range(len(items)) if index not in pairs]
    rest = [index for index, entry in enumerate(before) if index not in used and not entry.retired]
    if left and rest and len(left) * len(rest) <= _COMPARISONS:
        likeness = sorted(
            (
                (_likeness(items[i].text, before[j].text), -i, -j)
                for i in left
                for j in rest
                if not items[i].fixed or by_place
            ),
            reverse=True,
        )
        for ratio, minus_i, minus_j in likeness:
            if ratio >= _ALIKE and -minus_i not in pairs and -minus_j not in used:
                pair(-minus_i, -minus_j)
    if by_place:
        _match_gaps(len(items), before, pairs, used, pair)
    return pairs


def _match_gaps(
    count: int, before: Sequence[Entry], pairs: Mapping[int, int], used: set[int], pair: Callable[[int, int], None]
) -> None:
    """Pairs the remaining items between the same matched neighbours, in order, if their number is the same as before.

    Such an item is a rewritten answer or heading, or a translation.
    """
    old_gaps: dict[int, list[int]] = {}
    passed = 0
    for index, entry in enumerate(before):
        if index in used:
            passed += 1
        elif not entry.retired:
            old_gaps.setdefault(passed, []).append(index)
    new_gaps: dict[int, list[int]] = {}
    passed = 0
    for index in range(count):
        if index in pairs:
            passed += 1
        else:
            new_gaps.setdefault(passed, []).append(index)
    for gap, items in new_gaps.items():
        if len(items) == len(old_gaps.get(gap, ())):
            for item, entry_index in zip(items, old_gaps[gap], strict=True):
                pair(item, entry_index)


def _likeness(a: str, b: str) -> float:
    matcher = SequenceMatcher(None, a.lower(), b.lower(), autojunk=False)
    return matcher.ratio() if matcher.real_quick_ratio() >= _ALIKE and matcher.quick_ratio() >= _ALIKE else 0.0
