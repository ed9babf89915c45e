"""C: course.yml, scormgen.yml, front matter, course.lock."""

from __future__ import annotations

from scormgen.problems.codes.code import Code

CODES: dict[str, Code] = {
    "C001": Code(
        "error",
        "this is not valid YAML: {why}",
        'put a text that holds a colon, or begins with a sign such as [ or @, between quotation marks, as in title: "Fire: what to do"; else check the indentation, here and in the line before',
        "What cannot be read cannot be followed; nothing is guessed.",
    ),
    "C002": Code(
        "error",
        "unknown key {key}",
        "{hint}",
        "A key that is spelt wrong would have no effect, and nobody would know.",
        "Write the key as the message suggests, or take it out.",
    ),
    "C003": Code(
        "error", "the key {key} stands here twice", "keep one of them", "Which of the two is meant cannot be known."
    ),
    "C004": Code(
        "error",
        "{key} must be {wanted}, not {got}",
        "write {example}",
        "A value that is not understood would silently become a default.",
    ),
    "C005": Code(
        "error",
        "the key {key} is missing",
        "add {example}",
        "An LMS shows the title in its catalogue; without one it cannot import the package.",
    ),
    "C006": Code(
        "error",
        "{value} cannot be an id",
        "use letters, digits, '-', '_' and '.', and begin with a letter: {example}",
        "Ids become XML identifiers, file names and keys in the LMS, which allow these characters alone.",
    ),
    "C007": Code(
        "error",
        "completion requires an assessment, but the course has none",
        "add a module with assessment: in its front matter, or take it out of completion.require",
        "The course could never be completed.",
    ),
    "C008": Code(
        "error",
        "completion.status is passed, but nothing in the course can be passed",
        "write status: completed, or add an assessment and require it",
        "The course could never be passed.",
    ),
    "C009": Code(
        "warning",
        "the review date {date} is past",
        "review the course, then move review_by",
        "Facts, numbers and laws change. Learners rely on what the course says.",
    ),
    "C010": Code(
        "error",
        "no theme is called {name}",
        "{hint}",
        "A package in another look than was asked for is a surprise to everybody.",
        "Name a folder in themes/, or default.",
    ),
    "C011": Code(
        "error",
        "course.lock cannot be used: {why}",
        "take the last good version of it from version control; without it learners' progress is lost",
        "The lock says which slot and letter each page, question and option has in learners' records. A guess would mix them up.",
    ),
    "C012": Code(
        "error",
        "course.lock is not up to date: {what}",
        "run scormgen build without --locked and commit course.lock",
        "A package whose lock is not committed may give the same slots to other questions tomorrow.",
    ),
    "C013": Code(
        "error",
        "the objective {name} is not one of the course's",
        "{hint}",
        "Results by objective would miss the question.",
        "Write an id that stands under objectives: in course.yml, or add it there.",
    ),
    "C014": Code(
        "warning",
        "no question has the objective {name}",
        "add objective={id} in the braces of a question's heading, as in {{#some-id objective={id}}}, or take it out",
        "An objective without a question can never be met, and the LMS shows it as not attempted for ever.",
    ),
    "C015": Code(
        "error",
        "{name} is not a rule that can be set",
        "{hint}",
        "A rule that is spelt wrong would stay as it was, and nobody would know.",
        "Name a rule or a warning; scormgen rule lists them.",
    ),
    "C016": Code(
        "error",
        "this template cannot be used: {why}",
        "correct this line, or delete the file: the default theme's template is then used",
        "A page without its frame cannot be shown.",
    ),
    "C023": Code(
        "error",
        "a template must not do this: {why}",
        "take it out; docs/themes.md lists what a template can use",
        "A theme may come from somebody else, and a build runs on your machine. Templates run in a sandbox: they turn the course's own texts into HTML, and cannot reach files, commands or Python's internals.",
    ),
    "C024": Code(
        "error",
        "this template is too much work: {why}",
        "use shorter loops, or take out what is not needed",
        "A template without limits could keep a build running for ever, or use up the machine's memory.",
    ),
    "C025": Code(
        "error",
        "the theme has no template called {name}",
        "{hint}",
        "What a template includes or extends must be in the folder `templates/` of the theme, or of the default theme.",
        "Write the name as the message suggests, or put the file into the theme's folder `templates/`.",
    ),
    "C020": Code(
        "warning",
        "the course's id is {id}, but course.lock says {before}",
        "to keep learners' records, write id: {given} in course.yml. If the new id is intended, delete the line {line} in course.lock",
        "An LMS keeps learners' records under the course's id: with another id everybody begins anew. Without `id:` in `course.yml` the id is "
        "the folder's name, so renaming the folder changes it too. `scormgen build --locked` reports this as an error.",
        "Write the former id in `course.yml`. If the new one is intended, delete the line `course …` in `course.lock`: the next build writes the new id.",
    ),
    "C021": Code(
        "warning",
        "this front matter has no effect in a course: {keys}",
        "{hint}",
        "Files that are also read by another tool may have keys of that tool in their front matter. scormgen does nothing with them.",
        "Take the keys out. If another tool needs them, write `rules: {C021: off}` in `scormgen.yml`.",
    ),
    "C026": Code(
        "error",
        "this text has a character in it that no page can show: {sign}",
        "take it out, or write what was meant",
        "Control characters and halves of characters, which YAML allows as escapes, cannot be part of HTML, of a manifest or of a file name.",
    ),
    "C027": Code(
        "error",
        "this file has more than {limit} keys and values",
        "keep those that the course needs",
        "No course has so many. A file of another kind may have got its name, and reading it could take very long.",
    ),
    "C030": Code(
        "error",
        "the theme's template does not fit the content security policy: {why}",
        "{hint}",
        "Every page of a package holds a content security policy, which is what keeps a script or form that gets into it from doing harm. A template "
        "without it leaves the page open; what the policy stops, learners would not see, and nobody would be told.",
        'Write `<meta http-equiv="Content-Security-Policy" content="{{ policy }}">` behind the charset in `sco.html`, and take out or move what the message names.',
    ),
    "C031": Code(
        "error",
        "there is no target named {name}",
        "{hint}",
        "A target is what a course is built for: an LMS with SCORM 1.2, or the web.",
    ),
    "C017": Code(
        "warning",
        "the player has no words in the language {language}: learners would see its buttons and messages in English",
        "{hint}",
        "Back, Next, the results and every message of the player are words too. A page in one language with buttons in another is hard to use, and is read aloud with the wrong sounds (WCAG 2.2, 3.1.2).",
        "Write the words in `strings/LANGUAGE.yml` of the workspace; `scormgen new strings LANGUAGE` makes the file.",
    ),
    "C018": Code(
        "error",
        "{name} is not one of the player's words",
        "{hint}",
        "A name that is spelt wrong would leave its word in English, and nobody would know.",
        "Write the name as the message suggests, or take it out.",
    ),
    "C019": Code(
        "warning",
        "{count} of the player's {all} words are missing in the language {language}: {first}",
        "translate them here; until then learners see them in English",
        "Two languages in one screen are hard to read, and are read aloud with the wrong sounds (WCAG 2.2, 3.1.2).",
    ),
}
