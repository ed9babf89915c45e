"""Q: questions."""

from __future__ import annotations

from scormgen.problems.codes.code import Code

CODES: dict[str, Code] = {
    "Q001": Code(
        "error",
        "the question has no text",
        "write it after {word}:",
        "The menu, reports and screen readers identify a question by its text.",
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
        "error", "the question has only one option", "add at least one wrong answer", "There is nothing to choose."
    ),
    "Q005": Code(
        "error",
        "unknown attribute {key}",
        "{hint}",
        "A misspelt attribute would have no effect, and nobody would notice.",
        "Write the attribute as the message suggests, or remove it.",
    ),
    "Q006": Code(
        "error",
        "no question kind is called {name}",
        "{hint}",
        "A question of an unknown kind cannot be shown or marked.",
        "Write type= with an existing kind, or leave it out.",
    ),
    "Q007": Code(
        "error",
        "{key} must be {wanted}, not {got}",
        "write {example}",
        "A value that is not understood would be replaced by the default without a message.",
    ),
    "Q008": Code(
        "error",
        "the question has a second list of options",
        "keep one task list in a question; put other lists before its heading or under the next one",
        "It is not clear which list has the answers.",
    ),
    "Q009": Code(
        "error",
        "the option has no text",
        "write the answer after the box",
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
        "this text is after the options",
        "put it before the options, in a note (> **Explanation:** …), or under a separate heading",
        "Learners would read text below the options after they have answered, or never.",
    ),
    "Q012": Code(
        "error",
        "no option is marked as right",
        "put an x in the box of the right answer: - [x]",
        "Nobody could ever answer it right.",
    ),
    "Q013": Code(
        "error",
        "this list item has no box",
        "write - [ ] for a wrong answer, - [x] for a right one, with one character in the box",
        "It is not clear whether it is an answer, and whether it is right.",
    ),
    "Q014": Code(
        "error", "every option is marked as right", "leave the wrong ones empty: - [ ]", "Everybody would be right."
    ),
    "Q015": Code(
        "error",
        "a {kind} question has {count} right answers",
        "{hint}",
        "A question of this kind cannot have this number of right answers.",
        "Mark one option as right, or write type=multiple.",
    ),
    "Q016": Code("error", "the note {label} is used twice", "keep one of them", "One of the two would be lost."),
    "Q017": Code(
        "error",
        "the question is inside {where}",
        "move its heading out, to the left edge of the page",
        "A question inside a list or quote would be shown as plain text.",
    ),
    "Q018": Code(
        "error",
        "all {limit} letters of this question have been used, some by options that were deleted",
        "give the question a new id: it is no longer the question that learners answered",
        "A letter means the same answer in all reports, so it is never given to another one.",
    ),
    "Q019": Code(
        "error",
        "this item of a matching question has no arrow",
        "write each pair as - Water -> Paper and wood, with a space on each side of the arrow",
        "It is not clear which two texts belong together.",
    ),
    "Q020": Code(
        "error",
        "this is neither a pair nor a decoy",
        "write a pair as - Water -> Paper and wood, a decoy as - [ ] -> Gas leaks",
        "A pair needs two sides, a decoy one.",
    ),
    "Q021": Code(
        "error",
        "an ordering question needs a numbered list",
        "write the right order as 1. 2. 3.; learners see it shuffled",
        "The numbers show the right order.",
    ),
    "Q022": Code(
        "error",
        "the answer is longer than the {limit} characters that an LMS can keep",
        "ask for something shorter",
        "SCORM 1.2 keeps 255 characters of a typed answer: a longer right answer could never be recorded.",
    ),
    "Q023": Code(
        "error",
        "the answer to a typed question must be one line of text",
        "remove further lines, pictures and {{pin}}; write feedback as a quote below the answer",
        "Learners type one line, which could never match an answer of several lines.",
    ),
    "Q024": Code(
        "error",
        "{text} is not a number that an answer can be compared with",
        "write 15, 15 ± 5 or 10..20, with a point before decimals",
        "No answer could ever be right.",
    ),
    "Q025": Code(
        "error",
        "a question with gaps cannot have options",
        "remove the [[gaps]], or split it into two questions",
        "A question can be answered in only one way.",
    ),
    "Q026": Code(
        "error",
        "the question has no gap",
        "write the answer in the text as [[Service Desk]]; separate several answers with |",
        "There is nothing to fill in.",
    ),
    "Q027": Code(
        "error",
        "the gap has no answer of at most 255 characters",
        "write it as [[Service Desk]] or [[= 15 ± 5]]",
        "No answer could ever be right.",
    ),
    "Q028": Code(
        "error",
        "the survey does not show what it asks for",
        "give it scale=agree5 and a list of statements, type=text alone, or a list of answers with empty boxes",
        "Learners could not answer it.",
    ),
    "Q029": Code(
        "error",
        "a survey has no right answers",
        "leave every box empty: - [ ]; a statement of a scale has no box",
        "A survey asks for opinions, which are never marked as right or wrong.",
    ),
    "Q030": Code(
        "error",
        "the scenario has no scenes",
        "add a sub-heading for each scene, and links to them: - [Ask them](#ask-them)",
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
    "Q033": Code("error", "no decision leads to this scene", "link to it, or remove it", "Nobody would ever see it."),
    "Q034": Code(
        "error",
        "no ending can be reached from this scene",
        "add a decision that leads to a scene without decisions: such a scene is an ending",
        "A learner who comes to this scene could never finish.",
    ),
    "Q035": Code(
        "error",
        "this looks like an option or item of the list, but is not read as one",
        "write {example} on a line of its own, as far to the left as the others; if it is only text, put it in a code"
        " span",
        "A dash without a space after it, or an unusual box, does not start a list item: the text would become part of"
        " the option before it, and show which answer is right.",
        "Write - [ ] for a wrong answer and - [x] for a right one, with one space after the dash and one after the"
        " box.",
    ),
    "Q036": Code(
        "error",
        "this option is inside another list item",
        "start its line as far to the left as the first option",
        "An indented option becomes part of the one above it, and learners would see its box with the answer.",
    ),
    "Q037": Code(
        "error",
        "{text} is not read as an arrow",
        "write -> with a space on each side: - Water -> Paper and wood",
        "Only -> makes a pair. Other arrows are text, and the pair would be a single option.",
    ),
    "Q038": Code(
        "error",
        "{why}",
        "write the answer in the text below the heading, as [[Service Desk]]",
        "Brackets that do not match do not make a gap: learners would read the answer.",
    ),
    "Q039": Code(
        "error",
        "{label} looks like a note, but is not read as one",
        "write {example}",
        "Text that is not recognised as a note is shown before learners answer, or taken as feedback.",
    ),
    "Q040": Code(
        "error",
        "this quote is not under an option",
        "indent it by two spaces to make it feedback to the option above; a note begins with > **Explanation:**",
        "A quote at the left edge ends the list: what follows would be a second list.",
    ),
    "Q041": Code(
        "error",
        "{text} does not start a {kind}",
        "did you mean {example}? The words are the same in every language, and have no number; if it is an ordinary"
        " heading, {otherwise}",
        "Text that looks like a question but is not one is shown as text: learners would see which boxes are ticked.",
    ),
    "Q042": Code(
        "warning",
        "the list below {text} shows learners which boxes are ticked",
        "start the heading with Q: to make it a question; for a plain checklist, choose a heading that asks nothing",
        "Outside a question, a task list is a checklist, and its ticks are shown.",
    ),
    "Q043": Code(
        "error",
        "this pool is not in an assessment",
        "add assessment: {{}} to the front matter of the file, or rename the heading",
        "Outside an assessment, no questions are drawn, and learners would see the name of the pool.",
    ),
    "Q044": Code(
        "error",
        "a decoy must be one line of text without feedback",
        "remove this, or write it in a note (> **Explanation:** …)",
        "Text below a decoy would never be shown.",
    ),
    "Q045": Code(
        "error",
        "the right side of a pair cannot contain a picture",
        "put the picture on the left side, or write what it shows",
        "Learners choose the right side from a list, which shows only text.",
    ),
    "Q046": Code(
        "error",
        "a question cannot be part of the card {card}",
        "give its heading as many # as the card's, or put it before the card",
        "The take-away page shows every card again, and a question is asked once.",
    ),
    "Q047": Code(
        "error",
        "a gap cannot be in an address, a tag or the description of a picture",
        "write the gap in the text",
        "Learners could not see it, and so could not fill it in.",
    ),
    "Q101": Code(
        "warning",
        "the question has no feedback",
        "write feedback under each option (> …), or one explanation after the options (> **Explanation:** …)",
        "Learners remember a reason better than the words right or wrong.",
    ),
    "Q102": Code(
        "warning",
        "the right answer is the longest in {count} of {total} questions",
        "make wrong answers longer or right ones shorter, until the length reveals nothing",
        "People who do not know the answer choose the longest one. Such a set is very unlikely to be chance.",
    ),
    "Q103": Code(
        "warning",
        "the right answer is option {position} in {count} of {total} questions",
        "vary the position of the right answers, or add shuffle: [options]",
        "Learners notice it, and pass without reading. Such a set is very unlikely to be chance.",
    ),
    "Q104": Code(
        "warning",
        "the option {text} is about the other options, not about the subject",
        "write out the right answers as options, and mark each with [x]",
        "A learner who knows that one answer is wrong, or that two are right, finds the answer without knowing the"
        " rest. When options are shuffled, it may even point to the wrong ones.",
    ),
    "Q105": Code(
        "warning",
        "the question is negative, and the negative word is not emphasised",
        "write {stressed}, or ask a positive question",
        "Readers in a hurry miss the word, and answer the opposite of what they know.",
    ),
    "Q106": Code(
        "warning",
        "the option {text} is used twice",
        "change or remove one of them",
        "A learner who picks the other one is marked wrong for the same text.",
    ),
    "Q107": Code(
        "warning",
        "one option is {times} times as long as the others",
        "make the options similar in length; move further details into the feedback",
        "Learners choose or avoid an option because it looks different.",
    ),
    "Q108": Code(
        "warning",
        "the question has no id",
        "write {{#{id}}} after its heading; scormgen check --fix does",
        "LMS reports identify a question by its id. Without one, the id is made from the text, and in a new course it"
        " changes when the text changes.",
    ),
}
