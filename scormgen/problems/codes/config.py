"""C: course.yml, scormgen.yml, front matter, course.lock."""

from __future__ import annotations

from scormgen.problems.codes.code import Code

CODES: dict[str, Code] = {
    "C001": Code(
        "error",
        "this is not valid YAML: {why}",
        'put quotation marks around a text that has a colon or begins with a sign such as [ or @, as in title: "Fire:'
        ' what to do"; otherwise check the indentation here and in the line before',
        "Settings that cannot be read have no effect, and scormgen does not guess them.",
    ),
    "C002": Code(
        "error",
        "unknown key {key}",
        "{hint}",
        "A misspelt key would have no effect, and nobody would notice.",
        "Write the key as the message suggests, or remove it.",
    ),
    "C003": Code(
        "error", "the key {key} is used twice", "keep one of them", "It is not clear which of the two is meant."
    ),
    "C004": Code(
        "error",
        "{key} must be {wanted}, not {got}",
        "write {example}",
        "A value that is not understood would be replaced by the default without a message.",
    ),
    "C005": Code(
        "error",
        "the key {key} is missing",
        "add {example}",
        "An LMS shows the title in its catalogue, and cannot import a package without one.",
    ),
    "C006": Code(
        "error",
        "{value} cannot be an id",
        "use letters, digits, '-', '_' and '.', and start with a letter: {example}",
        "Ids become XML identifiers, file names and keys in the LMS, which allow only these characters.",
    ),
    "C007": Code(
        "error",
        "completion requires an assessment, but the course has none",
        "add a module with assessment: in its front matter, or remove it from completion.require",
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
        "review the course, then set review_by to a later date",
        "Facts, numbers and laws change. Learners rely on what the course says.",
    ),
    "C010": Code(
        "error",
        "no theme is called {name}",
        "{hint}",
        "Without the theme, learners would see a design that nobody has chosen.",
        "Name a folder in themes/, or default.",
    ),
    "C011": Code(
        "error",
        "course.lock cannot be used: {why}",
        "restore the last good version from version control; without it, learners lose their progress",
        "The lock records which slot and letter each page, question and option has in learners' records. A guess could"
        " mix them up.",
    ),
    "C012": Code(
        "error",
        "course.lock is not up to date: {what}",
        "run scormgen build without --locked and commit course.lock",
        "If the lock is not committed, a later build may give the same slots to other questions.",
    ),
    "C013": Code(
        "error",
        "the objective {name} is not one of the course's",
        "{hint}",
        "The results by objective would not include this question.",
        "Write an id from objectives: in course.yml, or add the objective there.",
    ),
    "C014": Code(
        "warning",
        "no question has the objective {name}",
        "add objective={id} in the braces of a question's heading, as in {{#some-id objective={id}}}, or remove the"
        " objective",
        "An objective without a question can never be met, and the LMS always shows it as not attempted.",
    ),
    "C015": Code(
        "error",
        "{name} is not a rule that can be set",
        "{hint}",
        "A misspelt rule would not be set, and nobody would notice.",
        "Name a rule or a warning; scormgen rule lists them.",
    ),
    "C016": Code(
        "error",
        "this template cannot be used: {why}",
        "correct this line, or delete the file: the default theme's template is then used",
        "A page cannot be shown without its template.",
    ),
    "C023": Code(
        "error",
        "a template must not do this: {why}",
        "remove it; docs/themes.md lists what a template can use",
        "A theme may come from somebody else, and a build runs on your machine. Templates run in a sandbox: they turn"
        " the course's texts into HTML, and cannot access files, commands or Python's internals.",
    ),
    "C024": Code(
        "error",
        "this template does too much work: {why}",
        "use shorter loops, or remove what is not needed",
        "A template without limits could keep a build running forever, or use up the machine's memory.",
    ),
    "C025": Code(
        "error",
        "the theme has no template called {name}",
        "{hint}",
        "A file that a template includes or extends must be in the folder `templates/` of the theme or of the default"
        " theme.",
        "Write the name as the message suggests, or put the file into the theme's folder `templates/`.",
    ),
    "C020": Code(
        "warning",
        "the course's id is {id}, but course.lock says {before}",
        "to keep learners' records, write id: {given} in course.yml. If the new id is intended, delete the line {line}"
        " in course.lock",
        "An LMS keeps learners' records under the course's id: with another id, all learners start from the beginning."
        " Without `id:` in `course.yml` the id is the folder's name, so renaming the folder changes it too. `scormgen"
        " build --locked` reports this as an error.",
        "Write the former id in `course.yml`. If the new id is intended, delete the line `course …` in `course.lock`;"
        " the next build writes the new one.",
    ),
    "C021": Code(
        "warning",
        "this front matter has no effect in a course: {keys}",
        "{hint}",
        "Files that another tool reads too may have keys of that tool in their front matter. scormgen ignores them.",
        "Remove the keys. If another tool needs them, write `rules: {C021: off}` in `scormgen.yml`.",
    ),
    "C026": Code(
        "error",
        "this text has a character that no page can show: {sign}",
        "remove it, or write the character that was meant",
        "Control characters and halves of characters, which YAML allows as escapes, cannot be part of HTML, of a"
        " manifest or of a file name.",
    ),
    "C027": Code(
        "error",
        "this file has more than {limit} keys and values",
        "keep those that the course needs",
        "No course has so many. It may be another kind of file with a wrong name, and reading it could take very long.",
    ),
    "C030": Code(
        "error",
        "the theme's template does not fit the content security policy: {why}",
        "{hint}",
        "Every page of a package has a content security policy, which prevents harm by a script or form that gets into"
        " the page. A template without it removes this protection. Anything that the policy blocks would be missing for"
        " learners, without a message.",
        'Write `<meta http-equiv="Content-Security-Policy" content="{{ policy }}">` directly after the charset in'
        " `sco.html`, and remove or move what the message names.",
    ),
    "C031": Code(
        "error",
        "there is no target named {name}",
        "{hint}",
        "A target is what a course is built for: an LMS with SCORM 1.2, or the web.",
        "Write `scorm12` or `web`.",
    ),
    "C017": Code(
        "warning",
        "the player has no texts in the language {language}: learners would see its buttons and messages in English",
        "{hint}",
        "Back, Next, results and messages are part of what learners read. A page in one language with buttons in"
        " another is hard to use, and is read aloud with the wrong sounds (WCAG 2.2, 3.1.2).",
        "Write the texts in `strings/LANGUAGE.yml` in the workspace; `scormgen new strings LANGUAGE` creates the file.",
    ),
    "C018": Code(
        "error",
        "{name} is not one of the player's texts",
        "{hint}",
        "A misspelt name would leave its text in English, and nobody would notice.",
        "Write the name as the message suggests, or remove it.",
    ),
    "C019": Code(
        "warning",
        "{count} of the player's {all} texts are missing in the language {language}: {first}",
        "translate them here; until then learners see them in English",
        "Two languages on one screen are hard to read, and are read aloud with the wrong sounds (WCAG 2.2, 3.1.2).",
    ),
}
