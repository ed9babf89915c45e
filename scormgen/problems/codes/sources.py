"""S: the files of a workspace, and silences in them."""

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
        "What cannot be read cannot be part of the package.",
    ),
    "S003": Code(
        "error",
        "{path} is a symbolic link that leads out of the workspace",
        "put a copy of what it leads to in its place",
        "A package must hold what the workspace holds, on every machine, and nothing else of this one.",
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
        "Modules that belong to no course would be left out without a word.",
    ),
    "S006": Code(
        "error",
        "there is no course here",
        "make a folder courses/my-course with a course.yml and one Markdown file",
        "There is nothing to do here.",
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
        "give each course an id of its own: learners' records hang on it",
        "The id is the package's file name and the key to learners' records: two courses would overwrite each other.",
    ),
    "S009": Code(
        "error",
        "this is not a regular file: {path}",
        "only plain files can be part of a course",
        "A pipe or a device has no content that would be the same tomorrow.",
    ),
    "S010": Code(
        "error",
        "this silence is not complete: {why}",
        "write <!-- scormgen-ignore W104: why it is right here -->",
        "A silence is a decision. Whoever reads the source later needs to know what was silenced, and why.",
    ),
    "S011": Code(
        "warning",
        "this silences nothing",
        "take it out; scormgen check --fix does",
        "A silence that is no longer needed hides the next mistake in the same place.",
    ),
    "S012": Code(
        "error",
        "{what}",
        "{hint}",
        "Front matter that is not recognised is shown to learners as text, and what it says has no effect.",
        "Begin the file with a line of three dashes, and put another below the last key.",
    ),
    "S013": Code(
        "warning",
        "this file has no text, and so no page in the course",
        "write the page, take the file out, or begin its name with _ until it is ready",
        "A module without text is left out of the menu and of the package.",
    ),
    "S020": Code(
        "error",
        "{path} is too large: {size}, and at most {limit} are read",
        "split it into several files",
        "No page or table of keys is as long as this. A file of another kind may have got its name, and reading it could take very long.",
    ),
    "S021": Code(
        "error",
        "the name of the file has characters that cannot be shown: {name}",
        "give it a name in letters, digits and hyphens",
        "A name that is not UTF-8, or has a line break or another control character in it, cannot be written into a package.",
    ),
    "S022": Code(
        "warning",
        "characters that cannot be shown are left out: {count}, the first is {name}",
        "delete them, and look whether something else was meant in their place",
        "Control characters come in with text that was copied or converted. Browsers, Markdown and manifests cannot have them.",
    ),
    "S014": Code(
        "error",
        "this file is in no module, and so not in the course",
        "{hint}",
        "A course has Markdown files and folders of them. What is deeper, or ends otherwise than in .md, would be left out.",
        "Move the file into the folder of the course or of a module, and end its name in .md.",
    ),
    "S015": Code(
        "error",
        "{path} holds packages, but no SHA256SUMS: the build that wrote them was stopped before it was done",
        "run scormgen build, and upload none of them before",
        "SHA256SUMS is what a build writes last. Without it some packages may be new and others old.",
        "scormgen build writes them anew. scormgen clean deletes those that no course makes any more.",
    ),
    "S016": Code(
        "error",
        "{path} {what}",
        "run scormgen build to have it written anew; scormgen clean first deletes what no course makes any more",
        "It is not what a whole build has written: it was changed or taken away since, or comes from a build that was stopped.",
    ),
}
