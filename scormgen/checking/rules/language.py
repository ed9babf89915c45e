"""T101 to T106: plain language. Reading age and acronyms are checked only in English courses."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from functools import cache, partial
from typing import NamedTuple

from scormgen.checking.rules.subject import Subject, Text
from scormgen.model.course import Page
from scormgen.problems.report import Place, Report
from scormgen.text import quoted

_WORD = re.compile(r"[^\W\d_][\w'’-]*")
_SENTENCE = re.compile(r"(?<=[.!?…])[\"”’')\]]*\s+(?=[\"“‘'(\[]?[A-Z0-9ÀÁÂÄÆÇÈÉÊËÍÎÏÑÓÔÖÙÚÛÜ])")
_SHORTENED = re.compile(r"\b(e\.g|i\.e|etc|Mr|Mrs|Ms|Dr|St|No|vs|approx)\.", re.I)
_VOWELS = re.compile(r"[aeiouy]+")
_MUTE_END = re.compile(r"(?:[^laeiouy]es|[^td]ed|[^l]e)$")
_ACRONYM = re.compile(r"(?<![\w/.@-])[A-Z][A-Z0-9]{1,5}(?![\w/@-])")
# Acronyms that need no explanation, and words that are not acronyms.
_KNOWN = frozenset(
    "UK US USA EU UN OK ID TV CCTV PC PIN PDF AM PM GMT FAQ CV DIY SMS WC HR NOT AND OR DO NO YES ALL II III IV VI TODO"
    " FIXME XXX TBC TBD".split()
)
# A mark, and the note after its colon, up to the end of the sentence, the pair, or the next mark.
UNFINISHED = re.compile(
    r"\b(?P<mark>TODO|FIXME|XXX|TBC|TBD)\b(?::(?:(?! ->|[.?!](?!\w)|\b(?:TODO|FIXME|XXX|TBC|TBD)\b).)*)?|(?i:\blorem"
    r" ipsum\b)"
)
ENOUGH_WORDS = 60  # the measure is not reliable for fewer words
WORDS_A_MINUTE = 200
_MINUTES_A_QUESTION = 0.5
_PAGE_MINUTES = 8
_TOLERANCE = 1 / 3


class Sentence(NamedTuple):
    """A sentence of a block: its words, and where it begins."""

    text: Text
    words: tuple[str, ...]
    start: str


def _sentences(text: Text) -> Iterator[Sentence]:
    whole = _SHORTENED.sub(lambda match: match[0].replace(".", ""), text.plain)
    for sentence in _SENTENCE.split(whole):
        words = tuple(_WORD.findall(sentence))
        if words:
            yield Sentence(text, words, sentence)


def _running(subject: Subject) -> list[Text]:
    """Paragraphs and list items: what is read as sentences."""
    return [text for text in subject.texts if text.block.kind == "paragraph"]


@cache
def syllables(word: str) -> int:
    """How many syllables an English word has: its groups of vowels, without a mute ending. Good enough for means
    only.
    """
    plain = re.sub(r"[^a-z]", "", word.lower())
    if len(plain) > 3:
        plain = _MUTE_END.sub(lambda match: match[0][0], plain)
    return max(1, len(_VOWELS.findall(plain)))


def reading_age(sentences: Sequence[Sequence[str]], plain: frozenset[str] = frozenset()) -> float:
    """The age at which such sentences are easy to read: the Flesch-Kincaid grade plus five. Words in `plain`, and names
    (capitals inside a sentence), which nobody can make plainer, count as one syllable.
    """
    words = [word for sentence in sentences for word in sentence]
    if not words:
        return 0
    names = {word for sentence in sentences for word in sentence[1:] if word[0].isupper()}
    count = sum(1 if word in names or word.lower() in plain else syllables(word) for word in words)
    return 0.39 * len(words) / len(sentences) + 11.8 * count / len(words) - 15.59 + 5


def check_reading_age(subject: Subject, report: Report) -> None:
    """T101: the running text of each page, without its questions."""
    if not subject.is_english:
        return
    plain = explained_words(subject)
    for page, sentences in page_sentences(subject):
        if sum(len(sentence) for sentence in sentences) >= ENOUGH_WORDS:
            age = reading_age(sentences, plain)
            if age > subject.reading_age:
                hard = sorted({w.lower() for s in sentences for w in s} - plain, key=lambda w: (-syllables(w), w))[:3]
                words = ", ".join(hard)
                report.add("T101", page.place, age=f"{age:.1f}", limit=f"{subject.reading_age:g}", words=words)


def explained_words(subject: Subject) -> frozenset[str]:
    """The words of the glossary's terms, in small letters, singular and plural."""
    words = {word.lower() for term in subject.course.glossary for word in _WORD.findall(term)}
    return frozenset(words | {f"{word}s" for word in words})


def page_sentences(subject: Subject) -> list[tuple[Page, list[tuple[str, ...]]]]:
    """The words of each sentence of each page's running text, without questions."""
    sentences: dict[str, tuple[Page, list[tuple[str, ...]]]] = {page.id: (page, []) for page in subject.course.pages}
    for text in _running(subject):
        if text.question is None:
            sentences[text.page.id][1].extend(sentence.words for sentence in _sentences(text))
    return list(sentences.values())


def check_sentences(subject: Subject, report: Report) -> None:
    """T102: long sentences."""
    limit = int(subject.sentence_words)
    for text in _running(subject):
        for sentence in _sentences(text):
            if len(sentence.words) > limit:
                report.add("T102", _place(sentence), count=len(sentence.words), limit=limit)


def _place(sentence: Sentence) -> Place:
    """Where a sentence begins: by the most of its first words that are in one line."""
    words = sentence.start.split()
    for count in (4, 2, 1):
        start = " ".join(words[:count])
        place = sentence.text.block.place(start)
        if place.excerpt[place.column - 1 :].startswith(start):
            return place
    return sentence.text.block.place()


def check_unfinished(subject: Subject, report: Report) -> None:
    """T106: unfinished text, such as the TODOs of `scormgen new`: each mark, in text, headings and course.yml."""
    course, settings = subject.course, subject.course.settings
    headings = []
    for module in course.modules:
        headings += [(page.title, page.place) for page in module.pages if page.title != module.title]
        if module.pages:  # the title of a module may be in its front matter and not on a page
            source = module.pages[0].source
            headings.append((module.title, source.find(module.title, 1, len(source.lines))))
    for question in course.questions:
        headings += [(question.title, question.place), *((part.title, part.place) for part in question.parts)]
    for title, place in headings:
        _report_marks(title, partial(_within, place), report)
    for text in subject.texts:
        _report_marks(text.plain, text.block.place, report)
    values = (settings.title, settings.description, settings.audience, settings.rights)
    for value in (*values, *settings.keywords, *settings.objectives.values()):
        _report_marks(value, subject.setting, report)


def _within(place: Place, text: str) -> Place:
    """The place of a text in the line of `place`; `place` if the text is not there literally."""
    column = place.excerpt.find(text)
    return place._replace(column=column + 1, width=len(text)) if column >= 0 else place


def _report_marks(text: str, find: Callable[[str], Place], report: Report) -> None:
    """T106 for each mark in a text; `find` gives the place of words."""
    for match in UNFINISHED.finditer(text):
        words, mark = match[0].rstrip(), match["mark"] or match[0]
        place = find(words)
        if not place.excerpt.startswith(words, place.column - 1):  # the note has Markdown, or is on several lines
            place = find(mark)
            as_written = UNFINISHED.match(place.excerpt, place.column - 1)
            words = as_written[0].rstrip() if as_written else mark
        report.add("T106", place, text=quoted(words), mark=quoted(mark))


def check_acronyms(subject: Subject, report: Report) -> None:
    """T103: the first use of each acronym that the course does not explain."""
    if not subject.is_english:
        return
    everything = "\n".join(text.plain for text in subject.texts)
    small = {word for word in _WORD.findall(everything) if word.islower()}
    known = {name for document in subject.course.documents for name in document.abbreviations}
    known |= {word for term in subject.course.glossary for word in re.findall(r"\w+", term)}
    for text in subject.texts:
        plain = text.plain
        for acronym in _ACRONYM.finditer(plain):
            word = acronym[0]
            shouted = word.lower() in small or _is_shouted(plain, acronym.start(), acronym.end())
            if word in _KNOWN or word in known or shouted or word.isdigit():
                continue
            known.add(word)
            if not _is_explained(word, everything):
                report.add("T103", text.block.place(word), word=quoted(word))


def _is_shouted(text: str, start: int, end: int) -> bool:
    """Whether the word before or after it is in capitals too, as in RUN HIDE TELL."""
    beside = (*_WORD.findall(text[:start])[-1:], *_WORD.findall(text[end:])[:1])
    return any(word.isupper() and len(word) > 1 for word in beside)


def _is_explained(word: str, everything: str) -> bool:
    """Whether the course explains it anywhere: in brackets before or after it, or with "stands for"."""
    name = re.escape(word)
    pattern = (
        rf"\w[^()\n]*\({name}\)|\b{name} \([^)\d]*[a-z]{{3}}[^)]*\)"
        rf"|\b{name}(?::| -| –|, | stands for| means| is short"
        r" for) "
    )
    return re.search(pattern, everything) is not None


def check_times(subject: Subject, report: Report) -> None:
    """T104, T105: the time of the course compared with `duration`, and pages that take long."""
    total = 0.0
    words: Counter[str] = Counter()
    for text in subject.texts:
        if not text.question:
            words[text.page.id] += len(_WORD.findall(text.plain))
    for page in subject.course.pages:
        minutes = words[page.id] / WORDS_A_MINUTE
        total += minutes + _MINUTES_A_QUESTION * _asked(page)
        if minutes > _PAGE_MINUTES:
            report.add("T105", page.place, minutes=round(minutes))
    duration = subject.course.settings.duration
    minutes = max(1, round(total))
    if duration and abs(minutes - duration) > max(2, duration * _TOLERANCE):
        report.add("T104", subject.setting("duration:"), minutes=minutes, duration=duration)


def _asked(page: Page) -> int:
    """How many questions a learner answers on a page."""
    pools = page.assessment.pools if page.assessment else ()
    return len(page.checks) + sum(min(pool.draw or len(pool.questions), len(pool.questions)) for pool in pools)
