"""L: links, images and media files."""

from __future__ import annotations

from scormgen.problems.codes.code import Code

CODES: dict[str, Code] = {
    "L001": Code(
        "error",
        "the file {target} does not exist",
        "{hint}",
        "Learners would see a broken picture or a dead link.",
        "Write the path as the message suggests, or put the file there. Capital and small letters are different.",
    ),
    "L002": Code(
        "error",
        "{target} leads out of the course",
        "copy it into the course's folder or into courses/_shared",
        "A package contains only files from the course and from `courses/_shared`: a file from elsewhere may be"
        " different on another machine.",
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
        "name the module in the text instead: a link cannot lead from one SCO to another",
        "The LMS launches each SCO separately. Opened by a link from another SCO, it would not be tracked.",
    ),
    "L006": Code("error", "{target} is a folder", "link to a file in it", "Learners cannot open a folder."),
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
        "Corporate networks block other servers, those servers can log learners' addresses, and the file may"
        " disappear.",
    ),
    "L009": Code(
        "error",
        "the captions {target} are not valid WebVTT: {why}",
        "correct the cue",
        "Browsers ignore an invalid caption file without a message, and learners who need captions see none.",
    ),
    "L010": Code(
        "error",
        "the theme has no file {target}",
        "{hint}",
        "Learners would see the page without the picture, or in another font.",
        "Write the address as the message suggests, or put the file into the theme's folder. The address is relative to"
        " the style sheet; capital and small letters are different.",
    ),
    "L011": Code(
        "error",
        "{target} leads out of the theme's folder",
        "copy the file into {folder}",
        "A package contains only files from the theme's folder: a file from elsewhere may be different on another"
        " machine.",
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
        "Browsers would ignore it, or request a file that is not in the package.",
        "Keep all rules in `style.css` or `tokens.css`, and refer only to files in the theme's folder.",
    ),
    "L014": Code(
        "error",
        "the address {target} starts at the root of a website",
        "{hint}",
        "An LMS puts each course into its own folder: an address that begins with / leads to files of the LMS.",
        "Write the address relative to the file that it is in.",
    ),
}
