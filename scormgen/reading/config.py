"""`course.yml`, `scormgen.yml`, front matter and `glossary.yml`: each has a table of keys; the result is typed
values.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from scormgen.files.source import SourceFile
from scormgen.model.course import AssessmentSettings, Completion, Settings
from scormgen.problems.codes import SETTINGS, Setting, all_codes, find, is_rule
from scormgen.problems.report import Place, Report
from scormgen.reading.front_matter import find_front_matter
from scormgen.reading.keys import (
    REQUIRED,
    Key,
    Parser,
    Value,
    choice,
    group,
    identifier,
    key_place,
    list_of,
    minutes,
    number,
    parse_yaml,
    read_keys,
    shown,
    table_schema,
    text,
    texts_by_name,
)
from scormgen.text import did_you_mean, quoted, slug

THEME_NAME = re.compile(r"[A-Za-z0-9_-]+")
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")
_DATE = re.compile(r"\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])")
_date = text(pattern=_DATE, wanted="a date (YYYY-MM-DD)", example="2027-10-01")


def _severities(key: str, value: Value, report: Report) -> dict[str, Setting]:
    """A mapping of codes to error, warning or off; adds C004, C015."""
    if not isinstance(value.content, Mapping):
        example = f"{key}: {{T101: off}}"
        report.add("C004", value.place, key=key, wanted="codes with severities", got=shown(value), example=example)
        return {}
    severities: dict[str, Setting] = {}
    read = choice(*SETTINGS).read
    for name, child in value.content.items():
        if is_rule(name):
            severities[name] = read(name, child, report)
        else:
            rules = [code for code in all_codes() if is_rule(code)]
            hint = (
                "it stops the build and cannot be set" if find(name) else did_you_mean(name, rules, "run scormgen rule")
            )
            report.add("C015", key_place(child), name=quoted(name), hint=hint)
    return severities


severities = Parser(_severities, {"type": "object", "additionalProperties": {"enum": list(SETTINGS)}})

COMPLETION: dict[str, Key] = {
    "require": Key(list_of("pages", "assessment"), None, "What a learner must do: see all pages, pass the assessment."),
    "status": Key(
        choice("passed", "completed"),
        None,
        "The lesson status that the LMS records: passed (and failed), or completed.",
    ),
    "on_fail": Key(
        choice("incomplete", "failed"),
        "incomplete",
        "The lesson status after a failed assessment: incomplete, or failed when no attempt is left.",
    ),
}

COURSE: dict[str, Key] = {
    "id": Key(
        identifier,
        "",
        "The manifest's identifier and the package's file name; do not change it after the first release. Default: the"
        " folder's name.",
    ),
    "title": Key(text(most=255), REQUIRED, "The course's title; the only required key.", "title: My course"),
    "version": Key(
        text(most=50, pattern=re.compile(r"[0-9A-Za-z][0-9A-Za-z.+_-]*"), wanted="a version", example="1.0.0"),
        "1.0.0",
        "The version in the file name, the manifest and the footer.",
    ),
    "language": Key(
        text(pattern=_LANGUAGE, wanted="a language code", example="en-GB"),
        "en",
        "The language of the course, as a BCP 47 code.",
    ),
    "description": Key(text(most=1000), "", "One paragraph for the LMS catalogue."),
    "duration": Key(minutes, 0, "Typical learning time, such as 45 min or 1 h 30 min."),
    "audience": Key(text(most=255), "", "Who the course is for."),
    "keywords": Key(list_of(), (), "Keywords for the LMS catalogue."),
    "reviewed": Key(_date, "", "The date of the last review of the content."),
    "review_by": Key(_date, "", "The date by which the course must be reviewed; a warning after that date."),
    "theme": Key(
        text(pattern=THEME_NAME, wanted="a theme's name", example="default"),
        "default",
        "The folder of the theme in themes/.",
    ),
    "rights": Key(
        text(most=1000),
        "",
        "Copyright or licence of the content: in the manifest and in the package's player/licence.txt.",
    ),
    "structure": Key(
        choice("single", "multi"), "single", "single: one unit, the whole course; multi: one unit per module."
    ),
    "navigation": Key(
        choice("free", "guided"), "free", "free, or guided: a page opens only when all pages before it have been seen."
    ),
    "completion": Key(group(COMPLETION), None, "When the course is complete."),
    "certificate": Key(
        choice("yes", "no"),
        "no",
        "yes adds a last page with the learner's name, the date, the score and what to revisit.",
    ),
    "csp": Key(
        choice("default", "strict"),
        "default",
        "The content security policy in each page: strict allows only files from the LMS's own host, and no inline"
        " scripts.",
    ),
    "report": Key(
        group({"answers": Key(choice("all", "last", "none"), "all", "Which answers become interactions.")}),
        None,
        "What the LMS receives about answers.",
    ),
    "objectives": Key(
        texts_by_name,
        {},
        "Learning objectives, as ids with titles: objective=id on questions and pages, reported to the LMS.",
    ),
    "variables": Key(texts_by_name, {}, "Texts that replace {{ name }}."),
}

WORKSPACE: dict[str, Key] = {
    "targets": Key(list_of(), (), "The targets to build if --target is not given: scorm12, web."),
    "schemas": Key(
        text(), "", "A folder with the official .xsd files of the manifest, copied to the root of each package."
    ),
    "rules": Key(severities, {}, "Codes of rules and warnings, each set to error, warning or off."),
    "reading_age": Key(number(5, 25), 11.0, "The highest reading age of a page (T101)."),
    "sentence_words": Key(number(5, 100), 25.0, "The most words in a sentence (T102)."),
}

ASSESSMENT: dict[str, Key] = {
    "pass": Key(number(1, 100, places=2), 80.0, "The pass mark, in per cent; also the mastery score in the manifest."),
    "attempts": Key(number(0, 60), 0.0, "How many attempts a learner has; 0: no limit."),
    "shuffle": Key(list_of("questions", "options"), (), "What is shuffled in each attempt."),
    "feedback": Key(
        choice("each", "end", "none"), "end", "When feedback is shown: after each question, at the end, or never."
    ),
    "review": Key(choice("all", "wrong", "none"), "wrong", "Which questions the result lists with the right answers."),
    "score": Key(choice("best"), "best", "Which attempt's score counts: the best."),
    "time": Key(minutes, 0, "A time limit for an attempt, such as 20 min; 0 min: none."),
    "weight": Key(number(1, 100, places=2), 1.0, "The weight of this assessment's score among several assessments."),
    "role": Key(
        choice("final", "pretest"), "final", "final: the score counts; pretest: passing it only marks modules as known."
    ),
    "covers": Key(list_of(), (), "Ids of the modules that a pretest marks as known. Default: all modules."),
}

FRONT_MATTER: dict[str, Key] = {
    "title": Key(text(most=255), "", "The module's title. Default: its first heading, or its file name."),
    "id": Key(identifier, "", "The module's id. Default: from its file name."),
    "pages": Key(
        choice("one", "split"), "split", "one keeps the file as one page; split starts a page at each ## heading."
    ),
    "objectives": Key(list_of(), (), "Ids of the objectives that these pages teach."),
    "assessment": Key(group(ASSESSMENT), None, "Makes the module an assessment."),
}
# Keys of other tools that resemble one of ours.
_OF_OTHER_TOOLS = frozenset(
    [
        "assets",
        "guid",
        "hide",
        "hide_title",
        "image",
        "images",
        "kind",
        "linkTitle",
        "linktitle",
        "pageClass",
        "pageid",
        "pagetitle",
        "paginate",
        "site",
        "style",
        "subtitle",
        "tags",
        "time",
        "uid",
        "uuid",
    ]
)


# What `scormgen schema` prints, by the name of the file that it is for.
SCHEMAS: dict[str, tuple[str, dict[str, Key]]] = {
    "course": ("course.yml", COURSE),
    "front-matter": ("the front matter of a module", FRONT_MATTER),
    "workspace": ("scormgen.yml", WORKSPACE),
}


def json_schema(name: str) -> dict[str, Any]:
    """The JSON Schema of one of `SCHEMAS`, for editors."""
    title, table = SCHEMAS[name]
    return {"$schema": "http://json-schema.org/draft-07/schema#", "title": f"scormgen: {title}", **table_schema(table)}


def read_settings(value: Value, folder: str, path: str, report: Report) -> Settings:
    """`course.yml` as Settings; missing `completion` keys are decided later, when the course is known."""
    values = read_keys(value, COURSE, report)
    if values["title"] == REQUIRED:
        if not _misspelt("title", value):  # C002 reports this
            report.add("C005", Place(path), key="title", example=COURSE["title"].example)
        values["title"] = folder
    if not values["id"]:
        values["id"] = slug(folder) or "course"
    completion = values.pop("completion") or {name: key.default for name, key in COMPLETION.items()}
    report_ = values.pop("report") or {"answers": "all"}
    return Settings(
        **values,
        completion=Completion(completion["require"] or (), completion["status"] or "", completion["on_fail"]),
        answers=report_["answers"],
    )


def _misspelt(name: str, value: Value) -> bool:
    """Whether an unknown key looks like `name`."""
    unknown = [key for key in value.content if key not in COURSE] if isinstance(value.content, Mapping) else []
    return any(did_you_mean(key, COURSE) == f"did you mean {name}?" for key in unknown)


def read_assessment(values: Mapping[str, Any]) -> AssessmentSettings:
    return AssessmentSettings(
        values["pass"],
        int(values["attempts"]),
        values["shuffle"],
        values["feedback"],
        values["review"],
        values["time"],
        values["weight"],
        values["role"],
        values["covers"],
    )


def read_front_matter(source: SourceFile, report: Report) -> tuple[dict[str, Any], int]:
    """The values of the front matter (defaults if there is none), and the line on which the content begins; adds
    S012.
    """
    front = find_front_matter(source, FRONT_MATTER)
    if front.problem:
        report.add("S012", source.place(front.line), what=front.problem, hint=front.hint)
    yaml_text = "\n".join(source.lines[front.first - 1 : front.end - 1]) + "\n"
    value = parse_yaml(source, yaml_text, front.first - 1, report) if yaml_text.strip() else None
    if value is None:
        return {name: key.default for name, key in FRONT_MATTER.items()}, front.content
    return read_keys(value, FRONT_MATTER, report, others=_OF_OTHER_TOOLS), front.content


def read_glossary(source: SourceFile, report: Report) -> dict[str, str]:
    """`glossary.yml`: terms with their definitions."""
    value = parse_yaml(source, source.text, 0, report)
    if value is None or value.content == {}:
        return {}
    if not isinstance(value.content, Mapping):
        report.add(
            "C004",
            value.place,
            key="glossary.yml",
            wanted="terms with texts",
            got=shown(value),
            example="term: what it means",
        )
        return {}
    terms = {}
    for term, child in value.content.items():
        if not isinstance(child.content, str) or child.empty or not term.strip():
            report.add(
                "C004",
                child.place,
                key=quoted(term),
                wanted="text",
                got=shown(child),
                example=f"{term}: what it means",
            )
        else:
            terms[term.strip()] = " ".join(child.content.split())
    return terms
