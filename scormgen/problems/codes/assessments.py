"""A: assessments."""

from __future__ import annotations

from scormgen.problems.codes.code import Code

CODES: dict[str, Code] = {
    "A001": Code(
        "error",
        "the assessment has no question",
        "add one: ### Q: … with a task list below it",
        "Nobody could pass it.",
    ),
    "A003": Code(
        "error",
        "the pool draws {draw} of {count} questions",
        "set a smaller draw, or add questions",
        "A pool cannot ask more questions than it has.",
    ),
    "A004": Code(
        "error",
        "the pool has no question",
        "add one below its heading, or remove the heading",
        "An empty pool usually means that a heading has the wrong level.",
    ),
    "A005": Code(
        "error",
        "this text is between the questions of an assessment",
        "put it before the first question, or in the text of a question",
        "Questions are shown one at a time, in any order, so text between them would not be shown.",
    ),
    "A006": Code(
        "error",
        "nothing in the assessment is scored",
        "add a question that has a right answer",
        "Without scored questions there is no score, and nobody could pass.",
    ),
    "A007": Code(
        "error",
        "the course has no module {name}",
        "{hint}",
        "The pretest would not mark the module as known.",
        "Write the module's id: its file name without number and extension.",
    ),
    "A008": Code(
        "error",
        "a pretest cannot mark modules of other SCOs as known",
        "write structure: single in course.yml, or remove role: pretest",
        "A SCO cannot read or change the progress in other SCOs.",
    ),
    "A009": Code(
        "error",
        "the only assessment is a pretest",
        "add a scored assessment, or remove role: pretest",
        "A pretest never counts towards the score, so the course could never be passed.",
    ),
    "A101": Code(
        "warning",
        "the pool draws {draw} of {count} questions",
        "add questions until it has at least {wanted}, or draw fewer",
        "In a second attempt, most questions would be the same, and colleagues could share the answers.",
    ),
    "A102": Code(
        "warning",
        "with {total} points in all, a pass mark of {passing} % can only be reached with {needed} %",
        "{hint}",
        "Scores come in steps. If the pass mark is between two of them, a score that looks like a pass may fail.",
        "Set a pass mark that is a possible score, or ask more questions.",
    ),
}
