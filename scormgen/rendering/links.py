"""Where links and images lead: pages and headings of the course, files that go into the package, the web."""

from __future__ import annotations

import os
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple
from urllib.parse import unquote

from scormgen.files.names import PATH_LIMIT, safe_path, untaken
from scormgen.files.source import Root, is_link, is_spelt, kind_of, names_in, resolved
from scormgen.model.blocks import Block, split_attributes
from scormgen.model.course import Course, Page
from scormgen.model.question import Question
from scormgen.problems.report import Place, Report
from scormgen.questions import heading_text
from scormgen.reading.ids import find_ids
from scormgen.reading.inline import plain_text
from scormgen.text import NEAR, SLASHES, quoted

_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):")
_SCHEMES = ("http", "https", "mailto", "tel", "sms")
_UNSAFE_IN_ID = re.compile(r"[^\w.:-]")
_LEADING_NUMBER = re.compile(r"\d+[-_. ]+(?=\S)")
_PAGES = ("", ".html", ".mdx", ".qmd", ".rmd")  # with which other tools link to Markdown files
_TEMPLATES = ("M001", "M002", "M005")
Where = tuple[str, int]  # a heading: its file and line
OPENS_TAB = "_blank"  # the target of a link


class Link(NamedTuple):
    """A resolved target: the address to write, and whether it leads out of the course, or to a file to take away."""

    href: str
    external: bool = False
    download: bool = False

    @property
    def opening(self) -> Mapping[str, str]:
        """The attributes that keep the course open beside what the link shows."""
        if self.external:
            return {"target": OPENS_TAB, "rel": "noopener noreferrer"}
        return {"download": ""} if self.download else {}


class Anchors(NamedTuple):
    """What can be linked to. `ids` gives the HTML id of each heading of a page; `targets` of each name in a file; `raw`
    of each id in a page's raw HTML."""

    ids: Mapping[str, Mapping[Where, str]]
    targets: Mapping[str, Mapping[str, tuple[str, str]]]  # path -> name -> (page id, HTML id)
    starts: Mapping[str, str]  # path of a file or module folder -> id of its first page
    raw: Mapping[str, Mapping[str, str]] = {}  # never changed


def github_slug(text: str) -> str:
    """The anchor that GitHub gives a heading of this text."""
    kept = "".join(
        c for c in text.strip().lower() if c.isalnum() or c in " -_" or unicodedata.category(c).startswith("M")
    )
    return kept.replace(" ", "-")


def find_anchors(course: Course, report: Report) -> Anchors:
    """Names every heading, question and id in raw HTML of the course; adds M006 for an id that is in a file twice."""
    ids: dict[str, dict[Where, str]] = {}
    targets: dict[str, dict[str, tuple[str, str]]] = {}
    starts: dict[str, str] = {}
    raw: dict[str, dict[str, str]] = {}
    given: dict[tuple[str, str], Place] = {}
    for module in course.modules:
        for page in module.pages:
            own = ids.setdefault(page.id, {})
            taken: set[str] = set()
            starts.setdefault(page.source.path, page.id)
            folder = str(Path(page.source.path).parent.as_posix())
            if folder != course.folder:
                starts.setdefault(folder, page.id)
            _name(targets, page, page.source.path, page.title, page.id.rpartition("/")[2], page.id)
            if page.given_id:
                given.setdefault((page.source.path, page.id.rpartition("/")[2]), page.place)
            for heading in _headings(page):
                text, attributes = split_attributes(heading.text)
                wanted = attributes.id or github_slug(plain_text(text)) or "section"
                name, number = wanted, 1
                while name in taken:
                    name, number = f"{wanted}-{number}", number + 1
                taken.add(name)
                if attributes.id:
                    given.setdefault((heading.source.path, name), heading.place())
                identifier = f"{page.id}--{_UNSAFE_IN_ID.sub('-', name)}"
                own[heading.source.path, heading.line] = identifier
                _name(targets, page, heading.source.path, text, attributes.id, identifier)
            for question in page.questions:
                _name(targets, page, question.source.path, heading_text(question), question.id, f"q-{question.id}")
            raw[page.id] = _name_raw(page, targets, taken, given, report)
    return Anchors(ids, targets, starts, raw)


def _name_raw(
    page: Page,
    targets: dict[str, dict[str, tuple[str, str]]],
    taken: set[str],
    given: dict[tuple[str, str], Place],
    report: Report,
) -> dict[str, str]:
    """The ids in a page's raw HTML with those that they get in the document; `given` gathers those of all pages."""
    found: dict[str, str] = {}
    for name, block in find_ids(page):
        place = block.place(name)
        first = given.setdefault((block.source.path, name), place)
        if first != place or name in found:
            report.add("M006", place, id=quoted(name), first=f"{first.path}:{first.line}")
            continue
        base = _UNSAFE_IN_ID.sub("-", name)
        identifier, number = base, 1
        while identifier in taken:
            identifier, number = f"{base}-{number}", number + 1
        taken.add(identifier)
        found[name] = f"{page.id}--{identifier}"
        targets.setdefault(block.source.path, {}).setdefault(name, (page.id, found[name]))
    return found


def _headings(page: Page) -> list[Block]:
    """The headings of a page's prose, and of the texts in its questions."""
    blocks = [part for part in page.parts if not isinstance(part, Question)]
    for question in page.questions:
        texts = (question.stem, *(option.text for option in question.options), *(part.text for part in question.parts))
        blocks.extend(block for text in texts for block in text)
    blocks.extend(page.broken)
    return [inner for block in blocks for inner in block.walk() if inner.kind == "heading"]


def _name(
    targets: dict[str, dict[str, tuple[str, str]]], page: Page, path: str, text: str, given: str, html_id: str
) -> None:
    names = targets.setdefault(path, {})
    base = github_slug(plain_text(text))
    slug, number = base, 1
    while slug in names:
        slug, number = f"{base}-{number}", number + 1
    for name in (slug, given):
        if name:
            names.setdefault(name, (page.id, html_id))


def _segments(path: str) -> list[str]:
    """The parts of a path as a site's addresses have them: no numbers in front, no .md, no index at the end."""
    parts = [_LEADING_NUMBER.sub("", part.lower()) for part in path.split("/") if part]
    if parts:
        parts[-1] = parts[-1].removesuffix(".md").removesuffix(".html")
    return parts[:-1] if len(parts) > 1 and parts[-1] in ("index", "readme") else parts


def _place(block: Block, target: str) -> Place:
    """The place of an address in a block, whose text may hold the same words."""
    address = re.compile(rf"(?:\]\(<?|=[\"']|#){re.escape(target)}(?=[)>\"'#?\s]|$)")
    for number in range(block.line, min(block.end, len(block.source.lines)) + 1):
        if found := address.search(block.source.lines[number - 1]):
            return block.source.place(number, found.end() - len(target) + 1, len(target))
    return block.place(target)


def author_file(root: Root, target: str, block: Block) -> Path:
    """The file that a relative target in a block means, there or not."""
    return (root.folder / block.source.path).parent / unquote(target.partition("#")[0])


@dataclass(slots=True)
class Links:
    """Resolves the targets of one course; gathers the files that its package needs in `assets`."""

    root: Root
    course: Course
    anchors: Anchors
    report: Report
    unit_of: Mapping[str, str]  # page id -> unit
    assets: dict[Path, str] = field(default_factory=dict)  # file -> path in the package
    _found: dict[tuple[Path, str], tuple[Path | None, str, str]] = field(default_factory=dict)  # what is known of paths
    _homes: list[Path] = field(default_factory=list)  # the folders that an author's file may be in
    _places: dict[tuple[Path, bool], list[str]] = field(default_factory=dict)  # of files, as seen from a folder
    _listed: dict[Path, frozenset[str] | None] = field(default_factory=dict)  # the names in folders
    renamed: dict[str, str] = field(default_factory=dict)  # author's path -> path in the package, where they differ
    used: dict[str, set[str]] = field(default_factory=dict)  # unit -> paths in the package

    def link(self, target: str, block: Block, page: Page) -> Link | None:
        """The address of a link; None after adding L001 to L007, L014, M019."""
        scheme = _SCHEME.match(target)
        if target.startswith("//"):
            return Link(f"https:{target}", external=True)
        if scheme:
            if scheme[1].lower() not in _SCHEMES:
                self.report.add("L007", _place(block, target), target=quoted(target))
                return None
            return Link(target, external=scheme[1].lower() in ("http", "https"))
        path, _, anchor = target.partition("#")
        if not target.strip("#"):
            place = block.place("](#)" if target else "]()")
            hint = "write the address of a page, a heading or a file, or remove the link"
            self.report.add(
                "M019", place, text=quoted(f"({target})"), what="a link without an address", more="", hint=hint
            )
            return None
        if not path:
            return self._anchor(anchor, block, page, (block.source.path, page.source.path))
        file = self._file(path, block)
        if file is None:
            return None
        relative = self.root.relative(file)
        if file.suffix.lower() == ".md" or file.is_dir():
            return self._page(relative, anchor, target, block, page)
        package_path = self._asset(file, block, target, page)
        return Link(package_path, download=True) if package_path else None

    def asset(self, target: str, block: Block, page: Page) -> str | None:
        """The path in the package of an image or media file; None after adding L001, L002, L006, L008 or S….

        A `data:` address is kept as it is.
        """
        if target.startswith("data:image/"):
            return target
        if _SCHEME.match(target) or target.startswith("//"):
            self.report.add("L008", _place(block, target), target=quoted(target))
            return None
        file = self._file(target.partition("#")[0], block)
        return self._asset(file, block, target, page) if file else None

    def file(self, target: str, block: Block) -> Path | None:
        """The author's file behind an image's target, where there is one."""
        if _SCHEME.match(target):
            return None
        return author_file(self.root, target, block)

    def _file(self, path: str, block: Block) -> Path | None:
        folder = (self.root.folder / block.source.path).parent
        if (folder, path) not in self._found:
            self._found[folder, path] = self._find(path, folder)
        file, code, hint = self._found[folder, path]
        if not code:
            return file
        if not file or not self._is_template(path, block):
            self.report.add(code, _place(block, path), target=quoted(path), path=quoted(path), hint=hint)
        return None

    def _find(self, path: str, folder: Path) -> tuple[Path | None, str, str]:
        """The file that a path means as seen from a folder, and '' or the code and hint of what is wrong; a file
        that is not there, too.
        """
        decoded = unquote(path)
        page = Path(decoded).suffix.lower() == ".md"
        if "\\" in decoded:  # on Windows it would be found
            return None, "L003" if page else "L001", SLASHES
        file = Path(folder, decoded)
        course = self.root.folder / self.course.folder
        shared = course.parent / "_shared"
        if decoded.startswith("/"):
            return None, "L014", self._from_top(decoded, folder)
        lexical = Path(os.path.normpath(file))
        if "\0" in decoded or not (lexical.is_relative_to(course) or lexical.is_relative_to(shared)):
            return None, "L002", ""
        if is_link(file) and not self.root.holds(file):
            return None, "S003", ""
        if not self._homes:
            self._homes.extend((resolved(course), resolved(shared)))
        real = resolved(file)
        if not any(real.is_relative_to(home) for home in self._homes):
            return None, "L002" if self.root.holds(file) else "S003", ""
        if kind_of(lexical) and is_spelt(lexical, self.root.folder, self._names):
            return lexical, "", ""
        otherwise = "check the name of the file" if page else f"put the file in {self.root.relative(lexical.parent)}/"
        known = self._known(folder, page)
        if lexical.suffix.lower() in _PAGES:
            known = [*known, *self._known(folder, page=True)]
        return lexical, "L003" if page else "L001", self.report.near(decoded, known, otherwise)

    def _names(self, folder: Path) -> frozenset[str] | None:
        if folder not in self._listed:
            self._listed[folder] = names_in(folder)
        return self._listed[folder]

    def _is_template(self, path: str, block: Block) -> bool:
        """Whether an address has a variable or tag that has been reported: it leads nowhere for that reason."""
        if "{{" not in unquote(path) and "{%" not in unquote(path):
            return False
        return any(p.code in _TEMPLATES and p.place.path == block.source.path for p in self.report.problems)

    def _known(self, folder: Path, page: bool) -> list[str]:
        """The files that a page in `folder` may link to, as it would write them: Markdown files, or all others."""
        if (folder, page) not in self._places:
            course = self.root.folder / self.course.folder
            folders = [base for base in (course, course.parent / "_shared") if self.root.holds(base)]
            files = [path for base in folders for path in base.rglob("*")]
            kinds = [path for path in files if path.is_file() and (path.suffix.lower() == ".md") == page]
            names = [Path(os.path.relpath(path, folder)).as_posix() for path in kinds if path.name[0] != "."]
            self._places[folder, page] = names
        return self._places[folder, page]

    def _from_top(self, path: str, folder: Path) -> str:
        """A hint that names the file that an address from the top of a site most likely means, as seen from
        `folder`.
        """
        wanted = _segments(path)
        best, near = 0, ""
        for known in sorted(
            [*self._known(folder, page=True), *self._known(folder, page=False)], key=lambda n: (len(n), n)
        ):
            inside = self.root.relative(Path(os.path.normpath(folder / known)))
            alike = 0
            for one, other in zip(reversed(wanted), reversed(_segments(inside)), strict=False):
                if one != other:
                    break
                alike += 1
            if alike > best:
                best, near = alike, known
        return f"{NEAR}{near}?" if near else "write the address relative to this file, such as ../assets/picture.png"

    def _page(self, path: str, anchor: str, target: str, block: Block, page: Page) -> Link | None:
        start = self.anchors.starts.get(path.rstrip("/"))
        if start is None:
            if kind_of(Path(self.root.folder, path)) == "folder":
                self.report.add("L006", _place(block, target), target=quoted(target))
            else:
                hint = "this file is not a page of the course; link to a page"
                self.report.add("L003", _place(block, target), target=quoted(target), hint=hint)
            return None
        if anchor:
            return self._anchor(anchor, block, page, (path,))
        return self._inside(start, start, block, target, page)

    def _anchor(self, anchor: str, block: Block, page: Page, paths: tuple[str, ...]) -> Link | None:
        name = unquote(anchor)
        known: list[str] = []
        for path in paths:
            names = self.anchors.targets.get(path, {})
            found = names.get(name) or names.get(name.lower())
            if found:
                return self._inside(found[0], found[1], block, anchor, page)
            known.extend(names)
        self.report.add(
            "L004",
            _place(block, anchor),
            file=quoted(paths[-1]),
            anchor=quoted(name),
            hint=self.report.near(name, known, "check the heading"),
        )
        return None

    def _inside(self, page_id: str, html_id: str, block: Block, target: str, page: Page) -> Link | None:
        if self.unit_of[page_id] != self.unit_of[page.id]:
            self.report.add("L005", _place(block, target), target=quoted(target))
            return None
        return Link(f"#{html_id}")

    def _asset(self, file: Path, block: Block, target: str, page: Page) -> str | None:
        if file.is_dir():
            self.report.add("L006", _place(block, target), target=quoted(target))
            return None
        return self.add_asset(file, page, _place(block, target))

    def add_asset(self, file: Path, page: Page, place: Place) -> str | None:
        """The path in the package of a file that a page needs, new or known; None after adding P002."""
        if file not in self.assets:
            path = self._package_path(file)
            if len(path) > PATH_LIMIT:
                self.report.add("P002", place, path=quoted(path), limit=PATH_LIMIT)
                return None
            self.assets[file] = path
        self.used.setdefault(self.unit_of[page.id], set()).add(self.assets[file])
        return self.assets[file]

    def _package_path(self, file: Path) -> str:
        """The path of an author's file in the package: safe, and none twice."""
        relative = self.root.relative(file)
        inside = relative.removeprefix(f"{self.course.folder}/")
        if inside == relative:
            inside = "shared/" + relative.partition("_shared/")[2].removeprefix("assets/")
        path = untaken(f"assets/{safe_path(inside.removeprefix('assets/'))}", self.assets.values())
        if path.removeprefix("assets/") != inside.removeprefix("assets/"):
            self.renamed[relative] = path
        return path
