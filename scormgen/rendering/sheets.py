"""The files that a theme's style sheets name, such as a logo or a font: packed beside the sheet, or an error at the
line.

This works on the text of a sheet before it is minified, and leaves everything but addresses as the author wrote it.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import quote, unquote

import tinycss2

from scormgen.files.names import PATH_LIMIT, safe_path, untaken
from scormgen.files.source import Root, SourceFile, is_link, is_spelt, kind_of, source_from
from scormgen.problems.report import Place, Report
from scormgen.rendering.theme import Theme, is_built_in
from scormgen.text import SLASHES, did_you_mean, quoted

FOLDER = "theme"  # beside the style sheet in the package's folder player/
_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):")
# Functions whose strings are addresses (CSS Values 4, CSS Images 4).
_TAKE_STRINGS = ("url", "src", "image", "image-set", "-webkit-image-set")
_URL = re.compile(r"(?:\\.|[^)\\])*\)?", re.DOTALL)
_STRING = re.compile(r"""(["'])(?:\\.|(?!\1)[^\\])*\1?""", re.DOTALL)


class SheetFile(NamedTuple):
    """A file that a sheet names: where it is in the package, and where the sheet first names it."""

    file: Path
    path: str
    place: Place


class _Address(NamedTuple):
    """An address in a sheet: its value, where it stands, and whether `url(…)` is around it in the same token."""

    value: str
    place: Place
    start: int  # offsets in the sheet's text
    end: int
    bare: bool


class SheetFiles:
    """Gathers the files of one theme; `rewrite` takes each sheet in turn.

    The same file has one path in the package, whichever sheet names it.
    """

    def __init__(self, root: Root, report: Report) -> None:
        self.root, self.report = root, report
        self.files: dict[Path, SheetFile] = {}

    def rewrite(self, sheet: Path, text: str) -> str:
        """The sheet's text with the addresses that its files have in the package; adds L006, L010 to L013, P002, S…."""
        source = source_from(self.root.relative(sheet), text)
        parts, done = [], 0
        for address in _addresses(source, self.report):
            if written := self._resolve(address, sheet):
                value = f'"{written}"'
                parts += [source.text[done : address.start], f"url({value})" if address.bare else value]
                done = address.end
        return "".join([*parts, source.text[done:]])

    def _resolve(self, address: _Address, sheet: Path) -> str | None:
        """The address to write; None if it stays as it is, or after adding a problem."""
        value, place, add = address.value.strip(), address.place, self.report.add
        folder = f"{self.root.relative(sheet.parent)}/"
        scheme = _SCHEME.match(value)
        if value.startswith("#") or (scheme and scheme[1].lower() == "data"):
            return None
        if value.startswith("//") or (scheme and scheme[1].lower() in ("http", "https")):
            add("L012", place, target=quoted(value), folder=folder)
            return None
        name = unquote(re.split(r"[?#]", value, maxsplit=1)[0])
        if scheme or not name:
            what = f"the address {quoted(value)}" if value else "an empty address"
            add("L013", place, what=what, hint=f"use a file in {folder}, or remove it")
            return None
        if "\\" in name:  # on Windows it would be found
            add("L010", place, target=quoted(name), hint=SLASHES)
            return None
        file = Path(os.path.normpath(sheet.parent / name))
        if "\0" in name or not file.is_relative_to(sheet.parent):
            add("L011", place, target=quoted(value), folder=folder)
            return None
        path = self._pack(file, sheet.parent, place)
        return f"{path.partition('/')[2]}{_tail(value)}" if path else None

    def _pack(self, file: Path, folder: Path, place: Place) -> str | None:
        """The path in the package of a file of the theme, new or known; None after adding a problem."""
        if file in self.files:
            return self.files[file].path
        inside = file.relative_to(folder).as_posix()
        kind = kind_of(file) if is_spelt(file, folder) else ""
        if not kind and not is_link(file):
            known = [path.relative_to(folder).as_posix() for path in folder.rglob("*") if _is_asset(path)]
            otherwise = f"put the file in {self.root.relative(file.parent)}/"
            self.report.add("L010", place, target=quoted(inside), hint=did_you_mean(inside, known, otherwise))
            return None
        if kind == "folder":
            self.report.add("L006", place, target=quoted(inside))
            return None
        path = untaken(f"player/{FOLDER}/{safe_path(inside)}", [known.path for known in self.files.values()])
        if len(path) > PATH_LIMIT:
            self.report.add("P002", place, path=quoted(path), limit=PATH_LIMIT)
            return None
        # The default theme is installed outside the workspace.
        root = Root(folder) if is_built_in(file) else self.root
        if not root.is_regular(file, self.report, place):
            return None
        self.files[file] = SheetFile(file, path, place)
        return path


def pack_sheets(root: Root, theme: Theme, report: Report) -> tuple[str, Sequence[SheetFile]]:
    """The theme's style sheet as it is packed, and the files that it names."""
    files = SheetFiles(root, report)
    style = theme.style(root, report, files.rewrite)
    return style, sorted(files.files.values(), key=lambda file: file.path)


def _is_asset(path: Path) -> bool:
    return path.is_file() and path.suffix not in (".css", ".html")


def _tail(address: str) -> str:
    """The query and fragment of an address, as a string in CSS holds them."""
    found = re.search(r"[?#]", address)
    return quote(address[found.start() :], safe="?#&=/:,;%@!$()*+") if found else ""


def _addresses(source: SourceFile, report: Report) -> Iterator[_Address]:
    """The addresses of a sheet in their order; adds L013 for what cannot be packed."""
    starts = [0]
    for line in source.lines:
        starts.append(starts[-1] + len(line) + 1)

    def address(token: Any) -> _Address:
        start = starts[token.source_line - 1] + token.source_column - 1
        bare = token.type == "url"
        raw = (_URL if bare else _STRING).match(source.text, start)
        end = raw.end() if raw else start
        width = len(source.text[start:end].partition("\n")[0])
        return _Address(token.value, source.place(token.source_line, token.source_column, width), start, end, bare)

    def walk(tokens: Sequence[Any], *, strings: bool) -> Iterator[_Address]:
        passed = False  # @import is an error as a whole; @namespace names what no browser opens
        for token in tokens:
            passed = (passed or _is_at(token, "import", "namespace")) and token != ";"
            if _is_at(token, "import"):
                place = source.place(token.source_line, token.source_column, len("@import"))
                hint = "copy the rules of that file into style.css or tokens.css"
                report.add("L013", place, what="@import", hint=hint)
            elif not passed and (token.type == "url" or (strings and token.type == "string")):
                yield address(token)
            elif token.type == "function":
                yield from walk(token.arguments, strings=not passed and token.lower_name in _TAKE_STRINGS)
            elif token.type in ("{} block", "() block", "[] block"):
                yield from walk(token.content, strings=False)

    yield from walk(tinycss2.parse_component_value_list(source.text, skip_comments=True), strings=False)


def _is_at(token: Any, *names: str) -> bool:
    return bool(token.type == "at-keyword" and token.lower_value in names)
