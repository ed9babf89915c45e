"""What byte mutants and structure mutants have in common: a workspace as a table of files, on disk and as one text.

The content of a symbolic link is `-> ` and where it leads.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from random import Random

from tests.conftest import ROOT

Files = dict[str, bytes]
_LINK = b"-> "
_HEAD = re.compile(rb"^=== (.+)\n", re.M)
# Where parsers, terminals, file systems and browsers have had trouble.
ODD = ["\u202e", "\u200b", "\ufeff", "\u2028", "\x85", "\x00", "\x0b", "\x1b[31m", "\ud7ff", "\ufffd", "\ufffe", "e\u0301" * 9, "İ", "ß", "ﬁ", "𝒳", "🏳️‍🌈", "\xa0", "\t", "\r", "&#0;", "&lt;b&gt;", "&#x110000;",
       "％", "︰", "٣", "²", "%00", "%2e%2e/", "\\", "$", "`", "{#", "{{", "%}", "]]", "<!--", "-->", "<", "\x02", "\x03", "klzzwxh:0000\x03"]  # fmt: skip
_BYTES = [
    b"\x00",
    b"\xff",
    b"\xfe\xff",
    b"\xc3",
    b"\xed\xa0\x80",
    b"\xf4\x90\x80\x80",
    b"\r",
    b"\n",
    b"\n\n",
    b"\xef\xbb\xbf",
    b"\x1b",
    b"---\n",
    b"```",
    b"    ",
    b"\t",
]


def write(files: Files, root: Path) -> None:
    """Writes a workspace; a name that the file system refuses, or a file where a folder is needed, is left out."""
    for name, content in files.items():
        path = root / name
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            if content.startswith(_LINK):
                path.symlink_to(content[len(_LINK) :].decode())
            else:
                path.write_bytes(content)
        except (OSError, ValueError):
            continue


def read(root: Path) -> Files:
    """Every file below a folder; a symbolic link as its target."""
    found: Files = {}
    for path in sorted(root.rglob("*")):
        name = path.relative_to(root).as_posix()
        if path.is_symlink():
            found[name] = _LINK + str(path.readlink()).encode()
        elif path.is_file():
            found[name] = path.read_bytes()
    return found


def to_text(files: Files) -> bytes:
    """The form of the files in `found/` and `regressions/`: a line `=== PATH` before each."""
    return b"".join(
        b"=== " + name.encode("utf-8", "surrogateescape") + b"\n" + content + b"\n" for name, content in files.items()
    )


def from_text(text: bytes) -> Files:
    parts = _HEAD.split(text)[1:]
    return {
        name.decode("utf-8", "surrogateescape"): content[:-1]
        for name, content in zip(parts[::2], parts[1::2], strict=True)
    }


def mutate_bytes(content: bytes, random: Random) -> bytes:
    """One to four edits: flip, insert, delete, copy, cut short."""
    for _ in range(random.randint(1, 4)):
        at = random.randrange(len(content) + 1)
        end = min(len(content), at + random.choice([1, 1, 4, 40]))
        match random.choice(["flip", "bytes", "odd", "delete", "copy", "repeat", "cut"]):
            case "flip" if at < len(content):
                content = content[:at] + bytes([content[at] ^ 1 << random.randrange(8)]) + content[at + 1 :]
            case "bytes":
                content = content[:at] + random.choice(_BYTES) + content[at:]
            case "odd":
                content = content[:at] + random.choice(ODD).encode("utf-8", "surrogatepass") + content[at:]
            case "delete":
                content = content[:at] + content[end:]
            case "copy":
                to = random.randrange(len(content) + 1)
                content = content[:to] + content[at:end] + content[to:]
            case "repeat":
                content = content[:at] + content[at:end] * random.choice([2, 9, 200]) + content[end:]
            case "cut" if random.random() < 0.2:
                content = content[:at]
    return content


def _thin(content: bytes) -> bytes:
    """A module with its page headings alone, so that links to it still lead somewhere."""
    front = re.match(rb"---\n.*?\n---\n", content, re.S)
    heads = re.findall(rb"^##? (?!Pool:|Q:).*$", content, re.M)
    return (front[0] if front else b"") + b"\n\nText.\n\n".join([b"", *heads, b""])


def byte_mutant(random: Random, lock_of: Callable[[Files], bytes]) -> Files:
    """One of our own courses with some of its files mutated. Three in four have only their headings in the other modules."""
    course = random.choice(sorted(path.parent.name for path in (ROOT / "courses").glob("*/course.yml")))
    files = {
        f"courses/{name}": content
        for name, content in read(ROOT / "courses").items()
        if name.startswith((f"{course}/", "_shared/")) and not name.endswith(".py")
    }
    names = [
        name for name in files if name.endswith((".md", ".yml", ".lock", ".vtt", ".svg")) and f"/{course}/" in name
    ]
    chosen = set(random.sample(names, random.choice([1, 1, 1, 2])))
    if random.random() < 0.75:
        files = {
            name: _thin(content) if re.search(r"/\d\d-[^/]*\.md$", name) and name not in chosen else content
            for name, content in files.items()
        }
    return {name: mutate_bytes(content, random) if name in chosen else content for name, content in files.items()}
