"""T: plain language."""

from __future__ import annotations

from scormgen.problems.codes.code import Code

CODES: dict[str, Code] = {
    "T101": Code(
        "warning",
        "this page reads like a text for age {age}; {limit} is the most",
        "write shorter sentences and plainer words than {words}; explain terms in glossary.yml",
        "Everybody reads plain text faster, and the UK public sector asks for a reading age of 9 to 11. It is measured by Flesch-Kincaid; names and words of the glossary count as plain.",
    ),
    "T102": Code(
        "warning",
        "this sentence has {count} words; {limit} is the most",
        "make two of it",
        "In a long sentence readers lose the start before the end. The UK public sector asks for 25 words at most.",
    ),
    "T103": Code(
        "warning",
        "{word} is not explained",
        "write it out where it is used first, as in Service Desk (SD), or explain it in glossary.yml",
        "What everybody on the team knows is news to the new colleague.",
    ),
    "T104": Code(
        "warning",
        "the course takes about {minutes} minutes, not {duration}",
        "write duration: {minutes} min, or what learners need where they also do or discuss something",
        "Learners plan by it, and managers give the time. It is measured at 200 words a minute, with 30 seconds for a question, and must be within a third.",
    ),
    "T105": Code(
        "warning",
        "this page takes about {minutes} minutes to read",
        "split it: each ## heading begins a page",
        "A page is what learners do between two interruptions. Their place is kept by page.",
    ),
    "T106": Code(
        "warning",
        "{text} says that something is still to be written",
        "write your own text in place of it, without {mark}: scormgen new leaves TODO: and what to write where your text belongs",
        "Learners would read the note, and the LMS's catalogue shows the description of course.yml.",
    ),
}
