"""Video and audio: which files they are, and the captions and transcript found by the file's name."""

from __future__ import annotations

import glob
import io
import re
from itertools import groupby
from pathlib import Path
from typing import NamedTuple

import webvtt

from scormgen.files.source import Root, SourceFile, in_order, kind_of
from scormgen.problems.report import Place, Report
from scormgen.text import HIDDEN, quoted

MEDIA_TYPES = {
    ".mp4": "video/mp4",
    ".m4v": "video/mp4",
    ".webm": "video/webm",
    ".ogv": "video/ogg",
    ".mp3": "audio/mpeg",
    ".m4a": "audio/mp4",
    ".oga": "audio/ogg",
    ".ogg": "audio/ogg",
    ".wav": "audio/wav",
}
# Pictures that every browser shows, and what raw HTML may name besides: captions, and sound for <audio> with several
# sources.
PICTURES = (
    "png",
    "jpg",
    "jpeg",
    "jfif",
    "gif",
    "svg",
    "webp",
    "avif",
    "apng",
    "ico",
)
IN_HTML = ("vtt", "flac", "opus", "aac", "weba")
_CONVERT = {
    "convert it to .mp4 (H.264)": "mov avi wmv mkv flv mpg mpeg m2ts mts 3gp vob asf rm",
    "convert it to .jpg, or .png if it has sharp edges": "heic heif tiff tif bmp dng raw cr2 nef jp2 jxl tga pcx",
    "export it as .svg, or as .png or .jpg": "psd ai eps emf wmf indd sketch fig xcf cdr drawio vsd vsdx",
    "convert it to .mp3 or .m4a": "wma aiff aif amr mid midi flac opus aac weba caf",
}
_DOCUMENTS = "pdf doc docx ppt pptx xls xlsx odt odp ods rtf txt csv epub zip key numbers pages".split()
_CUE_TIME = re.compile(r"\s*[\d:.]+\s+-->\s+[\d:.]+")
_NO_CUE = re.compile(r"(?:NOTE|STYLE|REGION)\b")
_HINTS = {ending: hint for hint, endings in _CONVERT.items() for ending in endings.split()}
Cue = tuple[float, float, str]  # start and end in seconds, text


class Captions(NamedTuple):
    """A caption file: its language, its path, and its cues."""

    language: str
    path: Path
    cues: tuple[Cue, ...]


def media_type(target: str) -> str:
    """The MIME type of a media file by its name; '' if it is none."""
    return MEDIA_TYPES.get(Path(target.partition("#")[0].partition("?")[0]).suffix.lower(), "")


def check_shown(target: str, file: Path | None, place: Place, report: Report, *, in_html: bool = False) -> bool:
    """Whether browsers show what is in an image's place, or in raw HTML in a `src`, by its name; adds M022.

    `file` is the author's file, there or not; of one that is not there only a known ending says what it is.
    """
    name = target.partition("#")[0].partition("?")[0]
    ending = Path(name).suffix.lower().removeprefix(".")
    if (
        f".{ending}" in MEDIA_TYPES
        or ending in PICTURES
        or target.startswith("data:")
        or (in_html and ending in IN_HTML)
    ):
        return True
    known = ending in _HINTS or ending in _DOCUMENTS
    if not known and not (file and kind_of(file) == "file"):
        return True  # L001, L006 or L008 says what is wrong
    otherwise = f"write a link to it: [{Path(name).stem}]({target})"
    report.add("M022", place, target=quoted(target), hint=_HINTS.get(ending, otherwise))
    return False


def find_captions(root: Root, file: Path, language: str, place: Place, report: Report) -> list[Captions]:
    """`name.vtt` (in the course's language) and `name.xx.vtt` beside a media file; adds L009 if one is not valid."""
    found = []
    for path, code in caption_files(file):
        source = root.read_text(path, report, place)
        if source:
            found.append(Captions(code or language, path, _parse_cues(source, report)))
    return found


def caption_files(file: Path) -> list[tuple[Path, str]]:
    """`name.vtt` and `name.xx.vtt` beside a media file, with the language in their names ('' if there is none)."""
    found = []
    for path in in_order(file.parent.glob(f"{glob.escape(file.stem)}.*vtt")):
        if not path.name.startswith(f"{file.stem}."):  # in other case, as globs take it on Windows
            continue
        code = path.name.removeprefix(f"{file.stem}.").removesuffix("vtt").rstrip(".")
        if path.suffix == ".vtt" and "." not in code and not HIDDEN.search(code):
            found.append((path, code))
    return found


def transcript_file(file: Path) -> Path:
    """Where the transcript of a media file is searched."""
    return file.with_name(f"{file.stem}.transcript.md")


def _parse_cues(source: SourceFile, report: Report) -> tuple[Cue, ...]:
    try:
        captions = webvtt.from_buffer(io.StringIO(source.text))
    except (webvtt.errors.MalformedFileError, webvtt.errors.MalformedCaptionError) as error:
        report.add(
            "L009", source.place(1), target=quoted(source.path), why=str(error) or "it does not begin with WEBVTT"
        )
        return ()
    _check_cue_blocks(source, report)
    return tuple(
        (cue.start_in_seconds + _thousandths(cue.start), cue.end_in_seconds + _thousandths(cue.end), cue.raw_text)
        for cue in captions.captions
    )


def _check_cue_blocks(source: SourceFile, report: Report) -> None:
    """Adds L009 for text that is in no cue: a block without a time, as after an empty line in a cue, and a line of
    text with an arrow.
    """
    groups = groupby(enumerate(source.lines, start=1), key=lambda row: bool(row[1].strip()))
    blocks = [list(rows) for is_text, rows in groups if is_text]
    for block in blocks[1:]:  # the first is the header
        if _NO_CUE.match(block[0][1]):
            continue
        time = next((n for n, (_, line) in enumerate(block[:2]) if _CUE_TIME.match(line)), None)
        lost = block[:1] if time is None else [row for row in block[time + 1 :] if "-->" in row[1]]
        for number, line in lost[:1]:
            what = "has no time line above it" if time is None else "has an arrow, which is not allowed in a cue"
            place = source.place(number, 1, len(line))
            report.add("L009", place, target=quoted(source.path), why=f"the text {quoted(line)} {what}")


def _thousandths(time: str) -> float:
    """The part of a second of a WebVTT time, which webvtt-py leaves out of its seconds."""
    return int(time.rpartition(".")[2]) / 1000


def find_transcript(root: Root, file: Path, place: Place, report: Report) -> SourceFile | None:
    """`name.transcript.md` beside a media file."""
    path = transcript_file(file)
    return root.read_text(path, report, place) if kind_of(path) else None
