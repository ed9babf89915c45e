"""Whole workspaces of our own syntax (docs/authors.md), and mutations of them that keep most of it.

The forms are in forms.txt. A file is a list of blocks until it is written: what the mutations drop, copy, swap and splice.
"""

from __future__ import annotations

import base64
import re
from collections.abc import Callable
from functools import partial
from pathlib import Path
from random import Random

from tests.fuzz.mutants import ODD, Files

Blocks = dict[str, list[str]]
_WORDS = """
    people notice what is normal at work and report what does not fit an honest visitor Ångström naïve 火事 سلام 12 3.5
    https://example.org/a_b U.S. can't e.g. no HTML SCORM
    """.split()
_FORM = re.compile(r"^== (.+)\n((?:(?!== ).*\n)*)", re.M)
_FORMS: dict[str, list[str]] = {}
for _kind, _form in _FORM.findall(Path(__file__).with_name("forms.txt").read_text("utf-8")):
    _FORMS.setdefault(_kind, []).append(_form.removesuffix("\n").replace("␍", "\r"))
_TEXT, _QUESTIONS = _FORMS["text"], _FORMS["question"]
_ON_PAGES = [*_QUESTIONS, *_FORMS["survey"] * 2, *_FORMS["scenario"] * 2]
_ESCAPES = [
    f'{key}: "@{odd}"'
    for key in ("description", "audience", "rights", "x", "hotline")
    for odd in (r"\u0001", r"\uFFFE", r"\x85", r"\uD800", r"\0", r"\U0001F512")
]
_NAMES = [
    "02-b.md",
    "03-a folder/index.md",
    "03-a folder/01-x.md",
    "04-Ünï.md",
    "05-cön.md",
    "06-a & b's.md",
    "07-README.md",
    "08-[x](y).md",
    "con.md",
    "z/README.md",
    "_unused.md",
]
_PIXEL = base64.b64decode("R0lGODlhAQABAAAAACH5BAEKAAEALAAAAAABAAEAAAICTAEAOw==")
_SVG = b'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><path d="M0 0h9"/></svg>'


class Grammar:
    """Makes one workspace: `random` decides all of it."""

    def __init__(self, random: Random) -> None:
        self.random = random
        self.ids: list[str] = []
        self.count = 0
        self.forms = 0

    def words(self) -> str:
        self.count += 1
        chosen = self.random.choices(_WORDS, k=self.random.randint(1, 4))
        return " ".join([*chosen, f"w{self.count}"])

    def fill(self, form: str, path: str = "") -> str:
        """A form with its words, ids and links; an id that can be linked to is kept with the module's `path`."""
        self.forms += 1
        name = f"i{self.forms}"
        if re.search(r"\{#§[ }]|id=\"§", form):
            self.ids.append(f"{path}#{name}" if path else f"#{name}")
        target = self.random.choice(self.ids) if self.ids and path else "https://example.org"
        form = form.replace("(~)", f"(<{target}>)" if " " in target else f"({target})").replace("§", name)
        return re.sub("@", lambda _: self.words(), form)

    def module(self, path: str) -> list[str]:
        """Blocks of a module on content pages: text, then questions, then the next page."""
        random, blocks = self.random, []
        fill = partial(self.fill, path="" if "/" in path else path)
        if random.random() < 0.3:
            blocks.append(fill(random.choice(_FORMS["front matter"])))
        blocks += [fill("# @"), fill("@ @.")]
        for _ in range(random.randint(1, 3)):
            blocks += [fill(form) for form in random.choices(_TEXT, k=random.randint(1, 5))]
            blocks += [fill(form) for form in random.choices(_ON_PAGES, k=random.choice([0, 1, 2]))]
            blocks.append(
                fill(random.choice(["## @", "## @ {#§}", "## @ `@` {#§}", "### @ `@` {#§ .wide}"])) + fill("\n\n@")
            )
        return blocks

    def assessment(self) -> list[str]:
        random = self.random
        settings = ", ".join(random.sample(_FORMS["setting"], random.randint(0, 4)))
        blocks = [self.fill(f"---\ntitle: @\nassessment: {{{settings}}}\n---"), self.fill("@ @.")]
        for _ in range(random.randint(1, 2)):
            blocks.append(self.fill("## Pool: @ {draw=1}"))
            blocks += [self.fill(form) for form in random.sample(_QUESTIONS + _FORMS["scenario"], random.randint(2, 4))]
        return blocks

    def workspace(self) -> Blocks:
        """The text files of a workspace, as blocks; in YAML a block is a key."""
        random = self.random
        keys = {key.partition(":")[0]: key for key in random.sample(_FORMS["key"], random.randint(0, 7))}
        settings = [self.fill(key.replace("{n}", "2")) for key in keys.values()]
        found: Blocks = {
            "courses/c/course.yml": [
                self.fill("title: @"),
                *settings,
                "variables: {hotline: 0800 789 321}",
                "objectives: {hot: Hot}",
            ]
        }
        for name in ["01-a.md", *random.sample(_NAMES, random.choice([0, 1, 1, 2, 3]))]:
            found[f"courses/c/{name}"] = self.module(name)
        for name in list(found):
            if "/z/" in name or "a folder" in name:
                found[name] = [
                    block.replace("](assets/", "](../assets/").replace("](<assets/", "](<../assets/")
                    for block in found[name]
                ]
        if random.random() < 0.6:
            found["courses/c/90-test.md"] = self.assessment()
        found["courses/c/_part.md"] = [self.fill(form) for form in random.sample(_TEXT[:10], 2)]
        optional = {
            "courses/c/glossary.yml": ["SCORM: A standard.", self.fill("lock: @"), self.fill("honest: '<b> w'")],
            "scormgen.yml": ["rules: {T101: off, W103: error}", "reading_age: 9", "sentence_words: 30"],
            "themes/ours/tokens.css": [":root { --sg-accent: #5a2a82; }", "@media (prefers-color-scheme: dark) { :root { --sg-accent: #c9a7e8; } }", ".x { background: url(logo.svg) }"],
            "strings/fr.yml": ["next: Suivant", "page_of: Page {page} sur {all}", self.fill("back: '@ <b>'")],
            "strings/ar.yml": ["next: التالي"],
            "courses/c/assets/s.vtt": ["WEBVTT", self.fill("00:00:00.000 --> 00:00:01.000\n@"), self.fill("1\n00:01.000 --> 00:02.000 align:start\n<v Ann>@</v>")],
            "courses/c/assets/s.transcript.md": [self.fill("@ *@*"), self.fill("- @")],
            "courses/c/assets/v.en.vtt": ["WEBVTT", self.fill("00:00:00.000 --> 00:00:01.000\n@")],
        }  # fmt: skip
        return found | {
            name: blocks for name, blocks in optional.items() if name.startswith("themes") or random.random() < 0.7
        }


def to_files(blocks: Blocks) -> Files:
    files = {
        name: ("\n" if name.endswith((".yml", ".css")) else "\n\n").join(parts) + "\n" for name, parts in blocks.items()
    }
    binary: Files = {"courses/c/assets/p.svg": _SVG, "courses/c/assets/odd näme (1).svg": _SVG, "themes/ours/logo.svg": _SVG, "courses/c/assets/s.mp3": b"ID3" + bytes(99),
                     "courses/c/assets/v.mp4": b"\0\0\0\x18ftypmp42" + bytes(99), "courses/c/assets/list.txt": b"List\n", "courses/c/assets/g.gif": _PIXEL}  # fmt: skip
    return binary | {name: text.encode("utf-8", "surrogatepass") for name, text in files.items()}


def mutate(blocks: Blocks, random: Random, grammar: Grammar) -> Blocks:
    """One edit of the tree: of which blocks there are, or of what stands in one."""
    name = random.choice(
        [name for name in blocks if name.startswith("courses")] if random.random() < 0.8 else list(blocks)
    )
    parts = list(blocks[name]) or [""]
    at, other = random.randrange(len(parts)), random.randrange(len(parts))
    match random.choice(["drop", "copy", "swap", "splice", "join", "text", "text", "text", "hostile"]):
        case "drop":
            del parts[at]
        case "copy":
            parts.insert(other, parts[at])
        case "swap":
            parts[at], parts[other] = parts[other], parts[at]
        case "splice":
            parts.insert(at, random.choice(random.choice([p for p in blocks.values() if p])))
        case "join" if at:
            parts[at - 1 : at + 1] = [f"{parts[at - 1]}\n{parts[at]}"]
        case "hostile":
            parts.insert(at + 1, grammar.fill(random.choice(_ESCAPES if name.endswith(".yml") else _FORMS["hostile"])))
        case _:
            parts[at] = _edit(parts[at], random)
    return blocks | {name: parts}


def _edit(text: str, random: Random) -> str:
    """A block with one of its lines or marks changed."""
    lines = text.split("\n")
    at = random.randrange(len(lines))
    column = random.randrange(len(lines[at]) + 1)
    match random.choice(["indent", "dedent", "quote", "odd", "odd", "mark", "repeat", "nest", "line", "blank"]):
        case "indent":
            lines[at:] = [random.choice(["  ", "    ", "\t", " "]) + line for line in lines[at:]]
        case "dedent":
            lines = [line.lstrip() for line in lines]
        case "quote":
            lines = [random.choice(["> ", ">", "- ", "1. "]) + line for line in lines]
        case "odd":
            lines[at] = lines[at][:column] + random.choice(ODD) + lines[at][column:]
        case "mark":
            marks = [found.span() for found in re.finditer(r"[^\w\s]+", lines[at])] or [(0, 0)]
            first, last = random.choice(marks)
            lines[at] = (
                lines[at][:first]
                + random.choice(["", "-", "[", "](", "{", "|", "**", lines[at][first:last] * 2])
                + lines[at][last:]
            )
        case "repeat":
            lines[at] = (
                lines[at][:column]
                + (lines[at][column : column + random.randint(1, 6)] or "x") * random.choice([3, 99, 2000, 20_000])
                + lines[at][column:]
            )
        case "nest":
            lines[at] = (
                random.choice(["> ", "- ", "[", "*", "<b>", "**", "(", "{", "`", "!["]) * random.choice([9, 60, 1000])
                + lines[at]
            )
        case "line":
            lines.insert(random.randrange(len(lines) + 1), lines[at])
        case "blank":
            lines.insert(at, "")
    return "\n".join(lines)


def structure_mutant(random: Random, lock_of: Callable[[Files], bytes]) -> Files:
    """A generated workspace after none to three mutations; often with the course.lock of what it was before, sometimes with odd files and links."""
    grammar = Grammar(random)
    blocks = grammar.workspace()
    before = to_files(blocks)
    for _ in range(random.choice([0, 1, 1, 1, 2])):
        blocks = mutate(blocks, random, grammar)
    files = to_files(blocks)
    if random.random() < 0.3 and (lock := lock_of(before)):
        lines = lock.decode().split("\n")
        if random.random() < 0.2:
            lines[random.randrange(len(lines))] = _edit(random.choice(lines), random)
        files["courses/c/course.lock"] = "\n".join(lines).encode("utf-8", "surrogatepass")
    if random.random() < 0.1:
        odd = {
            "courses/c/assets/outside.svg": b"-> ../../../../outside/secret.txt", "courses/c/_loop.md": b'{% include "_loop.md" %}\n', "courses/c/09-link.md": b"-> ../../../outside/secret.txt", "courses/c/folder": b"-> ../../../outside",
            "courses/c/loop": b"-> .", "courses/c/course.lock": b"-> ../../../outside/secret.txt", "dist": b"-> ../outside", "courses/other": b"-> ../../outside", "courses/c/glossary.yml": b"-> ../../../outside/secret.txt",
            "courses/c/" + "n" * 240 + ".md": b"Text.\n", "courses/c/11-\n.md": b"Text.\n", "courses/c/12-\x1b[31m.md": b"Text.\n", "courses/c/z/y/deep.md": b"Text.\n", "courses/d/course.yml": b"title: C\nid: c\n", "strings/fr.yml": b"-> fr.yml", "courses/c/13-\udcff.md": b"Text.\n",
            "themes/ours/tokens.css": b"-> ../../../outside/secret.txt", "courses/c/assets/s.vtt": b"-> ../../../../outside/secret.txt", "dist/c-1.0.0-scorm12.zip/x": b"a folder in its place",
        }  # fmt: skip
        for name in random.sample(sorted(odd), 2):
            files.pop(name, None)
            files[name] = odd[name]
    return files
