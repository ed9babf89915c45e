"""P101 to P104: files that LMSs refuse, that are too large, or that nothing uses; and ids that would change."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from PIL import Image, UnidentifiedImageError

from scormgen.checking.rules.subject import Subject, Text, tags
from scormgen.files.source import in_order
from scormgen.problems.report import Place, Report
from scormgen.reading.lock import unread
from scormgen.text import quoted, size_words

_RISKY = {
    ".mjs": "write it as .js",
    ".json": "put the data in the page",
    ".wasm": "leave this file out",
    ".webmanifest": "leave this file out",
    ".woff2": "use .woff",
    ".avif": "save it as .jpg or .png",
    ".webp": "save it as .jpg or .png",
    ".md": "save it as .pdf or .docx",
    ".vtt": "do not link to it: captions beside a video are included automatically",
    ".map": "leave this file out",
    "": "add an extension to its name",
}
_RASTER = (".png", ".jpg", ".jpeg", ".gif")
# Twice the greatest width of a picture in the player: enough for high-resolution screens.
_WIDTH = 1600
_SAVING = 100_000  # bytes: smaller savings are not reported
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:|//|#")
_NO_ASSETS = ("course.yml", "course.lock", "glossary.yml", "README.md", "Thumbs.db")


def check_files(subject: Subject, report: Report) -> None:
    """P101, P102: the files to which pages and a theme's style sheets refer."""
    seen: set[Path] = set()
    for text, target in _targets(subject):
        file = subject.file(target, text.block)
        if file not in subject.assets or file in seen:
            continue
        seen.add(file)
        place = text.block.place(target)
        ending = PurePosixPath(subject.assets[file]).suffix.lower()
        if ending in _RISKY:
            report.add("P101", place, path=quoted(subject.root.relative(file)), hint=_RISKY[ending])
        elif ending in _RASTER:
            _check_image(file, place, subject, report)
    for named in subject.theme_files:
        ending = PurePosixPath(named.path).suffix
        if ending in _RISKY:
            report.add("P101", named.place, path=quoted(subject.root.relative(named.file)), hint=_RISKY[ending])
        elif ending in _RASTER:
            _check_image(named.file, named.place, subject, report)


def _targets(subject: Subject) -> Iterator[tuple[Text, str]]:
    """The files in the workspace to which links, images and raw HTML of the course lead."""
    for text, span in subject.spans:
        targets = [span.target] if span.kind != "tag" else _addresses(span.target)
        yield from ((text, target) for target in targets if target and not _SCHEME.match(target))
    for text in subject.texts:
        if text.block.kind == "html":
            yield from (
                (text, target) for target in _addresses(text.block.text) if target and not _SCHEME.match(target)
            )


def _addresses(html: str) -> list[str]:
    return [tag.attributes[name] for tag in tags(html) for name in ("src", "href", "poster") if name in tag.attributes]


def _check_image(file: Path, place: Place, subject: Subject, report: Report) -> None:
    """Adds P102 if an image is far wider than it is ever shown, with the measured saving."""
    if not subject.root.is_regular(file, Report()):
        return
    try:
        held = file.stat().st_size
        if held < _SAVING:
            return
        with Image.open(file) as image:  # this reads only the image's size, unless it is too wide
            width, height = image.size
            if width <= _WIDTH:
                return
            smaller = io.BytesIO()
            image.resize((_WIDTH, max(1, round(height * _WIDTH / width)))).save(smaller, format=image.format)
    except (UnidentifiedImageError, OSError, ValueError, Image.DecompressionBombError, Image.DecompressionBombWarning):
        return  # browsers may support it
    saved = held - smaller.tell()
    if saved >= _SAVING:
        target = quoted(subject.root.relative(file))
        report.add(
            "P102",
            place,
            target=target,
            width=width,
            size=size_words(held),
            wanted=_WIDTH,
            saved=size_words(saved),
        )


def check_unused(subject: Subject, report: Report) -> None:
    """P103: files in the course's folder that are not part of the course."""
    for path in in_order(subject.folder.rglob("*")):
        inside = path.relative_to(subject.folder)
        if path.is_dir() or any(part.startswith((".", "_")) for part in inside.parts) or path in subject.assets:
            continue
        if path.suffix.lower() == ".md" or path.name in _NO_ASSETS:
            continue
        shown = subject.root.relative(path)
        report.add("P103", Place(shown), path=quoted(shown))


def check_lock(subject: Subject, report: Report) -> None:
    """P104: pages and questions of course.lock that the course no longer has.

    If there are errors in the text, nothing is reported, because pages or questions may only be unreadable.
    """
    if subject.lock is None or unread(report.problems):
        return
    shown = f"{subject.course.folder}/course.lock"
    source = subject.root.read_text(subject.folder / "course.lock", Report())
    for kind, entries, slots in (
        ("page", subject.lock.pages, {page.slot for page in subject.course.pages}),
        ("question", subject.lock.questions, {question.slot for question in subject.course.questions}),
    ):
        for slot, entry in entries.items():
            if slot not in slots and not entry.retired:
                name = f"{kind} {slot} {entry.key}"
                place = source.find(name, 1, len(source.lines)) if source else Place(shown)
                report.add("P104", place, kind=kind, id=entry.key.rpartition("/")[2])
