"""L: links, images and media files."""

from __future__ import annotations

from scormgen.problems.codes.code import Code

CODES: dict[str, Code] = {
    "L001": Code(
        "error",
        "the file {target} does not exist",
        "{hint}",
        "Learners would see a broken picture or a dead link.",
        "Write the path as the message suggests, or put the file there. Capitals count.",
    ),
    "L002": Code(
        "error",
        "{target} leads out of the course",
        "copy it into the course's folder or into courses/_shared",
        "A package holds what is in the course and in `courses/_shared`: a file from elsewhere is another one on another machine.",
    ),
    "L003": Code(
        "error",
        "the page {target} does not exist",
        "{hint}",
        "The link would lead nowhere.",
        "Link to a Markdown file of the course.",
    ),
    "L004": Code(
        "error",
        "the page {file} has no heading {anchor}",
        "{hint}",
        "The link would lead to the top of the page, or nowhere.",
        "Link to a heading that is there; GitHub's anchors and {#ids} both work.",
    ),
    "L005": Code(
        "error",
        "{target} is in another module of a multi-SCO course",
        "name the module in the text instead: each SCO stands alone, a link cannot cross",
        "Each SCO is launched by the LMS; a link from one to another shows it without its tracking.",
    ),
    "L006": Code(
        "error", "{target} is a folder", "link to a file in it", "A folder is not something that a learner can open."
    ),
    "L007": Code(
        "error",
        "the address scheme of {target} cannot be used",
        "use https:, http:, mailto:, tel: or sms:",
        "Other schemes run scripts, open local files, or do nothing at all.",
    ),
    "L008": Code(
        "error",
        "the file {target} is on another server",
        "put the file into the course: learners' networks may block it",
        "Corporate networks block other servers, they log learners' addresses, and the file may be gone tomorrow.",
    ),
    "L009": Code(
        "error",
        "the captions {target} are not valid WebVTT: {why}",
        "mend the cue",
        "Browsers drop a caption file that is not valid, without a word to the learner who needs it.",
    ),
    "L010": Code(
        "error",
        "the theme has no file {target}",
        "{hint}",
        "Learners would see the page without the picture, or in another font.",
        "Write the address as the message suggests, or put the file into the theme's folder. It counts from the style sheet; capitals count.",
    ),
    "L011": Code(
        "error",
        "{target} leads out of the theme's folder",
        "copy the file into {folder}",
        "A package holds what is in the theme's folder: a file from elsewhere is another one on another machine.",
    ),
    "L012": Code(
        "error",
        "{target} in the style sheet is on another server",
        "put the file into {folder}: learners' networks may block other servers",
        "Corporate networks block other servers, and a font from one of them tells that server who takes the course.",
    ),
    "L013": Code(
        "error",
        "{what} cannot be used in a theme's style sheet",
        "{hint}",
        "Browsers would drop it, or look for a file that is not in the package.",
        "Keep all rules in `style.css` or `tokens.css`, and name files of the theme's folder.",
    ),
    "L014": Code(
        "error",
        "the address {target} begins at the top of a site",
        "{hint}",
        "An LMS puts a course into a folder of its own: an address that begins with / leads to the LMS's files.",
        "Write the address from the file that it stands in.",
    ),
}
