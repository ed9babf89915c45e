"""Where text of an author stands: each position makes the files of a course with a payload in it.

Of the shared positions a course holds many payloads, each in files whose path has `pN` in it; single positions are in a course once.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import NamedTuple

_SVG = "<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'/>"


class Payload(NamedTuple):
    name: str
    text: str


def payloads() -> list[Payload]:
    parts = re.split(r"^== (.+)\n", Path(__file__).with_name("payloads.txt").read_text("utf-8"), flags=re.M)[1:]
    names = zip(parts[::2], parts[1::2], strict=True)
    plain = str.maketrans({"␀": "\0", "␉": "\t", "␌": "\f"})
    return [Payload(name, text.rstrip("\n").replace("ID", name).translate(plain)) for name, text in names]


# In a form PAYLOAD is the payload on one line, LINES as it is, QUOTED as a YAML string, and N its number.
SHARED = {
    "prose": "Text.\n\nLINES\n",
    "prose in a line": "Some PAYLOAD words.\n",
    "heading": "## PAYLOAD\n\nText.\n",
    "heading id": "## H {#PAYLOAD}\n\nText.\n",
    "heading class": "## H {.PAYLOAD}\n\nText.\n",
    "heading attribute": "## H {title=QUOTED}\n\nText.\n",
    "module title": "---\ntitle: QUOTED\n---\n\nText.\n",
    "module heading": "# PAYLOAD\n\nText.\n",
    "list item": "- PAYLOAD\n- b\n",
    "quote": "> LINES\n",
    "callout": "> [!NOTE]\n> PAYLOAD\n",
    "table cell": "| PAYLOAD | b |\n| --- | --- |\n| c | PAYLOAD |\n",
    "footnote": "Text[^n].\n\n[^n]: PAYLOAD\n",
    "abbreviation": "ABN text.\n\n*[ABN]: PAYLOAD\n",
    "abbreviated word": "PAYLOAD text.\n\n*[PAYLOAD]: words\n",
    "definition": "Term\n: PAYLOAD\n",
    "defined term": "PAYLOAD\n: What it means\n",
    "tab title": "<!-- tabs -->\n\n### PAYLOAD\n\nA\n\n### B\n\nB\n\n<!-- /tabs -->\n",
    "summary": "<details><summary>PAYLOAD</summary>\n\nText.\n\n</details>\n",
    "card": "### Card: PAYLOAD\n\n| PAYLOAD | |\n| --- | --- |\n| a | |\n",
    "caption": '![a](assets/p.svg "PAYLOAD")\n',
    "alternative text": "![PAYLOAD](assets/p.svg)\n\nText ![PAYLOAD](assets/p.svg) text.\n",
    "link title": '[a](#x "PAYLOAD")\n',
    "link text": "[PAYLOAD](https://example.org)\n",
    "link target": "[a](PAYLOAD)\n",
    "link target in brackets": "[a](<PAYLOAD>)\n",
    "link definition": '[a][b]\n\n[b]: PAYLOAD "PAYLOAD"\n',
    "code span": "`` PAYLOAD ``\n",
    "fence": "````PAYLOAD\nLINES\n````\n",
    "variable in a tag": '<b title="{{ v }}">{{ v }}</b> PAYLOAD\n',
    "comment": "<!-- PAYLOAD\n-->\n\nText.\n",
    "snippet": '{% include "_pN.md" %}\n',
    "question title": "### Q: PAYLOAD\n\n- [x] a\n- [ ] b\n",
    "question id": "### Q: a {#PAYLOAD}\n\n- [x] a\n- [ ] b\n",
    "option": "### Q: a\n\n- [x] PAYLOAD\n- [ ] b\n",
    "feedback": "### Q: a\n\n- [x] a\n  > PAYLOAD\n- [ ] b\n  > PAYLOAD\n",
    "hint": "### Q: a\n\n- [x] a\n- [ ] b\n\n> **Hint:** PAYLOAD\n",
    "explanation": "### Q: a\n\n- [x] a\n- [ ] b\n\n> **Explanation:** PAYLOAD\n",
    "pair": "### Q: a\n\n- PAYLOAD -> b\n- c -> PAYLOAD d\n",
    "order": "### Q: a {type=order}\n\n1. PAYLOAD\n2. b\n",
    "gap": "### Q: a {size=10}\n\nText [[PAYLOAD]] text.\n",
    "accepted text": "### Q: a {type=text size=10}\n\n- [x] PAYLOAD\n- [ ] b\n  > PAYLOAD\n",
    "survey row": "### Survey: a {scale=agree5}\n\n- PAYLOAD\n- b\n",
    "scenario scene": "### Scenario: a {#sN}\n\nText.\n\n- [b](#eN)\n- [c](#eN)\n\n#### PAYLOAD {#eN}\n\nPAYLOAD\n",
    "scenario link": "### Scenario: a {#sN}\n\nText.\n\n- [PAYLOAD](#eN)\n- [c](#eN)\n\n#### d {#eN}\n\nEnd.\n",
    "captions": "![a](assets/pN.mp3)\n",
    "transcript": "![a](assets/pN.mp3)\n",
    "glossary definition": "Text of termN.\n",
    "name of an image": "![a](<assets/pN/NAME.svg>)\n",
    "name of a download": "[a](<assets/pN/NAME.txt>)\n",
    "name of a module": "Text.\n",
}  # fmt: skip
# The key in course.yml, or the file, of positions that are in a course once.
SINGLE = {
    "course title": "title: QUOTED", "description": "description: QUOTED", "audience": "audience: QUOTED", "keyword": "keywords: [QUOTED]", "rights": "rights: QUOTED", "version": "version: QUOTED", "course id": "id: QUOTED",
    "language": "language: QUOTED", "theme": "theme: QUOTED", "objective": "objectives: {hot: QUOTED}", "variable": "variables: {v: QUOTED}", "word of the player": "next: QUOTED", "token": ":root { --sg-accent: PAYLOAD; }",
}  # fmt: skip
_PLAIN = {
    "course title": "title: C",
    "theme": "theme: ours",
    "objective": "objectives: {hot: H}",
    "variable": "variables: {v: w}",
    "word of the player": "next: Next",
    "token": ":root { --sg-accent: #5a2a82; }",
}
Place = Callable[[str, int], bool]  # whether a problem in a file (by its path) and line is about the payload


def filled(form: str, payload: Payload, number: int) -> str:
    line = " ".join(payload.text.split("\n"))
    name = re.sub(r"[/\0]", "", line)[:80]
    form = (
        form.replace("QUOTED", json.dumps(line))
        .replace("PAYLOAD", line)
        .replace("LINES", payload.text)
        .replace("NAME", name)
    )
    return re.sub(r"\b(p|term|AB|s|e|_p)N\b|#([se])N\b", lambda found: found[0].replace("N", str(number)), form)


def shared_course(position: str, chosen: Iterable[tuple[int, Payload]]) -> dict[str, str]:
    """A course with each of the payloads in that position, in a module of its own."""
    files = {"course.yml": "title: C\nvariables: {v: w}\n", "assets/p.svg": _SVG, "000-start.md": "Text.\n"}
    glossary = []
    for number, payload in chosen:
        module = filled(SHARED[position], payload, number)
        stem = f"{number:03}-p{number}"
        path = f"{stem}-{filled('NAME', payload, number)}.md" if position == "name of a module" else f"{stem}.md"
        files[path] = module
        match position:
            case "captions" | "transcript":
                files[f"assets/p{number}.mp3"] = "ID3"
                files[f"assets/p{number}.vtt"] = (
                    "WEBVTT\n\n00:00.000 --> 00:01.000\n" + (payload.text if position == "captions" else "a") + "\n"
                )
                files[f"assets/p{number}.transcript.md"] = (payload.text if position == "transcript" else "a") + "\n"
            case "snippet":
                files[f"_p{number}.md"] = payload.text + "\n"
            case "glossary definition":
                glossary.append(filled("termN: QUOTED", payload, number))
            case "name of an image" | "name of a download":
                files[filled(f"assets/pN/NAME.{'svg' if 'image' in position else 'txt'}", payload, number)] = _SVG
    return files | ({"glossary.yml": "\n".join(glossary) + "\n"} if glossary else {})


def is_about(path: str, excerpt: str, number: int) -> bool:
    """Whether a problem of a shared course is about the payload of that number."""
    return bool(re.search(rf"(?<!\w)_?p{number}(?!\d)", path) or re.match(rf"term{number}:", excerpt))


def single_course(payload: Payload, positions: Iterable[str]) -> dict[str, str]:
    """A course with the payload in those of the single positions, and plain words in the others."""
    lines = {
        position: filled(form, payload, 0) if position in positions else _PLAIN.get(position, "")
        for position, form in SINGLE.items()
    }
    strings, token = lines.pop("word of the player"), lines.pop("token")
    return {
        "course.yml": "\n".join([*lines.values(), "certificate: yes"]) + "\n", "001-a.md": "{{ v }} text.\n\n### Q: a {objective=hot}\n\n- [x] a\n- [ ] b\n",
        "../../strings/en.yml": f"{strings}\n", "../../themes/ours/tokens.css": f"{token}\n",
    }  # fmt: skip


def is_about_single(path: str, line: int, position: str) -> bool:
    """Whether a problem of a single course is about that position."""
    if position in ("word of the player", "token"):
        return path.startswith("strings" if position != "token" else "themes")
    if position == "variable" and path.endswith("001-a.md"):
        return True
    return path.endswith("course.yml") and line == list(SINGLE).index(position) + 1
