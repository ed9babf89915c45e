"""Q: questions."""

from __future__ import annotations

from scormgen.codes.code import Code

CODES: dict[str, Code] = {
    "Q001": Code(
        "error",
        "the question has no text",
        "write it behind {word}:",
        "The menu, the report and a screen reader name a question by its text.",
    ),
    "Q002": Code(
        "error",
        "the question has no options",
        "add a task list: - [x] for the right answer, - [ ] for the others",
        "A question without options cannot be answered.",
    ),
    "Q003": Code(
        "error",
        "the question has {count} options; {limit} can be reported",
        "split the question, or use fewer options",
        "SCORM 1.2 names options by one character: a to z and 0 to 9.",
    ),
    "Q004": Code(
        "error", "the question has one option only", "add at least one wrong answer", "There is nothing to choose."
    ),
    "Q005": Code(
        "error",
        "unknown attribute {key}",
        "{hint}",
        "An attribute that is spelt wrong would have no effect, and nobody would know.",
        "Write the attribute as the message suggests, or take it out.",
    ),
    "Q006": Code(
        "error",
        "no question kind is called {name}",
        "{hint}",
        "A question of a kind that nobody knows cannot be shown or marked.",
        "Write type= with a kind that there is, or leave it out.",
    ),
    "Q007": Code(
        "error",
        "{key} must be {wanted}, not {got}",
        "write {example}",
        "A value that is not understood would silently become a default.",
    ),
    "Q008": Code(
        "error",
        "the question has a second list of options",
        "keep one task list in a question; other lists go before the heading or under the next",
        "Which list holds the answers cannot be known.",
    ),
    "Q009": Code(
        "error",
        "the option has no text",
        "write the answer behind the box",
        "Learners cannot choose what they cannot read.",
    ),
    "Q010": Code(
        "error",
        "unknown note {label}",
        "{hint}",
        "The note would be lost.",
        "Write Hint, Correct, Wrong or Explanation.",
    ),
    "Q011": Code(
        "error",
        "this text stands after the options",
        "put it before them, into a note (> **Explanation:** …), or under a heading of its own",
        "Text below the options is read after the learner has answered, or never.",
    ),
    "Q012": Code(
        "error",
        "no option is marked as right",
        "put an x in the box of the right answer: - [x]",
        "Nobody could ever answer it right.",
    ),
    "Q013": Code(
        "error",
        "this item of the list has no box",
        "write - [ ] for a wrong answer, - [x] for a right one, with one character in the box",
        "Whether it is an answer, and a right one, would be a guess.",
    ),
    "Q014": Code(
        "error", "every option is marked as right", "leave the wrong ones empty: - [ ]", "Everybody would be right."
    ),
    "Q015": Code(
        "error",
        "a {kind} question has {count} right answers",
        "{hint}",
        "The kind that was named cannot be marked so.",
        "Leave one option right, or write type=multiple.",
    ),
    "Q016": Code("error", "the note {label} stands here twice", "keep one of them", "One of the two would be lost."),
    "Q017": Code(
        "error",
        "the question stands inside {where}",
        "move its heading out, to the left edge of the page",
        "A question inside a list or quote would be shown as plain text.",
    ),
    "Q018": Code(
        "error",
        "all {limit} letters of this question have been used, some by options that are gone",
        "give the question a new id: it is no longer the question that learners answered",
        "A letter that was given away once means that answer in every report since. It is never given to another.",
    ),
    "Q019": Code(
        "error",
        "this item of a matching has no arrow",
        "write each pair as - Water -> Paper and wood, with spaces round the arrow",
        "Which two belong together would be a guess.",
    ),
    "Q020": Code(
        "error",
        "this is neither a pair nor a decoy",
        "write a pair as - Water -> Paper and wood, a decoy as - [ ] -> Gas leaks",
        "A pair needs two sides, a decoy one.",
    ),
    "Q021": Code(
        "error",
        "an ordering needs a numbered list",
        "write the right order as 1. 2. 3.; learners see it mixed",
        "The numbers are what gives the right order.",
    ),
    "Q022": Code(
        "error",
        "the answer is longer than the {limit} characters that an LMS can keep",
        "ask for something shorter",
        "SCORM 1.2 keeps 255 characters of a typed answer: a right one could never be recorded.",
    ),
    "Q023": Code(
        "error",
        "the answer to a typed question is one line of text",
        "take further paragraphs and {{pin}} out; feedback is a quote under it",
        "Learners type one line; an answer of several could never be matched.",
    ),
    "Q024": Code(
        "error",
        "{text} is not a number that an answer can be compared with",
        "write 15, 15 ± 5 or 10..20, with a point before decimals",
        "No answer could ever be right.",
    ),
    "Q025": Code(
        "error",
        "a question with gaps has no options",
        "take the [[gaps]] out, or make two questions of it",
        "A question is answered in one way.",
    ),
    "Q026": Code(
        "error",
        "the question has no gap",
        "write the answer in the text as [[Service Desk]]; several are parted by |",
        "There is nothing to fill in.",
    ),
    "Q027": Code(
        "error",
        "the gap has no answer of at most 255 characters",
        "write it as [[Service Desk]] or [[= 15 ± 5]]",
        "No text could ever fill it.",
    ),
    "Q028": Code(
        "error",
        "it cannot be seen what the survey asks for",
        "give it scale=agree5 and a list of statements, type=text alone, or a list of answers with empty boxes",
        "Learners could not answer it.",
    ),
    "Q029": Code(
        "error",
        "a survey has no right answers",
        "leave every box empty: - [ ]; a statement of a scale has no box",
        "A survey asks for opinions; nobody is marked for one.",
    ),
    "Q030": Code(
        "error",
        "the scenario has no scenes",
        "give it a sub-heading for each scene, and links to them: - [Ask them](#ask-them)",
        "There is nothing to decide.",
    ),
    "Q031": Code(
        "error",
        "this decision leads nowhere",
        "write it as a link to a scene: - [Ask them](#ask-them)",
        "The learner would be stuck.",
    ),
    "Q032": Code(
        "error",
        "the scenario has no scene {name}",
        "{hint}",
        "The learner would be stuck.",
        "Link to the id or the heading of a scene.",
    ),
    "Q033": Code("error", "no decision leads to this scene", "link to it, or take it out", "Nobody would ever see it."),
    "Q034": Code(
        "error",
        "from this scene no end can be reached",
        "lead it to a scene without decisions: that is an end",
        "Who comes there could never finish.",
    ),
    "Q101": Code(
        "warning",
        "the question has no feedback",
        "say why under each option (> …) or once below them (> **Explanation:** …)",
        "Right or wrong teaches little. Why it is right is what people remember.",
    ),
    "Q102": Code(
        "warning",
        "the right answer is the longest in {count} of {total} questions",
        "lengthen wrong answers or shorten right ones until length tells nothing",
        "People who know nothing choose the longest answer. Chance alone would very rarely give a set like this.",
    ),
    "Q103": Code(
        "warning",
        "the right answer is option {position} in {count} of {total} questions",
        "spread the right answers, or write shuffle: [options]",
        "Learners notice, and pass without reading. Chance alone would very rarely give a set like this.",
    ),
    "Q104": Code(
        "warning",
        "the option {text} asks about the other options, not about the matter",
        "name what is right, and let several be chosen: more than one [x]",
        "Who knows that one answer is wrong, or that two are right, has the answer without knowing the rest. Shuffled, it even points the wrong way.",
    ),
    "Q105": Code(
        "warning",
        "the question asks for what is not so, and does not stress it",
        "write {stressed}, or ask for what is so",
        "A reader in a hurry misses the word and answers the opposite of what they know.",
    ),
    "Q106": Code(
        "warning",
        "the option {text} stands here twice",
        "change one of them or take it out",
        "A learner who picks the other one is marked wrong for the same words.",
    ),
    "Q107": Code(
        "warning",
        "one option is {times} times as long as the others",
        "make the options alike: what is said about one belongs into the feedback",
        "An answer that stands out is chosen, or avoided, for its looks.",
    ),
    "Q108": Code(
        "warning",
        "the question has no id of its own",
        "write {{#{id}}} behind its heading; scormgen check --fix does",
        "Reports of an LMS name a question by its id. Made of its text, the id of a new course would change with the text.",
    ),
}
