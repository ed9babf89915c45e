"""The table of codes: what can be wrong with a course, how bad it is, and what to do about it.

Letters: S source files, C configuration, M Markdown, L links and assets, Q questions, A assessments, P packaging.
"""

from __future__ import annotations

from typing import Literal, NamedTuple

Severity = Literal["error", "warning"]


class Code(NamedTuple):
    """One row of the table of codes: what is wrong, and what to do about it."""

    severity: Severity
    message: str
    hint: str


CODES: dict[str, Code] = {
    "S001": Code("error", "{path} is not UTF-8 text", "save the file as UTF-8"),
    "S002": Code("error", "{path} cannot be read: {why}", "check the file and its permissions"),
    "S003": Code(
        "error",
        "{path} is a symbolic link that leads out of the workspace",
        "copy the file into the course, or into courses/_shared",
    ),
    "S004": Code("error", "no course is called {name}", "{hint}"),
    "S005": Code(
        "error",
        "the folder {path} has modules but no course.yml",
        "add a course.yml with at least: title: …",
    ),
    "S006": Code(
        "error",
        "there is no course here",
        "make a folder courses/my-course with a course.yml and one Markdown file",
    ),
    "S007": Code(
        "error",
        "the course has no page",
        "add a Markdown file with text, such as 01-introduction.md",
    ),
    "S008": Code(
        "error",
        "courses {first} and {second} both have the id {id}",
        "give each course an id of its own: learners' records hang on it",
    ),
    "S009": Code("error", "this is not a regular file: {path}", "only plain files can be part of a course"),
    "C001": Code("error", "this is not valid YAML: {why}", "check the indentation and the colons"),
    "C002": Code("error", "unknown key {key}", "{hint}"),
    "C003": Code("error", "the key {key} stands here twice", "keep one of them"),
    "C004": Code("error", "{key} must be {wanted}, not {got}", "write {example}"),
    "C005": Code("error", "the key {key} is missing", "add {example}"),
    "C006": Code(
        "error",
        "{value} cannot be an id",
        "use letters, digits, '-', '_' and '.', and begin with a letter: {example}",
    ),
    "C007": Code(
        "error",
        "completion requires an assessment, but the course has none",
        "add a module with assessment: in its front matter, or take it out of completion.require",
    ),
    "C008": Code(
        "error",
        "completion.status is passed, but nothing in the course can be passed",
        "write status: completed, or add an assessment and require it",
    ),
    "C009": Code("warning", "the review date {date} is past", "review the course, then move review_by"),
    "C010": Code("error", "no theme is called {name}", "{hint}"),
    "C011": Code(
        "error",
        "course.lock cannot be used: {why}",
        "take the last good version of it from version control; without it learners' progress is lost",
    ),
    "C012": Code(
        "error",
        "course.lock is not up to date: {what}",
        "run scormgen build without --locked and commit course.lock",
    ),
    "C013": Code("error", "the objective {name} is not one of the course's", "{hint}"),
    "C014": Code(
        "warning",
        "no question has the objective {name}",
        "write objective={name} behind a question's heading, or take it out",
    ),
    "M001": Code("error", "the variable {name} is not defined", "{hint}"),
    "M002": Code(
        "error",
        "this is not a variable: {text}",
        "only {{{{ name }}}} is replaced; put literal braces in a code span",
    ),
    "M003": Code("error", "the snippet {name} cannot be found", "{hint}"),
    "M004": Code("error", "{name} includes itself: {chain}", "take one of these includes out"),
    "M005": Code(
        "error",
        "this is not an include that scormgen knows: {text}",
        'write {{% include "file.md" %}} in a paragraph of its own',
    ),
    "M006": Code("error", "the id {id} is used twice; first in {first}", "give one of them another id"),
    "M007": Code("error", "blocks are nested too deeply", "keep lists and quotes under 30 levels"),
    "M008": Code("error", "{mark} is not closed", "add {close}"),
    "M009": Code(
        "error",
        "{tag} closes nothing that is open here",
        "check the HTML tags of this page: each that opens must close, in order",
    ),
    "M010": Code(
        "error",
        "{tag} cannot be used in a course",
        "learners' systems block it; use the Markdown forms of the author's guide instead",
    ),
    "M011": Code("error", "tabs need a heading for each tab", "begin each tab with a heading"),
    "D001": Code(
        "error", "this is no report that can be read: {why}", "export it as CSV, with a row of column names first"
    ),
    "D002": Code("error", "the report has no column for the {role}", "{hint}"),
    "D003": Code(
        "error",
        "the report does not say which question an answer belongs to",
        "in Moodle tick Summary of question and Summary of responses above the interactions report, then download it again",
    ),
    "D004": Code("warning", "this row names no learner or no interaction, and is left out", "look at it in the report"),
    "D005": Code(
        "warning",
        "no questions.csv knows the interactions of this report",
        "name the one of the version that learners took with --questions",
    ),
    "L001": Code("error", "the file {target} does not exist", "{hint}"),
    "L002": Code(
        "error",
        "{target} leads out of the course",
        "copy it into the course's folder or into courses/_shared",
    ),
    "L003": Code("error", "the page {target} does not exist", "{hint}"),
    "L004": Code("error", "the page {file} has no heading {anchor}", "{hint}"),
    "L005": Code(
        "error",
        "{target} is in another module of a multi-SCO course",
        "name the module in the text instead: each SCO stands alone, a link cannot cross",
    ),
    "L006": Code(
        "error",
        "{target} is a folder",
        "link to a file in it",
    ),
    "L007": Code(
        "error",
        "the address scheme of {target} cannot be used",
        "use https:, http:, mailto: or tel:",
    ),
    "L008": Code(
        "error",
        "the image {target} is on another server",
        "put the file into the course: learners' networks may block it",
    ),
    "L009": Code("error", "the captions {target} are not valid WebVTT: {why}", "mend the cue"),
    "Q001": Code("error", "the question has no text", "write it behind {word}:"),
    "Q002": Code(
        "error",
        "the question has no options",
        "add a task list: - [x] for the right answer, - [ ] for the others",
    ),
    "Q003": Code(
        "error",
        "the question has {count} options; {limit} can be reported",
        "split the question, or use fewer options",
    ),
    "Q004": Code("error", "the question has one option only", "add at least one wrong answer"),
    "Q005": Code("error", "unknown attribute {key}", "{hint}"),
    "Q006": Code("error", "no question kind is called {name}", "{hint}"),
    "Q007": Code("error", "{key} must be {wanted}, not {got}", "write {example}"),
    "Q008": Code(
        "error",
        "the question has a second list of options",
        "keep one task list in a question; other lists go before the heading or under the next",
    ),
    "Q009": Code("error", "the option has no text", "write the answer behind the box"),
    "Q010": Code("error", "unknown note {label}", "{hint}"),
    "Q011": Code(
        "error",
        "this text stands after the options",
        "put it before them, into a note (> **Explanation:** …), or under a heading of its own",
    ),
    "Q012": Code(
        "error",
        "no option is marked as right",
        "put an x in the box of the right answer: - [x]",
    ),
    "Q013": Code(
        "error",
        "this item of the list has no box",
        "write - [ ] for a wrong answer, - [x] for a right one",
    ),
    "Q014": Code("error", "every option is marked as right", "leave the wrong ones empty: - [ ]"),
    "Q015": Code(
        "error",
        "a {kind} question has {count} right answers",
        "{hint}",
    ),
    "Q016": Code("error", "the note {label} stands here twice", "keep one of them"),
    "Q017": Code(
        "error",
        "the question stands inside {where}",
        "move its heading out, to the left edge of the page",
    ),
    "Q018": Code(
        "error",
        "all {limit} letters of this question have been used, some by options that are gone",
        "give the question a new id: it is no longer the question that learners answered",
    ),
    "Q019": Code(
        "error",
        "this item of a matching has no arrow",
        "write each pair as - Water -> Paper and wood, with spaces round the arrow",
    ),
    "Q020": Code(
        "error",
        "this is neither a pair nor a decoy",
        "write a pair as - Water -> Paper and wood, a decoy as - [ ] -> Gas leaks",
    ),
    "Q021": Code(
        "error",
        "an ordering needs a numbered list",
        "write the right order as 1. 2. 3.; learners see it mixed",
    ),
    "Q022": Code(
        "error",
        "the answer is longer than the {limit} characters that an LMS can keep",
        "ask for something shorter",
    ),
    "Q023": Code(
        "error",
        "the answer to a typed question is one line of text",
        "take further paragraphs and {{pin}} out; feedback is a quote under it",
    ),
    "Q024": Code(
        "error",
        "{text} is not a number that an answer can be compared with",
        "write 15, 15 ± 5 or 10..20, with a point before decimals",
    ),
    "Q025": Code(
        "error",
        "a question with gaps has no options",
        "take the [[gaps]] out, or make two questions of it",
    ),
    "Q026": Code(
        "error",
        "the question has no gap",
        "write the answer in the text as [[Service Desk]]; several are parted by |",
    ),
    "Q027": Code(
        "error",
        "the gap has no answer of at most 255 characters",
        "write it as [[Service Desk]] or [[= 15 ± 5]]",
    ),
    "Q028": Code(
        "error",
        "it cannot be seen what the survey asks for",
        "give it scale=agree5 and a list of statements, type=text alone, or a list of answers with empty boxes",
    ),
    "Q029": Code(
        "error",
        "a survey has no right answers",
        "leave every box empty: - [ ]; a statement of a scale has no box",
    ),
    "Q030": Code(
        "error",
        "the scenario has no scenes",
        "give it a sub-heading for each scene, and links to them: - [Ask them](#ask-them)",
    ),
    "Q031": Code(
        "error",
        "this decision leads nowhere",
        "write it as a link to a scene: - [Ask them](#ask-them)",
    ),
    "Q032": Code("error", "the scenario has no scene {name}", "{hint}"),
    "Q033": Code("error", "no decision leads to this scene", "link to it, or take it out"),
    "Q034": Code(
        "error",
        "from this scene no end can be reached",
        "lead it to a scene without decisions: that is an end",
    ),
    "A001": Code("error", "the assessment has no question", "add one: ### Q: … with a task list below it"),
    "A003": Code(
        "error",
        "the pool draws {draw} of {count} questions",
        "write a smaller draw, or add questions",
    ),
    "A004": Code("error", "the pool has no question", "add one below its heading, or remove the heading"),
    "A005": Code(
        "error",
        "this text stands between the questions of an assessment",
        "put it before the first question, or into the stem of one",
    ),
    "A006": Code(
        "error",
        "nothing in the assessment is scored",
        "add a question that has a right answer",
    ),
    "A007": Code("error", "the course has no module {name}", "{hint}"),
    "A008": Code(
        "error",
        "a pretest cannot mark modules of other SCOs as known",
        "write structure: single in course.yml, or take role: pretest out",
    ),
    "A009": Code(
        "error",
        "the only assessment is a pretest",
        "add an assessment that counts, or take role: pretest out",
    ),
    "P001": Code(
        "error",
        "the suspend data of {sco} may need {size} characters; {limit} is the most",
        "{hint}",
    ),
    "P002": Code(
        "error",
        "the path {path} is too long for a package",
        "shorten the names of files and folders: {limit} characters is the most",
    ),
}
