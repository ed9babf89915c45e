"""M: pages and their Markdown."""

from __future__ import annotations

from scormgen.problems.codes.code import Code

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
        "{hint}",
        "Only names are replaced. Anything else in braces is a mistake or should be shown as it is.",
        "Write {{ name }} with a name from variables: in course.yml; put braces that are text in a code span.",
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
        "{hint}",
        "scormgen has no template language: what looks like one would be shown to learners.",
        'Write {% include "file.md" %} in a paragraph of its own; take other tags out, or write what they stand for.',
    ),
    "M006": Code(
        "error",
        "the id {id} is used twice; first in {first}",
        "give one of them another id",
        "Ids name pages, questions and interactions: two with one id could not be told apart in a report.",
    ),
    "M030": Code(
        "error",
        "this is more text than can be read at once: {why}",
        "split it into several paragraphs, or put it between lines of ``` where it is code",
        "Some steps of Markdown take the square of a paragraph's length. The limits are far above what people can read, so the text may be a slip, or not be meant for readers.",
    ),
    "M031": Code(
        "error",
        "snippets bring too much into this file: {why}",
        "include each snippet once, where it is needed",
        "Snippets that include others can grow without end: ten levels of two includes each are a thousand snippets.",
    ),
    "M032": Code(
        "error",
        "this file has more paragraphs, list items and table cells than can be read",
        "split the file before this line",
        "No page is as long as this. A file of another kind may have got its name, and reading it could take very long.",
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
        "{hint}",
        "LMSs with a strict content security policy block it, and a form or script of its own breaks the player.",
        "Use the Markdown forms of the author's guide; where it is only text, put it into a code span.",
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
        "{hint}",
        "Browsers show nothing for an element that they do not know, and scormgen has no elements of its own.",
        "Use the Markdown forms of the author's guide; where it is only text, put it into a code span.",
    ),
    "M013": Code(
        "warning",
        "the {kind} {name} {what}",
        "use it, or take it out",
        "A definition that nothing refers to is not shown: what it says would be lost.",
    ),
    "M014": Code(
        "warning",
        "{text} is {what}{more}",
        "{hint}",
        "Markdown takes it for text, and learners see it as it is written.",
        "Write it as the message suggests; a backslash before it says that it is text.",
    ),
    "M015": Code(
        "error",
        "this is HTML from Microsoft Word",
        "{hint}",
        "Word writes fonts, margins and data of its own into each tag. Learners' systems block such styles, and they break the course's look.",
        "Run `scormgen check --fix`: it takes out `style`, `class=Mso…`, `<o:p>` and the like, and keeps the text. Pictures and formulas "
        "(`<v:…>`, `<m:…>`) have to be written again.",
    ),
    "M016": Code(
        "error",
        "{text} is {what}: learners would see its source{more}",
        "{hint}",
        "Learners would see the marks as they are written, and not what they stand for.",
        "Write what the message suggests. To show such marks, put them in a code span or a code block.",
    ),
    "M017": Code(
        "warning",
        "{text} is {what}: learners would see the mark itself{more}",
        "{hint}",
        "Each Markdown tool has marks of its own. Those that scormgen does not have stay text.",
        "Write what the message suggests. To show such a mark, put it in a code span or a backslash before it.",
    ),
    "M018": Code(
        "error",
        "{text} is {what}{more}",
        "{hint}",
        "GitHub and scormgen take a table for a table only where its second row has a column for each of the header, and they drop cells beyond those.",
        "Give header, delimiter row and rows the same number of columns.",
    ),
    "M019": Code(
        "error",
        "{text} is {what}{more}",
        "{hint}",
        "Learners would see the brackets, and look for what is not there.",
        "Write the note or the address, or the label as it stands there. Brackets that are text go into a code span.",
    ),
    "M020": Code(
        "warning",
        "{text} is {what}{more}",
        "{hint}",
        "Attributes work at headings, links, images, code and emphasis. Elsewhere learners see the braces, or nothing comes of them.",
        "Put them directly behind what they are for, or take them out.",
    ),
    "M021": Code(
        "warning",
        "{text} is {what}{more}",
        "{hint}",
        "A comment is not shown, so a mark that is spelt wrong vanishes without a word.",
        "Write the mark as the guide for authors has it, or take it out.",
    ),
    "M022": Code(
        "error",
        "not every browser shows {target}",
        "{hint}",
        "Learners would see a broken picture. What stands in an image's place must be a picture, a video or a sound that all browsers know.",
        "Convert pictures to .jpg, .png or .svg, video to .mp4 (H.264) and sound to .mp3; link to documents.",
    ),
    "M023": Code(
        "error",
        "{text} is {what}: learners would see the mark, and not what it stands for{more}",
        "{hint}",
        "The file, the link or the question that it stands for would be missing; a comment would be read by learners.",
        "Write what the message suggests. To show such a mark, put it in a code span or a backslash before it.",
    ),
    "M024": Code(
        "warning",
        "{text} is {what}{more}",
        "{hint}",
        "Only GitHub's five callouts become one. Another is a quote that begins with its mark.",
        "Write > [!NOTE], [!TIP], [!IMPORTANT], [!WARNING] or [!CAUTION] alone on the first line of a quote.",
    ),
    "M025": Code(
        "warning",
        "this row has {what}{more}",
        "{hint}",
        "The cells that are missing are empty. Often the line is not meant to be a row, or a bar was forgotten.",
        "Give each row a cell for each column; put an empty line between a table and the text after it.",
    ),
    "M026": Code(
        "error",
        "{what} cannot be used in a course",
        "{hint}",
        "A course is shown inside a learning system: HTML that reaches beyond its page, or that nobody has looked at, may break both. "
        "scormgen has a list of elements and attributes that are safe, and nothing else gets into a package.",
        "Take it out, or write in Markdown what it is for.",
    ),
    "M027": Code(
        "error",
        "a browser would find {what} on this page, which a course cannot hold",
        "write it in another way, or put it into a code span",
        "The HTML that Markdown, variables and raw HTML make together is read as a browser reads it, before it goes into a package.",
    ),
    "M101": Code(
        "off",
        "no question is about this page",
        "add a knowledge check, or an assessed question with one of its objectives",
        "For courses where everything that is taught must be checked. Off unless `scormgen.yml` asks for it.",
    ),
}
