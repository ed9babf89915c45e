"""W: accessibility, by WCAG 2.2."""

from __future__ import annotations

from scormgen.problems.codes.code import Code

CODES: dict[str, Code] = {
    "W101": Code(
        "warning",
        "the image {target} has no alternative text",
        'say in the brackets what it tells the learner; where it only decorates, write <img src="…" alt="">',
        "People who cannot see the picture hear its alternative text instead; without one they hear its file name (WCAG 2.2, 1.1.1).",
    ),
    "W102": Code(
        "warning",
        "the alternative text {text} does not say what the picture tells",
        "{hint}",
        'A screen reader says "image" by itself. A file name or the word "picture" leaves out what the others see (WCAG 2.2, 1.1.1).',
        "Say what a learner should take from the picture, in a sentence. Leave out that it is a picture; scormgen check --fix does.",
    ),
    "W103": Code(
        "warning",
        "a heading of level {level} follows one of level {before}",
        "write {mark}",
        "Screen reader users walk a page by its headings; a level that is left out sounds like a part that is missing (WCAG 2.2, 1.3.1).",
    ),
    "W104": Code(
        "warning",
        "the link text {text} says nothing by itself",
        "say where it leads, as in [the reporting form](…)",
        "Many people read only the links of a page, by a list or with the Tab key (WCAG 2.2, 2.4.4).",
    ),
    "W105": Code(
        "warning",
        "the table has no header cells",
        "name each column in the first row",
        "A screen reader says the header with each cell; without one a table is a row of words (WCAG 2.2, 1.3.1).",
    ),
    "W106": Code(
        "warning",
        "the video {target} has no captions",
        "write them beside it, in {name}",
        "Deaf people, and everybody in an office without headphones, read them (WCAG 2.2, 1.2.2).",
    ),
    "W107": Code(
        "warning",
        "{target} has no transcript",
        "write it beside it, in {name}",
        "People who can neither see nor hear the recording, or whose network blocks it, read the transcript (WCAG 2.2, 1.2.1 and 1.2.3).",
    ),
    "W108": Code(
        "warning",
        "{ink} on {paper} has a contrast of {ratio}:1 in the {scheme} scheme; it must be {least}:1",
        "move {ink} away from {paper}",
        "Text needs 4.5:1 and the edge of a control 3:1 to be seen by people with low vision, on a cheap projector, in the sun (WCAG 2.2, 1.4.3 and 1.4.11).",
    ),
    "W109": Code(
        "warning",
        "this seems to be {language}, but is not marked as such",
        'put it between <span lang="{tag}"> and </span>, or <div lang="{tag}"> and </div>',
        "A screen reader reads unmarked words with the sounds of the course's language: nobody understands them (WCAG 2.2, 3.1.2).",
    ),
}
