"""W: accessibility, by WCAG 2.2."""

from __future__ import annotations

from scormgen.problems.codes.code import Code

CODES: dict[str, Code] = {
    "W101": Code(
        "warning",
        "the image {target} has no alternative text",
        'write in the square brackets what it shows; if it is only decoration, write <img src="…" alt="">',
        "People who cannot see the picture hear its alternative text instead; without one they hear its file name (WCAG"
        " 2.2, 1.1.1).",
    ),
    "W102": Code(
        "warning",
        "the alternative text {text} does not say what the picture shows",
        "{hint}",
        'A screen reader already says "image". A file name or the word "picture" does not describe what others see'
        " (WCAG 2.2, 1.1.1).",
        "Describe in one sentence what a learner should see in the picture. Do not say that it is a picture; scormgen"
        " check --fix removes this.",
    ),
    "W103": Code(
        "warning",
        "a heading of level {level} follows one of level {before}",
        "write {mark}",
        "Screen reader users move through a page by its headings; a skipped level sounds like a missing section (WCAG"
        " 2.2, 1.3.1).",
    ),
    "W104": Code(
        "warning",
        "the link text {text} says nothing by itself",
        "say where it leads, as in [the reporting form](…)",
        "Many people read only the links of a page, in a list or with the Tab key (WCAG 2.2, 2.4.4).",
    ),
    "W105": Code(
        "warning",
        "the table has no header cells",
        "name each column in the first row",
        "A screen reader reads the header with each cell; without headers, cells have no meaning (WCAG 2.2, 1.3.1).",
    ),
    "W106": Code(
        "warning",
        "the video {target} has no captions",
        "write them in {name}, in the same folder",
        "Deaf people, and people without headphones in an office, need them (WCAG 2.2, 1.2.2).",
    ),
    "W107": Code(
        "warning",
        "{target} has no transcript",
        "write it in {name}, in the same folder",
        "People who can neither see nor hear the recording, or whose network blocks it, read the transcript (WCAG 2.2,"
        " 1.2.1 and 1.2.3).",
    ),
    "W108": Code(
        "warning",
        "{ink} on {paper} has a contrast of {ratio}:1 in the {scheme} scheme; at least {least}:1 is needed",
        "make {ink} lighter or darker, to differ more from {paper}",
        "Text needs 4.5:1, and the border of a control 3:1, to be visible to people with low vision, on a weak"
        " projector or in the sun (WCAG 2.2, 1.4.3 and 1.4.11).",
    ),
    "W109": Code(
        "warning",
        "this seems to be {language}, but is not marked as such",
        'put it between <span lang="{tag}"> and </span>, or <div lang="{tag}"> and </div>',
        "A screen reader pronounces unmarked words in the course's language, and nobody can understand them (WCAG 2.2,"
        " 3.1.2).",
    ),
}
