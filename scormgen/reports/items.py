"""Item analysis: how hard each question is, how well it separates learners who know the subject, and which options
nobody picks.
"""

from __future__ import annotations

import math
import statistics
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Literal, NamedTuple

from scormgen.reports.answers import Answer
from scormgen.reports.meanings import Meaning

Which = Literal["first", "last", "all"]
_FEW = 10  # answers below which figures are chance
_LEARNERS = 20  # learners below which a correlation is chance
_EASY, _HARD, _WEAK = 0.95, 0.3, 0.15
_SHOWN = 10  # typed answers that are listed
_BY_LETTER = ("choice", "true-false", "likert")


class Choice(NamedTuple):
    """An answer to a question, and how many learners gave it. `right` is None if nothing is right or wrong."""

    letter: str
    text: str
    right: bool | None
    picked: int
    share: float  # of all who answered


class Item(NamedTuple):
    """One interaction. `difficulty` is the mean share that was right (the p value: high is easy), 0 to 1.

    `discrimination` is the correlation of the item with the mean of the learner's other answers, -1 to 1, and None
    below 20 learners; `seconds` is the median time.
    """

    interaction: str
    question: str
    kind: str
    use: str
    objective: str
    answers: int
    difficulty: float | None
    discrimination: float | None
    seconds: float | None
    choices: tuple[Choice, ...]
    notes: tuple[str, ...]


class Analysis(NamedTuple):
    """An analysed report. `notes` are about the whole report."""

    learners: int
    answers: int
    mean: float | None  # of the learners' means over assessed questions
    items: tuple[Item, ...]
    notes: tuple[str, ...] = ()


def analyse(answers: Sequence[Answer], meanings: Mapping[str, Meaning], which: Which) -> Analysis:
    """The items in the order of `questions.csv`, then others as they occur. `which` selects the answer of a learner
    that counts.
    """
    kept = _keep(answers, which)
    by_item: dict[str, list[Answer]] = {name: [] for name in meanings}
    for answer in kept:
        by_item.setdefault(answer.interaction, []).append(answer)
    shares = _shares(kept, meanings)
    answered = _by_item(shares)
    items = tuple(
        _item(name, answers_given, meanings.get(name), answered.get(name, ()), len(shares))
        for name, answers_given in by_item.items()
        if answers_given
    )
    means = [statistics.fmean(scores.values()) for scores in shares.values() if scores]
    learners = len({answer.learner for answer in kept})
    few = means and len(means) < _LEARNERS
    why = f"discrimination is left out: it needs {_LEARNERS} learners, and the report has {len(means)}"
    return Analysis(learners, len(kept), statistics.fmean(means) if means else None, items, (why,) if few else ())


def _keep(answers: Sequence[Answer], which: Which) -> list[Answer]:
    if which == "all":
        return list(answers)
    kept: dict[tuple[str, str], Answer] = {}
    for answer in answers:
        key = (answer.learner, answer.interaction)
        if which == "last" or key not in kept:
            kept[key] = answer
    return list(kept.values())


def _shares(answers: Sequence[Answer], meanings: Mapping[str, Meaning]) -> dict[str, dict[str, float]]:
    """Each learner's share of each assessed question (of every judged question, if no assessment is known)."""
    assessed = {name for name, meaning in meanings.items() if meaning.use == "assessment"}
    shares: dict[str, dict[str, float]] = {}
    for answer in answers:
        if answer.share is not None and (not assessed or answer.interaction in assessed):
            shares.setdefault(answer.learner, {})[answer.interaction] = answer.share
    return shares


class _Shares(NamedTuple):
    """One learner's share of each question, and the sum."""

    shares: Mapping[str, float]
    total: float


def _by_item(shares: Mapping[str, Mapping[str, float]]) -> dict[str, list[_Shares]]:
    """The learners who answered each item."""
    learners: dict[str, list[_Shares]] = {}
    for scores in shares.values():
        learner = _Shares(scores, math.fsum(scores.values()))
        for name in scores:
            learners.setdefault(name, []).append(learner)
    return learners


def _item(
    name: str, answers: Sequence[Answer], meaning: Meaning | None, answered: Sequence[_Shares], all_learners: int
) -> Item:
    judged = [answer.share for answer in answers if answer.share is not None]
    times = [answer.seconds for answer in answers if answer.seconds]
    difficulty = statistics.fmean(judged) if judged else None
    discrimination, learners = _discrimination(name, answered)
    choices = _choices(answers, meaning)
    notes = _notes(len(answers), difficulty, discrimination, choices, meaning)
    if answered and learners < _LEARNERS <= all_learners:
        notes = (
            *notes,
            f"discrimination is left out: it needs {_LEARNERS} learners who also answered others, and has {learners}",
        )
    return Item(
        name,
        meaning.question if meaning else "",
        meaning.kind if meaning else "",
        meaning.use if meaning else "",
        meaning.objective if meaning else "",
        len(answers),
        difficulty,
        discrimination,
        statistics.median(times) if times else None,
        choices,
        notes,
    )


def _discrimination(name: str, learners: Sequence[_Shares]) -> tuple[float | None, int]:
    """Pearson's correlation of the item with the mean of the rest, over the learners who answered both; and how many
    did.
    """
    both = [(learner.shares[name], learner) for learner in learners if len(learner.shares) > 1]
    if len(both) < _LEARNERS:
        return None, len(both)
    item_shares = [share for share, _ in both]
    # Rounded, because means that differ only in the last bit are the same.
    rest = [round((learner.total - share) / (len(learner.shares) - 1), 12) for share, learner in both]
    if len(set(item_shares)) < 2 or len(set(rest)) < 2:
        return None, len(both)
    return statistics.correlation(item_shares, rest), len(both)


def _choices(answers: Sequence[Answer], meaning: Meaning | None) -> tuple[Choice, ...]:
    """What was answered: the question's options by letter, or whole answers, the most frequent first."""
    count = len(answers)
    if meaning and meaning.letters and meaning.type in _BY_LETTER:
        picked = Counter(letter for answer in answers for letter in set(answer.response.split(",")))
        gone = {letter: (_gone(letter, meaning), None) for letter in picked if letter and letter not in meaning.letters}
        return tuple(
            Choice(letter, text, right, picked[letter], picked[letter] / count)
            for letter, (text, right) in (meaning.letters | gone).items()
        )
    given = Counter(answer.response for answer in answers)
    right = {answer.response for answer in answers if answer.share == 1}
    judged = any(answer.share is not None for answer in answers)
    return tuple(
        Choice(
            "", _words(response, meaning) or "(no answer)", response in right if judged else None, times, times / count
        )
        for response, times in given.most_common(_SHOWN)
    )


def _gone(letter: str, meaning: Meaning) -> str:
    """An option that was picked and is not in questions.csv."""
    return f"{meaning.gone[letter]} (no longer offered)" if letter in meaning.gone else "(not in questions.csv)"


def _words(response: str, meaning: Meaning | None) -> str:
    """A matching, an order or a path in words; other answers unchanged.

    For a question that only the lock has, the form of the answer determines its kind: all of its letters must be known.
    """
    if not meaning or not meaning.letters:
        return response
    words = meaning.gone | {letter: text for letter, (text, _) in meaning.letters.items()}
    pieces = [piece for piece in response.split(",") if piece]
    pairs = [(piece[:1], piece[2:]) for piece in pieces if piece[1:2] == "."]
    form = meaning.type or _form(pieces, pairs, meaning, words)
    if form == "performance":
        return " → ".join(_step(piece, meaning, words) for piece in pieces)
    if form == "matching":
        prompts = meaning.parts or words
        return "; ".join(f"{prompts.get(a, a)} → {words.get(b, b)}" for a, b in pairs)
    return "; ".join(words.get(letter, letter) for letter in pieces) if form else response


def _form(pieces: Sequence[str], pairs: Sequence[tuple[str, str]], meaning: Meaning, words: Mapping[str, str]) -> str:
    """The kind of an answer by its form, if only the lock has the question; '' unless all of its letters are known."""
    if all(piece in words for piece in pieces):
        return "choice"
    if len(pairs) == len(pieces) and all(a in meaning.parts and b in words for a, b in pairs):
        return "matching"
    if all(len(piece) == 2 and piece[0] in meaning.parts and piece[1] in words for piece in pieces):
        return "performance"
    return ""


def _step(piece: str, meaning: Meaning, words: Mapping[str, str]) -> str:
    """A step of a scenario's path, `1a`: the scene's title, and what was decided there."""
    scene, decision = meaning.parts.get(piece[0], ""), words.get(piece[1:], "")
    return f"{scene}: {decision}" if scene and decision else decision or piece


def _notes(
    count: int,
    difficulty: float | None,
    discrimination: float | None,
    choices: Sequence[Choice],
    meaning: Meaning | None,
) -> tuple[str, ...]:
    """What an author should check."""
    notes = []
    if meaning is None:
        notes.append("not in questions.csv: another version or another course")
    elif meaning.retired:
        notes.append("no longer in the course: its text is from course.lock")
    elif meaning.source == "course.lock":
        notes.append("not in questions.csv: its text is from course.lock")
    if count < _FEW:
        notes.append(f"fewer than {_FEW} answers: the figures may be chance")
    elif difficulty is not None:
        if difficulty >= _EASY:
            notes.append("nearly everyone is right: it may be too easy, or reveal its answer")
        elif difficulty <= _HARD:
            notes.append("most are wrong: check the wording, the key, and what was taught")
        if discrimination is not None and discrimination < 0:
            notes.append("learners who do well elsewhere do worse here: check the key")
        elif discrimination is not None and discrimination < _WEAK and difficulty < _EASY:
            notes.append("it hardly separates learners who know the subject from those who do not")
        unused = [choice.text for choice in choices if choice.letter and choice.right is False and not choice.picked]
        if unused:
            notes.append(f"nobody picks: {'; '.join(unused)}")
    return tuple(notes)
