"""S: the files of a workspace, and comments that suppress rules."""

from __future__ import annotations

from scormgen.problems.codes.code import Code

CODES: dict[str, Code] = {
    "S001": Code(
        "error",
        "{path} is not UTF-8 text",
        "save the file as UTF-8",
        "A file in another encoding shows learners the wrong letters.",
    ),
    "S002": Code(
        "error",
        "{path} cannot be read: {why}",
        "check the file and its permissions",
        "A file that cannot be read cannot be part of the package.",
    ),
    "S003": Code(
        "error",
        "{path} is a symbolic link that leads out of the workspace",
        "replace it with a copy of the file or folder that it leads to",
        "The same workspace must give the same package on every machine, and no other file may get into it.",
    ),
    "S004": Code(
        "error",
        "no course is called {name}",
        "{hint}",
        "A command does only what it was asked for.",
        "Name a course by its id, its folder's name or its path; scormgen list shows them.",
    ),
    "S005": Code(
        "error",
        "the folder {path} has modules but no course.yml",
        "add a course.yml with at least: title: …",
        "These modules belong to no course, so they would be in no package.",
    ),
    "S006": Code(
        "error",
        "there is no course here",
        "create a folder courses/my-course with a course.yml and a Markdown file",
        "The command works on courses, and this workspace has none.",
    ),
    "S007": Code(
        "error",
        "the course has no page",
        "add a Markdown file with text, such as 01-introduction.md",
        "A package without a page cannot be launched.",
    ),
    "S008": Code(
        "error",
        "courses {first} and {second} both have the id {id}",
        "give each course its own id: LMSs keep learners' records under it",
        "The id is the package's file name and the key to learners' records: two courses would overwrite each other.",
    ),
    "S009": Code(
        "error",
        "this is not a regular file: {path}",
        "only plain files can be part of a course",
        "A pipe or a device has no fixed content, so the same package could not be built again.",
    ),
    "S010": Code(
        "error",
        "this scormgen-ignore comment is not complete: {why}",
        "write <!-- scormgen-ignore W104: why it is right here -->",
        "Suppressing a rule is a decision. Whoever reads the source later needs to know which rule is suppressed, and"
        " why.",
    ),
    "S011": Code(
        "warning",
        "this comment suppresses nothing",
        "remove it; scormgen check --fix does",
        "A comment that is no longer needed would hide the next mistake in the same location.",
    ),
    "S012": Code(
        "error",
        "{what}",
        "{hint}",
        "Front matter that is not recognised is shown to learners as text, and what it says has no effect.",
        "Start the file with a line of three dashes, and add another after the last key.",
    ),
    "S013": Code(
        "warning",
        "this file has no text, and so no page in the course",
        "write the page, delete the file, or start its name with _ until it is ready",
        "A module without text is left out of the menu and of the package.",
    ),
    "S020": Code(
        "error",
        "{path} is too large: {size}, and at most {limit} are read",
        "split it into several files",
        "No page or list of keys is this long. It may be another kind of file with a wrong name, and reading it could"
        " take very long.",
    ),
    "S021": Code(
        "error",
        "the name of the file has characters that cannot be shown: {name}",
        "give it a name in letters, digits and hyphens",
        "A name that is not UTF-8, or has a line break or another control character in it, cannot be written into a"
        " package.",
    ),
    "S022": Code(
        "warning",
        "characters that cannot be shown are left out: {count}, the first is {name}",
        "delete them, and check whether other characters were meant",
        "Control characters come from text that was copied or converted. They are not allowed in HTML, Markdown and"
        " manifests.",
    ),
    "S014": Code(
        "error",
        "this file belongs to no module, so it is not in the course",
        "{hint}",
        "A course consists of Markdown files and folders of them. Files in deeper folders, or with another extension"
        " than .md, would be left out.",
        "Move the file into the folder of the course or of a module, and end its name with .md.",
    ),
    "S015": Code(
        "error",
        "{path} has packages, but no SHA256SUMS: the build that wrote them was interrupted",
        "run scormgen build before you upload any of them",
        "A build writes SHA256SUMS last. Without it, some packages may be new and others old.",
        "scormgen build writes them again. scormgen clean deletes those that no course produces any more.",
    ),
    "S016": Code(
        "error",
        "{path} {what}",
        "run scormgen build to write it again; scormgen clean deletes files that no course produces any more",
        "It is not what a complete build has written: it was changed or deleted later, or comes from an interrupted"
        " build.",
    ),
}
