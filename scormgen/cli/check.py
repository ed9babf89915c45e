"""check, rule."""

from __future__ import annotations

import sys

import click

from scormgen.cli.session import Session, complete_code, complete_course, count, echo, with_session


@click.command()
@with_session
@click.argument("course", nargs=-1, shell_complete=complete_course)
@click.option("--fix", is_flag=True, help="Make the safe fixes in the files, then check again.")
@click.option("--all", "every", is_flag=True, help="Show every location of a code, not only the first ten.")
@click.option("--strict", is_flag=True, help="Treat warnings as errors.")
def check(session: Session, course: tuple[str, ...], fix: bool, every: bool, strict: bool) -> None:
    """Report all problems of all courses, or of each COURSE given. Writes no package.

    Reports everything that build reports, and checks accessibility, questions, plain language and packaging. Each rule
    can be set to error, warning or off in scormgen.yml; a comment with a reason suppresses a rule for one line.

    \b
    scormgen check                            all courses
    scormgen check scan --fix                 add missing ids and make other safe fixes
    scormgen check --all                      show every location, also if a code has more than ten
    scormgen check --strict --format sarif    in CI, for a code host
    scormgen rule Q105                        what a code means
    """
    from scormgen.checking.check import check_courses
    from scormgen.checking.fix import Fixes, fix_courses
    from scormgen.problems.formats import format_json, problem_dicts
    from scormgen.reading.workspace import choose_courses

    workspace, report = session.workspace()
    folders = choose_courses(workspace, course, session.folder, report)
    fixes = fix_courses(workspace, folders, report) if fix else Fixes([], [])
    for problem in fixes.fixed:
        session.say(f"{problem.place.path}:{problem.place.line}: {problem.code} fixed")
    problems = check_courses(workspace, folders, report) if not fix else report.sorted()
    session.show(problems, every=every, rest="--all shows them")
    for problem, why in fixes.unfixed:
        session.say(f"{problem.place.path}:{problem.place.line}: {problem.code} not fixed: {why}", always=True)
    if session.format == "json":
        unfixed = [
            {**fields, "why": why}
            for fields, (_, why) in zip(problem_dicts([p for p, _ in fixes.unfixed]), fixes.unfixed, strict=True)
        ]
        figures = {"fixed": problem_dicts(fixes.fixed), "unfixed": unfixed} if fix else {}
        echo(format_json({"problems": problem_dicts(problems), **figures}), nl=False)
    elif session.format == "text" and not problems:
        session.say(f"{count(len(folders), 'course')} checked: no problem")
    failed = any(problem.severity == "error" for problem in problems) or (strict and problems)
    sys.exit(1 if failed or fixes.unfixed else 0)


@click.command()
@click.argument("code", required=False, shell_complete=complete_code)
def rule(code: str | None) -> None:
    """Explain CODE: its meaning, its reason, an example and a fix. Without CODE, list all codes.

    \b
    scormgen rule          all codes, one per line
    scormgen rule Q105     one code
    """
    from scormgen.problems.codes import all_codes
    from scormgen.problems.explain import explain, list_codes
    from scormgen.text import did_you_mean

    if code is None:
        echo(list_codes(), nl=False)
        return
    known = all_codes()
    if code.upper() not in known:
        raise click.BadParameter(
            f"there is no code {code}: {did_you_mean(code.upper(), known, 'scormgen rule lists them')}"
        )
    echo(explain(code.upper()), nl=False)
