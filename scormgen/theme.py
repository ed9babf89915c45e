"""Themes: templates, a style sheet and the player's script, looked for in the workspace first, then in the installed package.

A workspace's theme needs only the files that it changes; the others come from the default theme.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from scormgen.diagnostics import Place, Report, did_you_mean, quoted
from scormgen.source import Root, kind_of, source_from

if TYPE_CHECKING:
    import jinja2

_PACKAGE = Path(__file__).parent
# Beside the package in a checkout, inside it when installed.
_BUILT_IN = next(folder for folder in (_PACKAGE / "themes", _PACKAGE.parent / "themes") if folder.is_dir())
RIGHT_TO_LEFT = ("ar", "arc", "ckb", "dv", "fa", "he", "ks", "ku", "ps", "sd", "ug", "ur", "yi")


class Theme(NamedTuple):
    """The folders of a theme, nearest first."""

    name: str
    folders: tuple[Path, ...]

    def environment(self) -> jinja2.Environment:
        return environment(*(folder / "templates" for folder in self.folders))

    def sheets(self) -> list[Path]:
        """The nearest `style.css`, and behind it each `tokens.css`, the nearest last: what comes later counts."""
        base = next(folder / "style.css" for folder in self.folders if (folder / "style.css").is_file())
        tokens = [folder / "tokens.css" for folder in reversed(self.folders)]
        return [base, *(path for path in tokens if path.is_file())]

    def style(self, root: Root, report: Report, rewrite: Callable[[Path, str], str]) -> str:
        """The style sheet, smaller; adds P003 where a browser could not read it. `rewrite` gets each sheet's path and text before that."""
        from scormgen.css import is_readable, minify

        small = []
        for path in self.sheets():
            if path.is_relative_to(root.folder):
                source = root.read_text(path, report)
            else:  # comes with scormgen, which the workspace does not hold
                source = source_from(root.relative(path), path.read_text("utf-8"))
            if source is None:
                continue
            for fault in minify(source.text).faults:
                report.add("P003", source.place(fault.line, fault.column), why=fault.why)
            if is_readable(source.text):
                small.append(f"{minify(rewrite(path, source.text)).text}\n")
        return "".join(small)


def environment(*folders: Path) -> jinja2.Environment:
    """Jinja2 over templates in folders, nearest first: everything is escaped, and an unknown name is an error.

    Templates are compiled once for all courses, and anew when a file of theirs comes, goes or changes (a preview lasts).
    """
    files = (file for folder in folders if folder.is_dir() for file in sorted(folder.iterdir()))
    return _environment(folders, tuple((file, file.stat().st_mtime_ns) for file in files))


@lru_cache(maxsize=4)
def _environment(folders: tuple[Path, ...], stamp: object) -> jinja2.Environment:
    import jinja2

    return jinja2.Environment(
        loader=jinja2.FileSystemLoader(folders),
        autoescape=True, trim_blocks=True, lstrip_blocks=True, undefined=jinja2.StrictUndefined,
    )  # fmt: skip


def find_theme(root: Root, name: str, place: Place, report: Report) -> Theme:
    """The theme of that name; the default one after adding C010."""
    folders = [folder for folder in (root.folder / "themes" / name, _BUILT_IN / name) if kind_of(folder) == "folder"]
    if not folders:
        known = {
            f.name
            for base in (root.folder / "themes", _BUILT_IN)
            if base.is_dir()
            for f in base.iterdir()
            if f.is_dir()
        }
        report.add("C010", place, name=quoted(name), hint=did_you_mean(name, known))
    return Theme(name, (*folders, *([_BUILT_IN / "default"] if _BUILT_IN / "default" not in folders else [])))


@cache
def read_player() -> bytes:
    """The player's script: `make player` joins it from the modules in `player/src`."""
    return (_PACKAGE / "player" / "player.js").read_bytes()


def direction(language: str) -> str:
    """`rtl` for a language that is written from right to left, else `ltr`."""
    parts = language.lower().split("-")
    return "rtl" if parts[0] in RIGHT_TO_LEFT or {"arab", "hebr"} & set(parts) else "ltr"
