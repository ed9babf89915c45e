"""The docs say what is there: every key, command and option; and README's commands run."""

from __future__ import annotations

import re
import shlex

import click
import pytest

from scormgen.cli import cli
from scormgen.config import ASSESSMENT, COURSE, FRONT_MATTER, WORKSPACE
from tests.conftest import ROOT, Write, scormgen

AUTHORS = (ROOT / "docs" / "authors.md").read_text("utf-8")
README = (ROOT / "README.md").read_text("utf-8")


@pytest.mark.parametrize("key", [*COURSE, *FRONT_MATTER, *ASSESSMENT, *WORKSPACE])
def test_every_key_is_documented(key: str) -> None:
    assert re.search(rf"`{key}[`:]", AUTHORS)


def test_every_command_is_in_the_readme() -> None:
    for name in cli.commands:
        assert f"scormgen {name}" in README


def test_every_option_has_a_help_text() -> None:
    for name, command in cli.commands.items():
        assert command.help, name
        for parameter in command.params:
            assert not isinstance(parameter, click.Option) or parameter.help, (name, parameter.name)


def test_the_readmes_commands_run(workspace: Write) -> None:
    root = workspace({
        "courses/my-course/course.yml": "title: My course\n",
        "courses/my-course/01-welcome.md": "# Welcome\n\nText.\n",
    })  # fmt: skip
    commands = re.findall(r"^scormgen ((?:build|check|list|rule|clean)\b[^#\n]*)", README, re.MULTILINE)
    assert len(commands) == 7
    for command in commands:
        run = scormgen(*shlex.split(command), cwd=root)
        assert run.code == 0, command + run.err


def test_the_readme_names_the_two_commands() -> None:
    assert "make dist" in README
    assert "make test" in README
