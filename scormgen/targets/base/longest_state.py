"""The proof that a learner's state fits: the longest state that a unit can ever write.

It calculates lengths in the format of docs/player.md ("The state as text, version 1"), so the two must change together.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from scormgen.model.course import Assessment, Page
from scormgen.model.question import Question
from scormgen.questions import KINDS

_TYPED = 20  # a longer token holds text
# Digits of base 64: 2^24, 10 000, 4 096, 4 096, 2^18, 4 096.
_SEED, _SCORE, _COUNTER, _CHECKSUM, _DAY, _REPORTED = 4, 3, 2, 2, 3, 2


class Worst(NamedTuple):
    """The longest state, in characters, and what needs the most of them."""

    total: int
    biggest: str  # in words
    typed: int  # characters of what learners type


def digits(value: int) -> int:
    """How many digits a number has in base 64."""
    return max(1, (value.bit_length() + 5) // 6)


def stream_size(questions: Iterable[Question]) -> int:
    """The longest answer stream of these questions, over every choice of which are answered.

    Leaving one question out costs a gap of two characters, so a full stream is not always the longest.
    """
    sizes = {question.slot: KINDS[question.kind].token_size(question) for question in questions}
    # The longest streams that end in an answer and in a gap. A gap of up to 64 slots is one token.
    answered, gap, before = 0, 0, -1
    for slot in sorted(sizes):
        if slot > before + 1:  # slots of other streams, or retired
            answered, gap = 0, max(answered + 2, gap)
        answered, gap = max(answered, gap) + sizes[slot], max(answered + 2, gap)
        before = slot
    return max(answered, gap) + 2 * ((before + 1) // 64)


def worst_case(pages: Sequence[Page], *, certificate: bool = False) -> Worst:
    """The longest state of a unit with these pages (slots must be set)."""
    top = max((page.slot for page in pages), default=0)
    place = digits(top) + top // 6 + 1
    assessments = [page.assessment for page in pages if page.assessment]
    records = sum(_record_size(assessment) for assessment in assessments) + max(0, len(assessments) - 1)
    checks = stream_size(question for page in pages for question in page.checks)
    # `1` and key, and eight dots between the nine fields; a certificate's day; rank and number of what was reported
    total = place + records + checks + 5 + 8 + _CHECKSUM + _COUNTER + (_DAY if certificate else 0) + 1 + _REPORTED
    rows = {f"{len(pages)} pages": place}
    typed = 0
    for name, kind in KINDS.items():
        sizes = [kind.token_size(question) for page in pages for question in page.questions if question.kind == name]
        rows[f"{len(sizes)} questions of the kind {name}"] = sum(sizes)
        typed += sum(size for size in sizes if size > _TYPED)
    biggest = max(rows, key=lambda row: rows[row])
    return Worst(total, f"{biggest} take {rows[biggest]} of them", typed)


def _record_size(assessment: Assessment) -> int:
    """slot, attempts, best, last, phase, seed, place and stream, joined by seven commas; with a time limit its
    seconds too.
    """
    place = digits(max(0, len(list(assessment.questions))))
    # without a limit a learner may try forever; the player counts to 4 095
    attempts = digits(assessment.settings.attempts or 4095)
    clock = 1 + digits(assessment.settings.time * 60) if assessment.settings.time else 0
    stream = stream_size(assessment.questions)
    return digits(assessment.slot) + attempts + 2 * _SCORE + 1 + _SEED + place + stream + 7 + clock
