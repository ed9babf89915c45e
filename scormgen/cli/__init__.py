"""The commands: each parses its options, calls one function, prints, and exits.

Exit 0: fine. 1: problems found. 2: wrong usage. 70: a bug in scormgen. 130: Ctrl-C. Results go to standard output,
messages to standard error.
"""

from __future__ import annotations

import errno
import os
import sys
from io import StringIO

import click

from scormgen import __version__
from scormgen.cli.build import build, clean, list_
from scormgen.cli.check import check, rule
from scormgen.cli.completion import completion
from scormgen.cli.decode import decode
from scormgen.cli.new import new, schema
from scormgen.cli.preview import preview
from scormgen.cli.session import apologise, echo, print_anywhere


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="scormgen", message="%(prog)s %(version)s")
def cli() -> None:
    """Compile Markdown courses into SCORM 1.2 packages.

    A workspace is a folder with courses/; each course is a folder with a course.yml and Markdown files. Run a command
    anywhere inside the workspace.

    \b
    scormgen new my-courses        create a workspace with a sample course
    scormgen build                 build all courses into dist/
    scormgen build act-awareness   build one course
    scormgen check                 report errors, warnings and advice
    scormgen preview --open        show courses live in a simulated LMS
    scormgen list                  list the courses and packages
    scormgen decode report.csv     read and analyse an LMS report
    """


for _command in (new, build, check, preview, decode, list_, rule, schema, clean, completion):
    cli.add_command(_command)


def main() -> None:
    """Runs the command line. The only place that turns exceptions into messages and exit codes."""
    from scormgen.problems.report import Failure
    from scormgen.text import visible

    print_anywhere()
    verbose = any(argument in ("-v", "--verbose") for argument in sys.argv[1:])
    try:
        cli.main(prog_name="scormgen", standalone_mode=False)
    except click.exceptions.Exit as error:
        sys.exit(error.exit_code)
    except click.ClickException as error:
        message = StringIO()  # usage and message in click's form
        error.show(message)
        echo(message.getvalue(), err=True, nl=False)
        sys.exit(error.exit_code)
    except (KeyboardInterrupt, click.exceptions.Abort):
        echo("stopped", err=True)
        sys.exit(130)
    except BrokenPipeError:  # the reader of our output has closed it, as with `| head`
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        sys.exit(1)
    except Failure as error:
        echo(f"scormgen: {visible(error)}", err=True)
        sys.exit(1)
    except Exception as error:
        if isinstance(error, OSError) and error.errno == errno.EINVAL and os.name == "nt":
            sys.exit(1)  # how Windows says that the reader is gone
        apologise(error)
        if verbose:
            import traceback

            echo("".join(traceback.format_exception(error)), err=True, nl=False)
        sys.exit(70)
