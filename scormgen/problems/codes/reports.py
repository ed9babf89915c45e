"""D: reports of LMSs."""

from __future__ import annotations

from scormgen.problems.codes.code import Code

CODES: dict[str, Code] = {
    "D001": Code(
        "error",
        "this report cannot be read: {why}",
        "export it as CSV, with a row of column names first",
        "Figures from a file that was misread would be wrong without looking wrong.",
    ),
    "D002": Code(
        "error",
        "the report has no column for the {role}",
        "{hint}",
        "Without it, the answers cannot be distinguished.",
        "Name the columns learner, interaction and response in the first row.",
    ),
    "D003": Code(
        "error",
        "the report does not say which question an answer belongs to",
        "in Moodle tick Summary of question and Summary of responses above the interactions report, then download it"
        " again",
        "By default, Moodle's report does not contain the ids of questions.",
    ),
    "D004": Code(
        "warning",
        "this row names no learner or no interaction, and is left out",
        "check it in the report",
        "Its answer belongs to no learner or question.",
    ),
    "D005": Code(
        "warning",
        "no questions.csv has the interactions of this report",
        "with --questions, give the file of the version that learners took",
        "Letters can then be counted, but not shown as text.",
    ),
    "D006": Code(
        "error",
        "this is {what}: decode reads CSV",
        "export the report as CSV (text, comma separated): in Moodle set Download table data as to Comma separated"
        " values (.csv); if there is only this file, open it in a spreadsheet program and save the sheet as CSV"
        " (UTF-8)",
        "A spreadsheet program may have turned answers such as 1.2 into dates. The LMS's own CSV has them as they were"
        " given.",
    ),
    "D007": Code(
        "error",
        "this is {what}: it has no table that decode can read",
        "export the report as CSV (text, comma separated): in Moodle set Download table data as to Comma separated"
        " values (.csv)",
        "A file made for reading or printing does not record which answer belongs to which question.",
        "If the export is an archive, unpack it, and give the CSV file in it.",
    ),
}
