"""The rules of `check`, for courses that can be built. A rule is a function with a line in `RULES`."""

from __future__ import annotations

from collections.abc import Callable

from scormgen.checking.rules import accessibility, assessments, contrast, foreign, language, packaging, questions
from scormgen.checking.rules.subject import Subject
from scormgen.problems.report import Report

RULES: tuple[Callable[[Subject, Report], None], ...] = (
    accessibility.check_images,  # W101, W102
    accessibility.check_headings,  # W103
    accessibility.check_links,  # W104
    accessibility.check_tables,  # W105
    accessibility.check_media,  # W106, W107
    contrast.check_contrast,  # W108
    foreign.check_foreign_text,  # W109
    questions.check_feedback,  # Q101
    questions.check_patterns,  # Q102, Q103
    questions.check_options,  # Q104, Q106, Q107
    questions.check_negatives,  # Q105
    questions.check_ids,  # Q108
    questions.check_coverage,  # M101
    assessments.check_pools,  # A101
    assessments.check_pass_marks,  # A102
    language.check_reading_age,  # T101
    language.check_sentences,  # T102
    language.check_acronyms,  # T103
    language.check_times,  # T104, T105
    language.check_unfinished,  # T106
    packaging.check_files,  # P101, P102
    packaging.check_unused,  # P103
    packaging.check_lock,  # P104
)


def run_rules(subject: Subject, report: Report) -> None:
    for rule in RULES:
        rule(subject, report)
