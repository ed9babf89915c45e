"""W108: the contrast of a theme's tokens, by the formula of WCAG 2.2 for relative luminance."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

import tinycss2
from tinycss2.color4 import parse_color

from scormgen.checking.rules.subject import Subject
from scormgen.files.source import SourceFile
from scormgen.problems.report import Place, Report
from scormgen.rendering.css import is_readable
from scormgen.rendering.theme import is_built_in, read_file

_TEXT, _EDGE = 4.5, 3.0
_PAIRS: tuple[tuple[str, str, float], ...] = (
    *((ink, paper, _TEXT) for ink in ("ink", "ink-soft", "accent", "accent-strong") for paper in ("paper", "ground")),
    *((ink, f"{tone}-wash", _TEXT) for tone in ("accent", "good", "bad", "amber", "violet") for ink in ("ink", tone)),
    ("accent-ink", "accent", _TEXT),
    ("accent-ink", "accent-strong", _TEXT),
    *((edge, paper, _EDGE) for edge in ("edge", "focus") for paper in ("paper", "ground")),
)
Colour = tuple[float, float, float]  # red, green, blue: 0 to 1


class Token(NamedTuple):
    """A custom property that is a colour, and where a style sheet sets it."""

    colour: Colour
    place: Place


def check_contrast(subject: Subject, report: Report) -> None:
    """Every pair of colours that the player combines, in the light and in the dark scheme.

    Pairs of the default theme are left out: its tests check their contrast.
    """
    light: dict[str, Token] = {}
    dark: dict[str, Token] = {}
    theme_tokens: set[str] = set()
    for path in subject.theme.sheets():
        source = read_file(subject.root, path, Report())
        if source is None:
            continue
        base, scheme = read_tokens(source)
        light |= base
        dark |= base | scheme
        if not is_built_in(path):
            theme_tokens.add(source.path)
    reported: set[tuple[str, str]] = set()
    for scheme_name, tokens in (("light", light), ("dark", dark)):
        for ink, paper, least in _PAIRS:
            if ink not in tokens or paper not in tokens:
                continue
            one, other = tokens[ink], tokens[paper]
            ratio = contrast(one.colour, other.colour)
            where = next((token.place for token in (one, other) if token.place.path in theme_tokens), None)
            same = (ink, paper) in reported and light.get(ink) == one and light.get(paper) == other
            if where and ratio < least and not same:
                reported.add((ink, paper))
                rounded = f"{int(ratio * 100) / 100:g}"  # never up: 4.499 is not 4.5
                words = {"ink": f"--sg-{ink}", "paper": f"--sg-{paper}", "ratio": rounded, "scheme": scheme_name}
                report.add("W108", where, None, **words, least=f"{least:g}")


def contrast(first: Colour, second: Colour) -> float:
    """The contrast ratio of two colours, 1 to 21 (WCAG 2.2, "contrast ratio")."""
    light, dark = sorted((_luminance(first), _luminance(second)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: Colour) -> float:
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in colour]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def read_tokens(source: SourceFile) -> tuple[dict[str, Token], dict[str, Token]]:
    """The `--sg-…` colours that a style sheet sets on :root, in general and for the dark scheme."""
    light: dict[str, Token] = {}
    dark: dict[str, Token] = {}
    if not is_readable(source.text):  # P003 reports why
        return light, dark
    for condition, rule in _rules(tinycss2.parse_stylesheet(source.text, skip_comments=True, skip_whitespace=True), ""):
        scheme = dark if "prefers-color-scheme:dark" in condition else light if "@media" not in condition else None
        if scheme is None or tinycss2.serialize(rule.prelude).strip() != ":root":
            continue
        for declaration in tinycss2.parse_blocks_contents(rule.content, skip_comments=True, skip_whitespace=True):
            if declaration.type == "declaration" and declaration.name.startswith("--sg-"):
                colour = _colour(declaration.value)
                line = declaration.source_line
                if colour:
                    place = source.find(f"{declaration.name}:", line, line)
                    scheme[declaration.name.removeprefix("--sg-")] = Token(colour, place)
    return light, dark


def _rules(nodes: Any, condition: str) -> Iterator[tuple[str, Any]]:
    """Qualified rules with the at-rules that they are in."""
    for node in nodes:
        if node.type == "qualified-rule":
            yield condition, node
        elif node.type == "at-rule" and node.content:
            inner = tinycss2.parse_blocks_contents(node.content, skip_comments=True, skip_whitespace=True)
            prelude = "".join(tinycss2.serialize(node.prelude).split())
            yield from _rules(inner, f"{condition}@{node.at_keyword}{prelude}")


def _colour(value: Any) -> Colour | None:
    words = [token for token in value if token.type not in ("whitespace", "comment")]
    parsed = parse_color(words[0]) if len(words) == 1 else None
    if parsed is None or parsed == "currentcolor" or (parsed.alpha or 0) < 1:
        return None
    red, green, blue = parsed.to("srgb").coordinates
    return float(red), float(green), float(blue)
