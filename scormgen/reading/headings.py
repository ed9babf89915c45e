"""Headings and paragraphs that look like the start of a question, a card or a pool, but are not: learners would see the
answers.

The words are from eight languages, so that a German author learns at once that `Frage:` does not start a question.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from scormgen.model.blocks import Block, split_attributes
from scormgen.problems.report import Report
from scormgen.questions.marks import BOX, NEAR_OPTION, first_text, near_box
from scormgen.reading.inline import plain_text
from scormgen.text import quoted

# English, Welsh, French, German, Spanish, Polish, Romanian and Arabic.
_WORDS = {
    "Q": "q|question|cwestiwn|frage|pregunta|cuestión|pytanie|întrebarea?|intrebarea?|(?:ال)?سؤال",
    "Survey": "survey|poll|arolwg|sondage|enquête|umfrage|encuesta|ankieta|sondaj|استطلاع|استبيان",
    "Scenario": "scenario|senario|scénario|szenario|escenario|scenariusz|scenariu|سيناريو",
    "Card": "card|cerdyn|carte|fiche|karte|tarjeta|karta|بطاقة",
    "Pool": "pool|cronfa|fragenpool|banque de questions|banco de preguntas|pula|بنك الأسئلة",
}
# These are reported only if a list with boxes follows: without one, they are ordinary headings.
_KINDS = {"Q": "question", "Survey": "survey", "Scenario": "scenario", "Card": "card", "Pool": "pool"}
_QUIZ = "quiz|cwis|cuestionario|chestionar|knowledge check|اختبار"
_RIGHT = re.compile(r"(?:Q|Survey|Scenario|Card|Pool):")
_START = r"(?P<start>#{1,7}[ \t]*)?[*_]{0,3}[ \t]*"
_NUMBER = r"\.?[ \t]*(?:(?:#|№|nr\.?|no\.?)?[ \t]*\d{1,3})?[ \t]*[*_]{0,3}[ \t]*"
_MARKED = {
    word: re.compile(rf"{_START}(?P<word>(?:{forms})(?![^\W\d]){_NUMBER}(?:[:：)]|[-–—.](?=\s|$)))", re.IGNORECASE)
    for word, forms in _WORDS.items()
}
_BARE_Q = re.compile(rf"{_START}(?P<word>Q)[ \t]+(?!(?:&|\+|and|A)\b|[&+])")
_BARE = {word: re.compile(rf"{_START}(?P<word>(?:{forms})\b)", re.IGNORECASE) for word, forms in _WORDS.items()}
_BARE_QUIZ = re.compile(rf"{_START}(?P<word>(?:{_QUIZ})\b)", re.IGNORECASE)
_ESCAPED = re.compile(rf"{_NUMBER}\\[:：).–—-]")  # an author's sign that the heading is an ordinary one
_QUESTION_MARKS = ("?", "？", "؟")


def check_headings(blocks: Sequence[Block], report: Report, *, assessed: bool) -> None:
    """Adds Q041 and Q042 for blocks outside questions that look like the start of a question."""
    above: list[Block] = []  # the last heading and the paragraphs below it
    reported = False  # whether one of them has been
    for block in blocks:
        if not reported and above and (boxes := _boxes(block)):
            reported = any(_check_list(start, block, boxes, report) for start in (above[-1], above[0]))
        if block.kind in ("heading", "paragraph"):
            above = [] if block.kind == "heading" else above
            above.append(block)
            reported = _check_start(block, report, assessed=assessed) or (reported and block.kind == "paragraph")
        elif block.kind != "html":
            above, reported = [], False
        check_headings(block.children, report, assessed=assessed)


def _check_start(block: Block, report: Report, *, assessed: bool) -> bool:
    """Adds Q041 for a heading that begins like a question, and for such a paragraph without # marks; Q043 for a
    pool.
    """
    text = split_attributes(block.text)[0]
    if block.kind == "heading" and text.startswith("Pool:") and not assessed:
        report.add("Q043", block.place())
        return True
    for word, pattern in _MARKED.items():
        match = pattern.match(text)
        if not match and word == "Q":
            match = _BARE_Q.match(text)
        if not match and word == "Pool" and assessed:
            match = _BARE["Pool"].match(text)
        if match and _is_start(block, match):
            _add(block, match, word, report)
            return True
    return False


def _is_start(block: Block, match: re.Match[str]) -> bool:
    if block.kind == "paragraph":
        return bool(match["start"])
    return not _RIGHT.match(block.text)


def _add(block: Block, match: re.Match[str], word: str, report: Report) -> None:
    written = match[0].strip()
    marks = "#" * (block.level or 3)
    ends = written[-1] in ":：.)–—-"
    otherwise = f"write {quoted(f'{written[:-1]}{chr(92)}{written[-1]}')}" if ends else "start it with another word"
    report.add(
        "Q041",
        block.place(written),
        text=quoted(written),
        kind=_KINDS[word],
        example=quoted(f"{marks} {word}: …"),
        otherwise=otherwise,
    )


def _check_list(block: Block, options: Block, boxes: Sequence[bool], report: Report) -> bool:
    """Adds Q041 or Q042 for a list with boxes below a heading or paragraph that asks; whether it was added."""
    text = split_attributes(block.text)[0]
    if block.kind == "heading" and _RIGHT.match(text):
        return False  # a question at a place where none can be: Q017
    for word, pattern in {**_BARE, "Q ": _BARE_QUIZ}.items():
        match = pattern.match(text) if word not in ("Card", "Pool") else None
        if match and not _ESCAPED.match(text, match.end()):
            _add(block, match, word.strip(), report)
            return True
    if plain_text(text).endswith(_QUESTION_MARKS) and True in boxes and options.kind != "paragraph":
        report.add("Q042", block.place(), text=quoted(plain_text(text)))
        return True
    return False


def _boxes(block: Block) -> list[bool]:
    """For each box of a list, or of lines that were meant as one, whether it is ticked."""
    boxes: list[str] = []
    if block.kind == "paragraph":
        options = [NEAR_OPTION.match(line) for line in block.text.split("\n")]
        boxes = [option["box"] for option in options if option and option["box"]]
    elif block.kind in ("bullets", "numbers"):
        texts = [first_text(item) for item in block.children]
        boxes = [box[0] for text in texts if (box := BOX.match(text) or near_box(text))]
    return ["x" in box.lower() for box in boxes]
