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
    for path, code in caption_files(file):
        source = root.read_text(path, report, place)
        if source:
            found.append(Captions(code or language, path, _parse_cues(source, report)))
    return found


def caption_files(file: Path) -> list[tuple[Path, str]]:
    """`name.vtt` and `name.xx.vtt` beside a media file, with the language in their names ('' where there is none)."""
    import glob

    found = []
    for path in sorted(file.parent.glob(f"{glob.escape(file.stem)}.*vtt")):
        code = path.name.removeprefix(f"{file.stem}.").removesuffix("vtt").rstrip(".")
        if path.suffix == ".vtt" and "." not in code:
            found.append((path, code))
    return found


def transcript_file(file: Path) -> Path:
    """Where the transcript of a media file is looked for."""
    return file.with_name(f"{file.stem}.transcript.md")


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
    path = transcript_file(file)
    return root.read_text(path, report, place) if path.exists() else None
