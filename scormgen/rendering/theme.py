"""Themes: templates, a style sheet and the player's script, searched in the workspace first, then in the installed
package.

A workspace's theme needs only the files that it changes; the others come from the default theme.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import NamedTuple

from scormgen.files.source import Root, SourceFile, source_from
from scormgen.problems.report import Place, Report
from scormgen.reading.config import THEME_NAME
from scormgen.rendering.css import is_readable, minify
from scormgen.text import did_you_mean, quoted

_PACKAGE = Path(__file__).parent.parent
# Beside the package in a checkout, inside it when installed.
_BUILT_IN = next(folder for folder in (_PACKAGE / "themes", _PACKAGE.parent / "themes") if folder.is_dir())
RIGHT_TO_LEFT = ("ar", "arc", "ckb", "dv", "fa", "he", "ks", "ku", "ps", "sd", "ug", "ur", "yi")


class Theme(NamedTuple):
    """The folders of a theme, nearest first, and those of its templates."""

    name: str
    folders: tuple[Path, ...]
    templates: tuple[Path, ...]

    def sheets(self) -> list[Path]:
        """The nearest `style.css`, and after it each `tokens.css`, the nearest last: what comes later counts."""
        base = next(folder / "style.css" for folder in self.folders if os.path.lexists(folder / "style.css"))
        tokens = [folder / "tokens.css" for folder in reversed(self.folders)]
        return [base, *(path for path in tokens if os.path.lexists(path))]

    def style(self, root: Root, report: Report, rewrite: Callable[[Path, str], str]) -> str:
        """The style sheet, smaller; adds P003 if a browser could not read it. `rewrite` gets each sheet's path and
        text before that.
        """
        small = []
        for path in self.sheets():
            source = read_file(root, path, report)
            if source is None:
                continue
            for fault in minify(source.text).faults:
                report.add("P003", source.place(fault.line, fault.column), why=fault.why)
            if is_readable(source.text):
                small.append(f"{minify(rewrite(path, source.text)).text}\n")
        return "".join(small)


def is_built_in(path: Path) -> bool:
    """Whether a folder or file of a theme comes with scormgen: the workspace does not hold it, and its templates are
    trusted.
    """
    return path.is_relative_to(_BUILT_IN)


def read_file(root: Root, path: Path, report: Report) -> SourceFile | None:
    """A text file of a theme; None after adding what `Root.read_text` adds."""
    if is_built_in(path):
        return source_from(root.relative(path), path.read_text("utf-8"))
    return root.read_text(path, report)


def find_theme(root: Root, name: str, place: Place, report: Report) -> Theme:
    """The theme of that name; the default one if there is none, after adding C010, or S003 where a link leads out of
    the workspace.
    """
    themes = root.folder / "themes"
    own = [folder for folder in root.entries(themes, report) if folder.name == name and folder.is_dir()]
    inside = [folder for folder in own if root.check_link(folder, report)]
    folders = [*inside, *(folder for folder in _BUILT_IN.iterdir() if folder.name == name)]
    if not folders and not own and THEME_NAME.fullmatch(name) and root.holds(themes):
        known = (*root.entries(themes, Report()), *_BUILT_IN.iterdir())
        hint = did_you_mean(name, {folder.name for folder in known if folder.is_dir()})
        report.add("C010", place, name=quoted(name), hint=hint)
    folders += [_BUILT_IN / "default"] if _BUILT_IN / "default" not in folders else []
    templates = (folder / "templates" for folder in folders if os.path.lexists(folder / "templates"))
    found = (path for path in templates if is_built_in(path) or root.check_link(path, report))
    return Theme(name, tuple(folders), tuple(found))


@cache
def read_player(script: str) -> bytes:
    """The player's script for a target: `make player` joins each from the modules in `player/src`."""
    return (_PACKAGE / "player" / script).read_bytes()


def direction(language: str) -> str:
    """`rtl` for a language that is written from right to left, else `ltr`."""
    parts = language.lower().split("-")
    return "rtl" if parts[0] in RIGHT_TO_LEFT or {"arab", "hebr"} & set(parts) else "ltr"
