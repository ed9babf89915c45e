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
        "write a smaller draw, or add questions",
        "It cannot ask more questions than it has.",
    ),
    "A004": Code(
        "error",
        "the pool has no question",
        "add one below its heading, or remove the heading",
        "A pool that is empty is most often a heading that is one level off.",
    ),
    "A005": Code(
        "error",
        "this text stands between the questions of an assessment",
        "put it before the first question, or into the stem of one",
        "Questions are asked in any order, one at a time: text between them would have no place.",
    ),
    "A006": Code(
        "error",
        "nothing in the assessment is scored",
        "add a question that has a right answer",
        "Without anything to mark there is no score, and nobody could pass.",
    ),
    "A007": Code(
        "error",
        "the course has no module {name}",
        "{hint}",
        "The pretest would mark nothing.",
        "Name a module by its id: its file name without number and ending.",
    ),
    "A008": Code(
        "error",
        "a pretest cannot mark modules of other SCOs as known",
        "write structure: single in course.yml, or take role: pretest out",
        "A SCO knows nothing of the others.",
    ),
    "A009": Code(
        "error",
        "the only assessment is a pretest",
        "add an assessment that counts, or take role: pretest out",
        "A pretest never counts, so the course could never be passed.",
    ),
    "A101": Code(
        "warning",
        "the pool draws {draw} of {count} questions",
        "add questions until it has at least {wanted}, or draw fewer",
        "In a second attempt most questions would be the same, and colleagues would get each other's.",
    ),
    "A102": Code(
        "warning",
        "with {total} points to win, a pass mark of {passing} % asks for {needed} %",
        "{hint}",
        "Marks come in steps. Where the pass mark lies between two of them, learners fail who seem to have reached it.",
        "Write a pass mark that a score can meet, or ask more questions.",
    ),
}
