"""P: what goes into the package."""

from __future__ import annotations

from scormgen.problems.codes.code import Code

CODES: dict[str, Code] = {
    "P001": Code(
        "error",
        "the suspend data of {sco} may need {size} characters; {limit} is the most",
        "{hint}",
        "An LMS keeps 4,096 characters and cuts off the rest: the learner who knows most would lose most.",
        "Split the course, or keep less of typed answers (size=20): the message says what takes the room.",
    ),
    "P002": Code(
        "error",
        "the path {path} is too long for a package",
        "shorten the names of files and folders: {limit} characters is the most",
        "LMSs unzip into folders with long names of their own; Windows ends a path at 260 characters.",
    ),
    "P003": Code(
        "error",
        "a browser cannot read this style sheet here: {why}",
        "correct the style sheet of the theme",
        "A browser leaves out what it cannot read without a word, and often the rules after it too.",
    ),
    "P004": Code(
        "error",
        "{path} changed while it was packed",
        "build again when nothing writes to it",
        "The package would hold half of one state and half of another.",
    ),
    "P005": Code(
        "error",
        "the files of the package are {size}; 2 GB is the most",
        "{hint}",
        "SCORM 1.2 packages are zips of the kind that ends there; what larger ones need (ZIP64) many LMSs do not read.",
        "Compress videos, or offer large downloads from elsewhere: the message names the largest file.",
    ),
    "P101": Code(
        "warning",
        "{path} is of a kind that some LMSs refuse or serve wrongly",
        "{hint}",
        "Web servers of LMSs block endings that they do not know, or send them with a type that browsers do not accept.",
        "Save the file in another format, as the message says.",
    ),
    "P102": Code(
        "warning",
        "the image {target} is {width} pixels wide and {size}",
        "at {wanted} pixels, twice what is shown, it would be {saved} smaller",
        "Learners wait for it, on a phone and in a branch with a slow line.",
    ),
    "P103": Code(
        "warning",
        "nothing uses {path}",
        "use it, delete it, or keep it outside the course",
        "It is not in the package, and the next author wonders what it is for.",
    ),
    "P104": Code(
        "warning",
        "the {kind} {id} of course.lock is gone",
        "only renamed? give it back its id: {{#{id}}}. Meant? scormgen build accepts it. Nothing released yet? delete course.lock and build anew",
        "What learners did there is dropped, and a report shows the new one as another question.",
    ),
}
