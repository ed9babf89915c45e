"""W109: text in another language or script that is not marked as such."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter

from scormgen.checking.rules.language import UNFINISHED
from scormgen.checking.rules.subject import Subject, prose
from scormgen.problems.report import Report

# The most common words of languages in UK workplaces, without those that several languages share.
_COMMON = {
    "en": "the of and to is that it for you with are this be on have from they when your if not what can or by",
    "cy": "yn y yr ac ar mae i o'r gan wedi bod am eich chi ei sydd nid hyn fel wrth gyda oes ddim",
    "fr": "le les des et est une vous dans pour qui pas sur avec ce cette il elle sont au aux ne si votre nous",
    "de": "der die das und ist nicht ein eine sie mit auf für von den dem zu sich auch wenn oder werden bei",
    "es": "el los las es una que con para por del se su no lo como más usted está si pero sus al",
    "pt": "os as é uma que com para por do da em não se um na no mais você ao dos são",
    "it": "il di che è una per con non del della sono si lo gli nel alla questo se più dei",
    "pl": "w i na nie się z do to że jest o jak po od za przez lub dla tego są który",
    "nl": "de het een en van is niet met voor op zijn aan dat die te bij ook als of worden",
    "ro": "și în este nu cu la pe care un o din să sunt pentru de sau mai dacă",
}
# English words that look like those of others.
_ENGLISH = frozenset(
    "as do no on in is die also van of a me den over he but see am an per come pan con at i was had so or to por"
    " war man".split()
)
# Each common word, with the languages that it is common in.
_LANGUAGES: dict[str, list[str]] = {}
for _code, _words in _COMMON.items():
    for _word in _words.split():
        if _code == "en" or _word not in _ENGLISH:
            _LANGUAGES.setdefault(_word, []).append(_code)
_NAMES = {
    "en": "English",
    "cy": "Welsh",
    "fr": "French",
    "de": "German",
    "es": "Spanish",
    "pt": "Portuguese",
    "it": "Italian",
    "pl": "Polish",
    "nl": "Dutch",
    "ro": "Romanian",
    "ru": "Russian",
    "el": "Greek",
    "ar": "Arabic",
    "he": "Hebrew",
    "zh": "Chinese",
    "ja": "Japanese",
    "ko": "Korean",
    "hi": "Hindi",
    "bn": "Bengali",
    "pa": "Punjabi",
}
# The most likely language of a script, by the first word of its characters' Unicode names.
_SCRIPTS = {
    "CYRILLIC": "ru",
    "GREEK": "el",
    "ARABIC": "ar",
    "HEBREW": "he",
    "CJK": "zh",
    "HIRAGANA": "ja",
    "KATAKANA": "ja",
    "HANGUL": "ko",
    "DEVANAGARI": "hi",
    "BENGALI": "bn",
    "GURMUKHI": "pa",
}
_MARKED = re.compile(r"<(?P<tag>\w+)[^<>]*\blang=[^<>]*>.*?</(?P=tag)>", re.DOTALL | re.I)
_SENTENCE = re.compile(r"[.!?:;]\s+|\n")
_WORD = re.compile(r"[^\W\d_][^\W\d_'’]*(?:['’][^\W\d_]+)?")
_ENOUGH_WORDS = 6
_SHARE = 0.3  # of a sentence's words that must be common ones of the other language
_LEAST = 3  # common words
_LETTERS = 4  # of another script


def check_foreign_text(subject: Subject, report: Report) -> None:
    """Sentences whose most common words are of another language, and words in another script."""
    course_language = subject.course.settings.language.lower().partition("-")[0]
    inside = False  # between <div lang="…"> and </div>, which are blocks of their own
    for text in subject.texts:
        if text.block.kind == "html":
            if re.search(r"<\w+[^<>]*\blang=", text.block.text) and not _MARKED.search(text.block.text):
                inside = True
            elif text.block.text.lstrip().startswith("</"):
                inside = False
            continue
        if inside or UNFINISHED.search(text.plain):  # T106 reports this text, whatever its language
            continue
        for sentence in _SENTENCE.split(_MARKED.sub(" ", text.block.text)):
            code = _language(prose(sentence), course_language)
            if code:
                place = text.block.place(" ".join(sentence.split()[:2]))
                report.add("W109", place, language=_NAMES[code], tag=code)
                break


def _language(text: str, course_language: str) -> str:
    """The code of the language that a sentence seems to be in; '' if it may be the course's own."""
    scripts = [
        unicodedata.name(letter, "").partition(" ")[0] for letter in text if ord(letter) > 0x36F and letter.isalpha()
    ]
    for script, code in _SCRIPTS.items():
        if scripts.count(script) >= _LETTERS and course_language != code and course_language in _COMMON:
            return code
    words = [word.lower().replace("’", "'") for word in _WORD.findall(text)]
    if len(words) < _ENOUGH_WORDS or course_language not in _COMMON:
        return ""
    counts = Counter(code for word in words for code in _LANGUAGES.get(word, ()))
    best = max(counts, key=lambda code: (counts[code], code == course_language), default=course_language)
    enough = counts[best] >= max(_LEAST, _SHARE * len(words)) and counts[best] > 2 * counts[course_language]
    return best if best != course_language and enough else ""
