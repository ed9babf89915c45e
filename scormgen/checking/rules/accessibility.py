"""W101 to W107: what a learner with a screen reader, without sound or with a keyboard would miss."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import unquote

from scormgen.checking.rules.subject import Subject, Text, question_blocks, tags
from scormgen.files.source import kind_of
from scormgen.model.blocks import Block
from scormgen.model.course import Page
from scormgen.model.question import Question
from scormgen.problems.report import Edit, Place, Report
from scormgen.rendering.media import caption_files, media_type, transcript_file
from scormgen.text import mask_code, quoted

_SAYS_IMAGE = re.compile(
    r"\s*(?:an?\s+|the\s+)?(?:image|picture|photo|photograph|graphic|icon|illustration)\s+(?:of|showing)\s+", re.I
)
_FILE_NAME = re.compile(r"\S+\.(?:svg|png|jpe?g|gif|webp|avif|mp4|webm|mp3)|(?:img|dsc|image|picture)[-_ ]?\d*", re.I)
_EMPTY_WORDS = {
    "image",
    "picture",
    "photo",
    "photograph",
    "graphic",
    "icon",
    "logo",
    "illustration",
    "diagram",
    "chart",
}
_LONG_ALTERNATIVE = 250  # characters: longer descriptions belong in the text
_EMPTY_LINKS = {
    "here",
    "click here",
    "this",
    "this link",
    "this page",
    "link",
    "more",
    "read more",
    "learn more",
    "find out more",
    "see more",
    "more information",
    "more info",
    "details",
    "go",
    "download",
    "page",
    "website",
    "click",
    "continue",
}


def check_images(subject: Subject, report: Report) -> None:
    """W101, W102: alternative texts."""
    for text, span in subject.spans:
        if span.kind == "image":
            _check_alternative(span.text, span.target, text.block, report)
    for text in subject.texts:
        html = text.block.text if text.block.kind == "html" else mask_code(text.block.text)
        for tag in tags(html) if "<img" in html.lower() else ():
            if tag.name == "img" and "alt" not in tag.attributes:
                source = tag.attributes.get("src", "")
                report.add("W101", text.block.place(source), target=quoted(source))


def _check_alternative(words: str, target: str, block: Block, report: Report) -> None:
    target_name = unquote(target)
    place = block.place(target if target in block.text else target_name)
    if not words.strip():
        if not media_type(target):
            report.add("W101", place, target=quoted(target_name))
        return
    where = block.place(words)
    says_image = _SAYS_IMAGE.match(words)
    if says_image and len(words) > says_image.end():
        rest = words[says_image.end() :]
        better = rest[0].upper() + rest[1:]
        written = block.place(f"![{words}]")  # and not a repetition of the text beside the image
        is_there = written.excerpt.startswith(f"![{words}]", written.column - 1)
        edit = Edit(written.column + 2, words, better) if is_there else None
        where = written._replace(column=written.column + 2, width=len(words)) if edit else where
        report.add("W102", where, edit, text=quoted(words), hint=f"write {quoted(better)}; scormgen check --fix does")
    elif words.strip().lower() in _EMPTY_WORDS or _FILE_NAME.fullmatch(words.strip()):
        report.add("W102", where, text=quoted(words), hint="describe what a learner should see in the picture")
    elif len(words) > _LONG_ALTERNATIVE:
        report.add(
            "W102",
            where,
            text=quoted(words),
            hint="describe the most important thing here, and the rest in the text of the page",
        )


def check_headings(subject: Subject, report: Report) -> None:
    """W103: skipped levels. Below a page's own heading, the highest level counts as the next one."""
    for page in subject.course.pages:
        before = 0
        for level, place in _headings(page):
            if before and level > before + 1:
                report.add("W103", place, level=level, before=before, mark="#" * (before + 1))
            before = level


def _headings(page: Page) -> Iterator[tuple[int, Place]]:
    parts: list[Block | Question] = [*page.parts, *(page.assessment.questions if page.assessment else ())]
    for part in parts:
        # A question's heading is not a heading on the page: it is the legend of its fields.
        for block in question_blocks(part) if isinstance(part, Question) else [part]:
            for inner in block.walk():
                if inner.kind == "heading":
                    yield inner.level, inner.place()


def check_links(subject: Subject, report: Report) -> None:
    """W104: links whose text does not say where they lead."""
    for text, span in subject.spans:
        words = span.text.strip().strip(".…>»→ ").lower()
        bare = span.text.strip().lower().startswith(("http://", "https://", "www.")) and len(span.text) > 40
        if span.kind == "link" and not _is_decision(text, span.target) and (not words or words in _EMPTY_LINKS or bare):
            place = text.block.place(f"[{span.text}]")
            report.add("W104", place, text=quoted(span.text))


def _is_decision(text: Text, target: str) -> bool:
    """A scenario's options are links to its scenes; their text is the answer."""
    return text.question is not None and text.question.kind == "scenario" and target.startswith("#")


def check_tables(subject: Subject, report: Report) -> None:
    """W105: tables whose header row is empty, or that have none."""
    for page in subject.course.pages:
        blocks = [part for part in page.parts if not isinstance(part, Question)]
        for question in page.questions:
            blocks.extend(question_blocks(question))
        for inner in (inner for block in blocks for inner in block.walk()):
            if inner.kind == "table":
                heads = [cell for row in inner.children for cell in row.children if cell.level]
                if not any(cell.text.strip() for cell in heads):
                    report.add("W105", inner.place())
            elif inner.kind == "html":
                names = [tag.name for tag in tags(inner.text)]
                if "table" in names and "th" not in names:
                    report.add("W105", inner.place("<table"))


def check_media(subject: Subject, report: Report) -> None:
    """W106, W107: captions and transcripts beside media files."""
    for text, span in subject.spans:
        kind = media_type(span.target) if span.kind == "image" else ""
        if not kind:
            continue
        file = subject.file(span.target, text.block)
        place = text.block.place(span.target)
        if kind.startswith("video/") and not caption_files(file):
            report.add("W106", place, target=quoted(file.name), name=f"{file.stem}.vtt")
        if not kind_of(transcript_file(file)):
            report.add("W107", place, target=quoted(file.name), name=transcript_file(file).name)
