"""Video and audio: which files they are, and the captions and transcript found by the file's name."""

from __future__ import annotations

import io
from pathlib import Path
from typing import NamedTuple

from scormgen.diagnostics import Place, Report, quoted
from scormgen.source import Root, SourceFile

_TYPES = {
    ".mp4": "video/mp4", ".m4v": "video/mp4", ".webm": "video/webm", ".ogv": "video/ogg",
    ".mp3": "audio/mpeg", ".m4a": "audio/mp4", ".oga": "audio/ogg", ".ogg": "audio/ogg", ".wav": "audio/wav",
}  # fmt: skip
Cue = tuple[float, float, str]  # start and end in seconds, text


class Captions(NamedTuple):
    """A caption file: its language, its path, and its cues."""

    language: str
    path: Path
    cues: tuple[Cue, ...]


def media_type(target: str) -> str:
    """The MIME type of a media file by its name; '' where it is none."""
    return _TYPES.get(Path(target.partition("#")[0].partition("?")[0]).suffix.lower(), "")


def find_captions(root: Root, file: Path, language: str, place: Place, report: Report) -> list[Captions]:
    """`name.vtt` (in the course's language) and `name.xx.vtt` beside a media file; adds L009 where one is not valid."""
    found = []
    for path in sorted(file.parent.glob(f"{_glob_safe(file.stem)}*.vtt")):
        middle = path.name.removeprefix(file.stem).removesuffix(".vtt").strip(".")
        if path.name[len(file.stem)] != "." or "." in middle:
            continue
        source = root.read_text(path, report, place)
        if source:
            found.append(Captions(middle or language, path, _parse_cues(source, report)))
    return found


def _glob_safe(name: str) -> str:
    import glob

    return glob.escape(name)


def _parse_cues(source: SourceFile, report: Report) -> tuple[Cue, ...]:
    import webvtt

    try:
        captions = webvtt.from_buffer(io.StringIO(source.text))
    except (webvtt.errors.MalformedFileError, webvtt.errors.MalformedCaptionError) as error:
        report.add(
            "L009", source.place(1), target=quoted(source.path), why=str(error) or "it does not begin with WEBVTT"
        )
        return ()
    return tuple(
        (cue.start_in_seconds + _thousandths(cue.start), cue.end_in_seconds + _thousandths(cue.end), cue.text)
        for cue in captions.captions
    )


def _thousandths(time: str) -> float:
    """The part of a second of a WebVTT time, which webvtt-py leaves out of its seconds."""
    return int(time.rpartition(".")[2]) / 1000


def find_transcript(root: Root, file: Path, place: Place, report: Report) -> SourceFile | None:
    """`name.transcript.md` beside a media file."""
    path = file.with_name(f"{file.stem}.transcript.md")
    return root.read_text(path, report, place) if path.exists() else None
