"""T: plain language."""

from __future__ import annotations

from scormgen.problems.codes.code import Code

CODES: dict[str, Code] = {
    "T101": Code(
        "warning",
        "this page reads like a text for age {age}; the limit is {limit}",
        "write shorter sentences and plainer words than {words}; explain terms in glossary.yml",
        "Everybody reads plain text faster, and the UK public sector asks for a reading age of 9 to 11. It is measured"
        " by the Flesch-Kincaid formula; names and glossary terms count as plain words.",
    ),
    "T102": Code(
        "warning",
        "this sentence has {count} words; the limit is {limit}",
        "split it into two sentences",
        "In a long sentence, readers forget the beginning before they reach the end. The UK public sector asks for 25"
        " words at most.",
    ),
    "T103": Code(
        "warning",
        "{word} is not explained",
        "write it out at its first use, as in Service Desk (SD), or explain it in glossary.yml",
        "New colleagues do not know the abbreviations that the rest of the team knows.",
    ),
    "T104": Code(
        "warning",
        "the course takes about {minutes} minutes, not {duration}",
        "write duration: {minutes} min, or the time that learners need if they also do or discuss something",
        "Learners and managers plan with it. The time is calculated with 200 words a minute and 30 seconds for each"
        " question; a difference of up to a third is accepted.",
    ),
    "T105": Code(
        "warning",
        "this page takes about {minutes} minutes to read",
        "split it: each ## heading starts a page",
        "Learners are often interrupted, and the course keeps their place by page.",
    ),
    "T106": Code(
        "warning",
        "{text} says that text is missing here",
        "replace it with your own text, without {mark}; scormgen new writes TODO: and a note wherever your text"
        " belongs",
        "Learners would read the note, and the LMS's catalogue shows the description of course.yml.",
    ),
}
