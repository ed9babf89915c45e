"""Stages import only those above them in CONTRIBUTING.md's table, and libraries stay where they belong."""

from __future__ import annotations

import ast
import re
from pathlib import Path

from tests.conftest import ROOT

HOMES = {
    "click": {"cli"},
    "markdown": {"rendering"},
    "markdown_it": {"reading"},
    "mdit_py_plugins": {"reading"},
    "jinja2": {"rendering"},
    "markupsafe": {"rendering", "targets"},
    "lxml": {"targets"},
    "yaml": {"reading"},
    "tinycss2": {"rendering", "checking"},
    "PIL": {"checking"},
    "starlette": {"preview"},
    "uvicorn": {"preview"},
    "watchfiles": {"preview"},
    "rich": {"cli", "reading"},
    "webvtt": {"rendering"},
}


def table() -> list[str]:
    section = (ROOT / "CONTRIBUTING.md").read_text("utf-8").partition("## Import order")[2].partition("\n## ")[0]
    return re.findall(r"^\| `(\w+)` \|", section, re.MULTILINE)


def modules() -> dict[str, list[Path]]:
    """Python files by the module of the table that they belong to."""
    found: dict[str, list[Path]] = {}
    for path in (ROOT / "scormgen").rglob("*.py"):
        name = path.relative_to(ROOT / "scormgen").parts[0].removesuffix(".py")
        if not name.startswith("__"):
            found.setdefault(name, []).append(path)
    return found


def imported(path: Path) -> set[str]:
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            names.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            names.add(node.module)
    return names


def test_the_table_names_every_module() -> None:
    assert sorted(table()) == sorted(modules())


def test_no_module_imports_a_lower_one() -> None:
    order = table()
    wrong = []
    for name, paths in modules().items():
        for path in paths:
            for other in imported(path):
                if other.startswith("scormgen."):
                    target = other.split(".")[1]
                    if order.index(target) > order.index(name):
                        wrong.append((name, target))
    assert wrong == []


def test_each_library_has_its_home() -> None:
    wrong = []
    for name, paths in modules().items():
        for path in paths:
            for other in imported(path):
                library = other.split(".")[0]
                if library in HOMES and name not in HOMES[library]:
                    wrong.append((name, library))
    assert wrong == []


# Where an import may be late: a command's, for a quick start.
LATE = {"cli"}
# Words of standards. A name that begins as ours does, such as scormgen.yml, is none.
STANDARD = re.compile(
    r"\bSCORM\b|\bscorm(?!gen)|\bcmi\b|\bSCOs?\b|lesson_status|suspend.data|imsmanifest|\bxAPI\b|\bAICC\b",
    re.IGNORECASE,
)
NEUTRAL = {"model", "questions", "reading", "rendering"}
# What authors write is named by it: targets in scormgen.yml.
NAMED = '"targets": Key('


def test_imports_stand_at_the_top() -> None:
    late = []
    for name, paths in modules().items():
        for path in paths if name not in LATE else ():
            for function in ast.walk(ast.parse(path.read_text("utf-8"))):
                if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef):
                    imports = [node for node in ast.walk(function) if isinstance(node, ast.Import | ast.ImportFrom)]
                    late += [(path.name, node.lineno) for node in imports]
    assert late == []


def test_neutral_stages_know_no_standard() -> None:
    found = []
    for name in sorted(NEUTRAL):
        for path in modules()[name]:
            for number, line in enumerate(path.read_text("utf-8").splitlines(), start=1):
                if STANDARD.search(line) and NAMED not in line:
                    found.append((path.name, number, line))
    assert found == []
