"""M: pages and their Markdown."""

from __future__ import annotations

from scormgen.codes.code import Code

CODES: dict[str, Code] = {
    "M001": Code(
        "error",
        "the variable {name} is not defined",
        "{hint}",
        "Learners would see the braces instead of the number to call.",
        "Add the name under variables: in course.yml, or write it as it stands there.",
    ),
    "M002": Code(
        "error",
        "this is not a variable: {text}",
        "only {{{{ name }}}} is replaced; put literal braces in a code span",
        "Only names are replaced. Anything else in braces is a mistake or should be shown as it is.",
    ),
    "M003": Code(
        "error",
        "the snippet {name} cannot be found",
        "{hint}",
        "The text of the snippet would be missing.",
        "Put the file beside the page, into the course's folder or into courses/_shared.",
    ),
    "M004": Code(
        "error", "{name} includes itself: {chain}", "take one of these includes out", "The page would never end."
    ),
    "M005": Code(
        "error",
        "this is not an include that scormgen knows: {text}",
        'write {{% include "file.md" %}} in a paragraph of its own',
        "scormgen has no template language: what looks like one would be shown to learners.",
    ),
    "M006": Code(
        "error",
        "the id {id} is used twice; first in {first}",
        "give one of them another id",
        "Ids name pages, questions and interactions: two with one id could not be told apart in a report.",
    ),
    "M007": Code(
        "error",
        "blocks are nested too deeply",
        "keep lists and quotes under 30 levels",
        "It is far more than a reader can follow, and more than Markdown tools agree on.",
    ),
    "M008": Code("error", "{mark} is not closed", "add {close}", "Everything below would become part of it."),
    "M009": Code(
        "error",
        "{tag} closes nothing that is open here",
        "check the HTML tags of this page: each that opens must close, in order",
        "Browsers repair such HTML in ways that break the page around it.",
    ),
    "M010": Code(
        "error",
        "{tag} cannot be used in a course",
        "learners' systems block it; use the Markdown forms of the author's guide instead",
        "LMSs with a strict content security policy block it, and a form or script of its own breaks the player.",
    ),
    "M011": Code(
        "error",
        "tabs need a heading for each tab",
        "begin each tab with a heading",
        "A tab's heading is what learners choose it by.",
    ),
    "M012": Code(
        "error",
        "{tag} is not an HTML element that learners would see",
        "use the Markdown forms of the author's guide; where it is only text, put it into a code span",
        "Browsers show nothing for an element that they do not know, and scormgen has no elements of its own.",
    ),
    "M013": Code(
        "warning",
        "the {kind} {name} {what}",
        "use it, or take it out",
        "A definition that nothing refers to is not shown: what it says would be lost.",
    ),
    "M014": Code(
        "error",
        "the footnote {label} cannot be shown in a question",
        "write what it says into the question, or into a note below it (> **Explanation:** …)",
        "Footnotes stand at the end of the page, which a learner does not see while answering.",
    ),
    "M015": Code(
        "error",
        "this row of the table has more cells than its header",
        "add a column to the header, or write \\| for a | that is text",
        "Cells without a header are not shown: what they say would be lost.",
    ),
    "M101": Code(
        "off",
        "no question is about this page",
        "add a knowledge check, or an assessed question with one of its objectives",
        "For courses where everything that is taught must be checked. Off unless `scormgen.yml` asks for it.",
    ),
}
