"""What holds for all code: no function too long to read at once, and no table kept from the formatter."""

from __future__ import annotations

import ast
from statistics import median

from tests.conftest import ROOT

SOURCES = sorted((ROOT / "scormgen").rglob("*.py"))


def test_functions_are_short() -> None:
    lengths = {}
    for path in SOURCES:
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.end_lineno:
                lengths[path.name, node.name, node.lineno] = node.end_lineno - node.lineno + 1
    assert {where: length for where, length in lengths.items() if length > 60} == {}
    assert median(lengths.values()) <= 8


def test_the_formatter_formats_everything() -> None:
    assert [path.name for path in SOURCES if "fmt: " in path.read_text("utf-8")] == []
