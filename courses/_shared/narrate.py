"""The courses' narrated pages: each transcript becomes speech (espeak-ng), an MP3 (lame) and captions. `make narration` writes them.

A transcript is `assets/NAME.transcript.md` in a course; every sentence becomes a caption for as long as it is spoken.
"""

from __future__ import annotations

import io
import re
import subprocess
import sys
import tempfile
import wave
from pathlib import Path

COURSES = Path(__file__).parent.parent
_PAUSE = 0.35  # seconds between sentences
_VOICE = ["espeak-ng", "-v", "en-gb", "-s", "150", "-p", "42"]


def sentences(transcript: str) -> list[str]:
    plain = re.sub(r"^#.*$|[*_]", "", transcript, flags=re.MULTILINE)
    return [" ".join(part.split()) for part in re.split(r"(?<=[.?!])\s+", plain) if part.strip()]


def speak(sentence: str) -> tuple[bytes, int]:
    """The samples of a sentence (16 bit, mono), and how many there are a second."""
    spoken = sentence.replace("gov.uk/ACT", "gov dot U K slash act")
    done = subprocess.run([*_VOICE, "--stdout", spoken], capture_output=True, check=True)
    with wave.open(io.BytesIO(done.stdout)) as found:
        rate = found.getframerate()
        return found.readframes(2**30), rate


def stamp(seconds: float) -> str:
    return f"{int(seconds // 3600):02}:{int(seconds // 60) % 60:02}:{seconds % 60:06.3f}"


def narrate(transcript: Path) -> None:
    """Writes NAME.mp3 and NAME.vtt beside NAME.transcript.md."""
    name = transcript.name.removesuffix(".transcript.md")
    samples, cues, rate = bytearray(), [], 22050
    for sentence in sentences(transcript.read_text("utf-8")):
        spoken, rate = speak(sentence)
        start = len(samples) / 2 / rate
        samples += spoken
        cues.append(f"{stamp(start)} --> {stamp(len(samples) / 2 / rate)}\n{sentence}\n")
        samples += bytes(int(_PAUSE * rate) * 2)
    transcript.with_name(f"{name}.vtt").write_text("WEBVTT\n\n" + "\n".join(cues), "utf-8")
    with tempfile.NamedTemporaryFile(suffix=".wav") as file:
        with wave.open(file.name, "wb") as out:
            out.setnchannels(1)
            out.setsampwidth(2)
            out.setframerate(rate)
            out.writeframes(bytes(samples))
        mp3 = transcript.with_name(f"{name}.mp3")
        subprocess.run(["lame", "--quiet", "-m", "m", "-b", "48", "--noreplaygain", file.name, str(mp3)], check=True)
    print(f"{mp3.relative_to(COURSES)}: {len(samples) / 2 / rate:.0f} s, {mp3.stat().st_size / 1000:.0f} kB")


if __name__ == "__main__":
    for found in sorted(COURSES.glob("*/assets/*.transcript.md")):
        if len(sys.argv) < 2 or sys.argv[1] in str(found):
            narrate(found)
