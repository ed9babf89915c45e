"""Q101 to Q108, M101: questions without feedback, or that reveal their answer."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence

from scormgen.checking.rules.subject import Subject
from scormgen.model.blocks import split_attributes
from scormgen.model.question import Option, Question
from scormgen.problems.report import Edit, Report
from scormgen.reading.silences import SUPPRESSION
from scormgen.text import quoted

_UNLIKELY = 0.01  # a set this unlikely is a pattern
_ABOVE = re.compile(
    r"(all|none|both|any) of the (above|below|previous)|(both )?[a-d] (and|or) [a-d]|all of (these|them)", re.I
)
# "Which of these is not …", but not "What do you do if it is not …".
_NEGATIVE = re.compile(
    r"\b(?:which|what|who|whom|where)\b(?:(?!\b(?:if|when|that|who|because|although|while|unless|but)\b)[^,;:.?*_])*?"
    r"(?<![*_\w])(?P<word>not|never|except|\w+n['’]t)\b(?![*_])",
    re.I,
)
# A heading in one line, how such a line may end, and the line below a heading of the other form.
_ATX = re.compile(r"[ \t>]*(?:(?:[-*+]|\d+[.)])[ \t]+)*#{1,6}[ \t]")
_CLOSING = re.compile(r"[ \t]+#+[ \t]*$")
_UNDERLINE = re.compile(r"[ \t>]*(?:=+|-+)[ \t]*")
_CLEARLY = 1.15  # how much longer than the next option the longest one must be for learners to notice
_TIMES = 3  # how much longer than the mean of the others an option may be
_LONG = 60  # characters: shorter options are not checked


def _choices(question: Question) -> bool:
    return question.kind in ("single", "multiple", "true-false") and bool(question.points)


def check_feedback(subject: Subject, report: Report) -> None:
    """Q101: questions whose answer is only right or wrong. In an assessment with `feedback: none` nobody would see
    any.
    """
    for page in subject.course.pages:
        settings = page.assessment.settings if page.assessment else None
        for question in page.questions:
            unseen = (
                settings and question not in page.checks and settings.feedback == "none" and settings.review == "none"
            )
            explained = bool(set(question.notes) & {"correct", "wrong", "explanation"})
            explained |= any(o.feedback for o in question.options) or any(p.feedback for p in question.parts)
            if question.points and question.kind != "scenario" and not unseen and not explained:
                report.add("Q101", question.place)


def check_patterns(subject: Subject, report: Report) -> None:
    """Q102, Q103: right answers that length or position reveals, in an assessment or in all knowledge checks."""
    checks = [question for page in subject.course.pages for question in page.checks]
    _check_length(checks, report)
    _check_place(checks, report)
    for page in subject.course.pages:
        if page.assessment:
            questions = list(page.assessment.questions)
            _check_length(questions, report)
            if "options" not in page.assessment.settings.shuffle:
                _check_place(questions, report)


def _longest(options: Sequence[Option]) -> int | None:
    """The index of the option that is clearly the longest; None if there is none."""
    lengths = sorted((len(option.plain), index) for index, option in enumerate(options))
    return lengths[-1][1] if lengths[-1][0] > lengths[-2][0] * _CLEARLY else None


def _single(questions: Sequence[Question]) -> list[Question]:
    return [q for q in questions if q.kind == "single" and len(q.options) > 2 and q.points]


def _check_length(questions: Sequence[Question], report: Report) -> None:
    known = _single(questions)
    hits = [q for q in known if (index := _longest(q.options)) is not None and q.options[index].right]
    if _is_pattern(len(hits), known):
        report.add("Q102", hits[0].place, count=len(hits), total=len(known))


def _check_place(questions: Sequence[Question], report: Report) -> None:
    known = _single(questions)
    for position in range(max((len(q.options) for q in known), default=0)):
        hits = [q for q in known if position < len(q.options) and q.options[position].right]
        if _is_pattern(len(hits), known):
            report.add("Q103", hits[0].place, position=position + 1, count=len(hits), total=len(known))


def _is_pattern(hits: int, questions: Sequence[Question]) -> bool:
    """Whether so many hits are chance in fewer than one of a hundred such sets (binomial, with the mean chance)."""
    total = len(questions)
    if total < 4 or not hits:
        return False
    chance = sum(1 / len(q.options) for q in questions) / total
    tail = sum(math.comb(total, k) * chance**k * (1 - chance) ** (total - k) for k in range(hits, total + 1))
    return tail < _UNLIKELY


def check_options(subject: Subject, report: Report) -> None:
    """Q104, Q106, Q107: single options."""
    for question in subject.course.questions:
        seen: set[str] = set()
        for option in question.options if question.kind in ("single", "multiple", "survey", "order") else ():
            words = " ".join(option.plain.split()).strip(" .").casefold()
            if _ABOVE.fullmatch(words) and not option.pinned:
                report.add("Q104", option.place, text=quoted(option.plain))
            if words and words in seen:
                report.add("Q106", option.place, text=quoted(option.plain))
            seen.add(words)
        if _choices(question):
            _check_lengths(question, report)


def _check_lengths(question: Question, report: Report) -> None:
    lengths = [len(option.plain) for option in question.options]
    longest = max(lengths)
    others = [*lengths]
    others.remove(longest)
    mean = sum(others) / len(others)
    if longest >= _LONG and longest > _TIMES * mean:
        option = question.options[lengths.index(longest)]
        report.add("Q107", option.place, times=f"{longest / max(mean, 1):.0f}")


def check_negatives(subject: Subject, report: Report) -> None:
    """Q105: "not" in a question, without emphasis."""
    for question in subject.course.questions:
        match = _NEGATIVE.search(question.title) if question.points and question.kind != "scenario" else None
        if match and not match["word"].isupper():
            word = match["word"]
            column = question.place.excerpt.find(question.title)
            start = column + match.start("word") + 1
            edit = Edit(start, word, f"**{word}**") if column >= 0 else None
            place = question.place._replace(column=start, width=len(word)) if edit else question.place
            report.add("Q105", place, edit, stressed=f"**{word}**")


def check_ids(subject: Subject, report: Report) -> None:
    """Q108: assessed questions without an id."""
    for page in subject.course.pages:
        for question in page.assessment.questions if page.assessment else ():
            if not question.given_id:
                report.add("Q108", question.place, _id_edit(question), id=question.id)


def _id_edit(question: Question) -> Edit | None:
    """The edit that writes the id into the heading: into its attribute list if it has one, otherwise after its text."""
    lines, first = question.source.lines, question.place.line - 1
    last = first
    if not _ATX.match(lines[first]):
        underline = next((n for n in range(first + 1, len(lines)) if _UNDERLINE.fullmatch(lines[n])), None)
        if underline is None:
            return None
        last = underline - 1
    line = SUPPRESSION.sub("", lines[last]).rstrip()
    text = _CLOSING.sub("", line) if last == first and _ATX.match(line) else line
    before = "".join(f"{above}\n" for above in lines[first:last])
    words = split_attributes(text)[0]
    if words != text:
        start = text.rindex("{", len(words))
        return Edit(1, f"{before}{text[: start + 1]}", f"{before}{text[: start + 1]}#{question.id} ")
    return Edit(1, f"{before}{text}", f"{before}{text} {{#{question.id}}}") if text.strip("# >") else None


def check_coverage(subject: Subject, report: Report) -> None:
    """M101: pages that no question is about."""
    assessed = {question.objective for question in subject.course.questions if question.objective}
    for page in subject.course.pages:
        if not page.assessment and not page.checks and not set(page.objectives) & assessed:
            report.add("M101", page.place)
