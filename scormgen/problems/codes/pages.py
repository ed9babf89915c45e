"""M: pages and their Markdown."""

from __future__ import annotations

from scormgen.problems.codes.code import Code

CODES: dict[str, Code] = {
    "M001": Code(
        "error",
        "the variable {name} is not defined",
        "{hint}",
        "Learners would see the braces instead of the number to call.",
        "Add the name under variables: in course.yml, or correct its spelling.",
    ),
    "M002": Code(
        "error",
        "this is not a variable: {text}",
        "{hint}",
        "Only names are replaced. Anything else in braces is a mistake, or should be shown as text.",
        "Write {{ name }} with a name from variables: in course.yml; put braces that are text in a code span.",
    ),
    "M003": Code(
        "error",
        "the snippet {name} cannot be found",
        "{hint}",
        "The text of the snippet would be missing.",
        "Put the file in the folder of the page, in the course's folder or in courses/_shared.",
    ),
    "M004": Code(
        "error", "{name} includes itself: {chain}", "remove one of these includes", "The page would never end."
    ),
    "M005": Code(
        "error",
        "this is not an include that scormgen knows: {text}",
        "{hint}",
        "scormgen has no template language: learners would see this tag as text.",
        'Write {% include "file.md" %} in a paragraph of its own. Remove other tags, or write the text that they stand'
        " for.",
    ),
    "M006": Code(
        "error",
        "the id {id} is used twice; first in {first}",
        "give one of them another id",
        "Ids identify pages, questions and interactions: a report could not distinguish two with the same id.",
    ),
    "M030": Code(
        "error",
        "this text is too long to be processed: {why}",
        "split it into several paragraphs, or, if it is code, put it between lines of ```",
        "The time for some Markdown steps grows with the square of a paragraph's length. The limits are far above what"
        " people can read, so the text is probably a mistake, or not meant for readers.",
    ),
    "M031": Code(
        "error",
        "snippets add too much to this file: {why}",
        "include each snippet once, where it is needed",
        "Snippets that include other snippets grow very fast: ten levels with two includes each are a thousand"
        " snippets.",
    ),
    "M032": Code(
        "error",
        "this file has more paragraphs, list items and table cells than can be processed",
        "split the file before this line",
        "No page is this long. It may be another kind of file with a wrong name, and reading it could take very long.",
    ),
    "M007": Code(
        "error",
        "blocks are nested too deeply",
        "use fewer than 30 levels of lists and quotes",
        "This is far more than a reader can follow, and Markdown tools read it in different ways.",
    ),
    "M008": Code("error", "{mark} is not closed", "add {close}", "Everything below would become part of it."),
    "M009": Code(
        "error",
        "{tag} closes nothing that is open here",
        "check the HTML tags of this page: every opened tag must be closed, in the right order",
        "Browsers repair such HTML in ways that break the page around it.",
    ),
    "M010": Code(
        "error",
        "{tag} cannot be used in a course",
        "{hint}",
        "LMSs with a strict content security policy block it, and forms or scripts of an author can break the player.",
        "Use the Markdown features of the guide for authors; if it is only text, put it in a code span.",
    ),
    "M011": Code(
        "error",
        "tabs need a heading for each tab",
        "start each tab with a heading",
        "Learners choose a tab by its heading.",
    ),
    "M012": Code(
        "error",
        "{tag} is not an HTML element that learners would see",
        "{hint}",
        "Browsers show nothing for an element that they do not know, and scormgen has no elements of its own.",
        "Use the Markdown features of the guide for authors; if it is only text, put it in a code span.",
    ),
    "M013": Code(
        "warning",
        "the {kind} {name} {what}",
        "use it, or remove it",
        "A definition that nothing refers to is not shown, so learners would not see its text.",
    ),
    "M014": Code(
        "warning",
        "{text} is {what}{more}",
        "{hint}",
        "Markdown treats it as text, and learners see it as it is written.",
        "Write it as the message suggests; if it is meant as text, put a backslash before it.",
    ),
    "M015": Code(
        "error",
        "this is HTML from Microsoft Word",
        "{hint}",
        "Word writes fonts, margins and its own data into each tag. Some LMSs block such styles, and they break the"
        " course's design.",
        "Run `scormgen check --fix`: it removes `style`, `class=Mso…`, `<o:p>` and the like, and keeps the text. You"
        " must add pictures and formulas (`<v:…>`, `<m:…>`) again.",
    ),
    "M016": Code(
        "error",
        "{text} is {what}: learners would see its source{more}",
        "{hint}",
        "Learners would see the syntax, and not what it stands for.",
        "Write what the message suggests. To show the syntax itself, put it in a code span or a code block.",
    ),
    "M017": Code(
        "warning",
        "{text} is {what}: learners would see the mark itself{more}",
        "{hint}",
        "Markdown tools have different extensions. The marks of extensions that scormgen does not have stay text.",
        "Write what the message suggests. To show the mark itself, put it in a code span, or put a backslash"
        " before it.",
    ),
    "M018": Code(
        "error",
        "{text} is {what}{more}",
        "{hint}",
        "GitHub and scormgen recognise a table only if its second row has as many columns as its header, and they drop"
        " any further cells.",
        "Give the header, the delimiter row and all other rows the same number of columns.",
    ),
    "M019": Code(
        "error",
        "{text} is {what}{more}",
        "{hint}",
        "Learners would see the brackets, and look for something that does not exist.",
        "Add the note or the address, or correct the label. Put brackets that are meant as text in a code span.",
    ),
    "M020": Code(
        "warning",
        "{text} is {what}{more}",
        "{hint}",
        "Attributes work on headings, links, images, code and emphasis. Elsewhere, learners see the braces, or the"
        " attributes have no effect.",
        "Put them directly after the element that they are for, or remove them.",
    ),
    "M021": Code(
        "warning",
        "{text} is {what}{more}",
        "{hint}",
        "A comment is not shown, so a misspelt mark disappears without a message.",
        "Write the mark as in the guide for authors, or remove it.",
    ),
    "M022": Code(
        "error",
        "not every browser shows {target}",
        "{hint}",
        "Learners would see a broken picture. An image must be a picture, a video or a sound in a format that all"
        " browsers support.",
        "Convert pictures to .jpg, .png or .svg, video to .mp4 (H.264) and sound to .mp3; link to documents.",
    ),
    "M023": Code(
        "error",
        "{text} is {what}: learners would see the mark, and not its content{more}",
        "{hint}",
        "The file, link or question would be missing, or learners would see a comment.",
        "Write what the message suggests. To show the mark itself, put it in a code span, or put a backslash"
        " before it.",
    ),
    "M024": Code(
        "warning",
        "{text} is {what}{more}",
        "{hint}",
        "Only GitHub's five callouts are shown as callouts. Any other mark is shown as text in a quote.",
        "Write > [!NOTE], [!TIP], [!IMPORTANT], [!WARNING] or [!CAUTION] alone on the first line of a quote.",
    ),
    "M025": Code(
        "warning",
        "this row has {what}{more}",
        "{hint}",
        "The missing cells would be empty. Often the line is not meant to be a row, or a | is missing.",
        "Give each row a cell for each column; put an empty line between a table and the text after it.",
    ),
    "M026": Code(
        "error",
        "{what} cannot be used in a course",
        "{hint}",
        "A course runs inside an LMS: HTML that affects more than its own page can break both. "
        "scormgen has a list of safe elements and attributes, and nothing else gets into a package.",
        "Remove it, or write the same content in Markdown.",
    ),
    "M027": Code(
        "error",
        "a browser would find {what} on this page, which a course cannot contain",
        "write it in another way, or put it in a code span",
        "Markdown, variables and raw HTML together give the HTML of a page. It is parsed as a browser would parse it,"
        " before it goes into a package.",
    ),
    "M101": Code(
        "off",
        "no question is about this page",
        "add a knowledge check, or an assessed question with one of its objectives",
        "For courses in which every page must be covered by a question. Off by default.",
    ),
}
