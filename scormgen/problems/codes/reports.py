"""D: reports of LMSs."""

from __future__ import annotations

from scormgen.problems.codes.code import Code

CODES: dict[str, Code] = {
    "D001": Code(
        "error",
        "this is no report that can be read: {why}",
        "export it as CSV, with a row of column names first",
        "Figures from a file that was misread would be wrong without looking wrong.",
    ),
    "D002": Code(
        "error",
        "the report has no column for the {role}",
        "{hint}",
        "Without it answers cannot be told apart.",
        "Name the columns learner, interaction and response in the first row.",
    ),
    "D003": Code(
        "error",
        "the report does not say which question an answer belongs to",
        "in Moodle tick Summary of question and Summary of responses above the interactions report, then download it again",
        "Moodle leaves the question's id out of the report unless it is asked for.",
    ),
    "D004": Code(
        "warning",
        "this row names no learner or no interaction, and is left out",
        "look at it in the report",
        "It cannot be counted for anybody.",
    ),
    "D005": Code(
        "warning",
        "no questions.csv knows the interactions of this report",
        "name the one of the version that learners took with --questions",
        "The letters of the report can only be counted, not read.",
    ),
    "D006": Code(
        "error",
        "this is {what}: decode reads CSV",
        "export the report as CSV (text, comma separated): in Moodle set Download table data as to Comma separated values (.csv); where there is only this file, open it in a spreadsheet program and save the sheet as CSV (UTF-8)",
        "A spreadsheet program may have turned answers such as 1.2 into dates. The LMS's own CSV has them as they were given.",
    ),
    "D007": Code(
        "error",
        "this is {what}: there is no table in it that decode could read",
        "export the report as CSV (text, comma separated): in Moodle set Download table data as to Comma separated values (.csv)",
        "What was made for reading or printing has lost which answer belongs to which question.",
        "Where the export gives an archive, unpack it; name the CSV file in it.",
    ),
}
