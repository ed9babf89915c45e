"""P: what goes into the package."""

from __future__ import annotations

from scormgen.problems.codes.code import Code

CODES: dict[str, Code] = {
    "P001": Code(
        "error",
        "the suspend data of {sco} may need {size} characters; the limit is {limit}",
        "{hint}",
        "An LMS keeps 4,096 characters and cuts off the rest: learners with the most answers would lose the most.",
        "Split the course, or keep less of typed answers (size=20): the message says what needs the most space.",
    ),
    "P002": Code(
        "error",
        "the path {path} is too long for a package",
        "shorten the names of files and folders: the limit is {limit} characters",
        "LMSs unzip packages into folders whose names are long too, and Windows allows 260 characters for a path.",
    ),
    "P003": Code(
        "error",
        "a browser cannot read this style sheet here: {why}",
        "correct the style sheet of the theme",
        "A browser ignores what it cannot read, often together with the rules after it, and shows no message.",
    ),
    "P004": Code(
        "error",
        "{path} changed while it was packed",
        "build again when no other program writes to it",
        "The package would have half of the old file and half of the new one.",
    ),
    "P005": Code(
        "error",
        "the files of the package are {size}; the limit is 2 GB",
        "{hint}",
        "The zip format of SCORM 1.2 packages has this limit. Larger zips need ZIP64, which many LMSs cannot read.",
        "Compress videos, or offer large downloads from elsewhere: the message names the largest file.",
    ),
    "P101": Code(
        "warning",
        "{path} is of a kind that some LMSs refuse or serve wrongly",
        "{hint}",
        "Web servers of LMSs block extensions that they do not know, or send such files with a type that browsers do"
        " not accept.",
        "Save the file in another format, as the message says.",
    ),
    "P102": Code(
        "warning",
        "the image {target} is {width} pixels wide and {size}",
        "at {wanted} pixels, twice what is shown, it would be {saved} smaller",
        "Learners with a phone or a slow connection have to wait for it.",
    ),
    "P103": Code(
        "warning",
        "nothing uses {path}",
        "use it, delete it, or keep it outside the course",
        "It is not in the package, and another author may not know whether it is needed.",
    ),
    "P104": Code(
        "warning",
        "the {kind} {id} of course.lock is no longer in the course",
        "if it was only renamed, give it its former id: {{#{id}}}. If this is intended, run scormgen build to accept"
        " it. If no learner has started the course, delete course.lock and build again",
        "Learners lose their progress in it, and reports show a renamed question as another question.",
    ),
}
