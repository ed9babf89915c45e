"""What a page would run or load, as an HTML5 tokeniser reads it: the tests' own eyes, apart from the compiler's."""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Collection, Iterator
from typing import Any

from lxml import etree, html

_REFUSED = {"iframe", "object", "embed", "base", "applet", "frame", "frameset", "portal"}
_ADDRESSES = {
    "href",
    "src",
    "xlink:href",
    "action",
    "formaction",
    "poster",
    "data",
    "background",
    "srcset",
    "ping",
    "values",
    "to",
    "from",
}
_PAINTS = {
    "style",
    "fill",
    "stroke",
    "filter",
    "mask",
    "clip-path",
    "cursor",
    "marker-start",
    "marker-mid",
    "marker-end",
}
NO_HTML = {"gaps", "texts"}  # what a key holds that is no HTML: accepted answers
_LOADS = re.compile(r"url\(['\"]?(?:\w+:)?//", re.I)
_POLICY = "Content-Security-Policy"
_SCRIPT_ADDRESS = re.compile(r"(?:javascript|vbscript|data:text/html)", re.I)


def elements(page: str) -> Iterator[etree._Element]:
    """The elements of a page, as libxml2's HTML5 tokeniser reads them."""
    parser = html.HTMLParser(encoding="utf-8", huge_tree=True)
    return iter(
        html.document_fromstring(
            f"<body>{page}".encode() if "<body" not in page else page.encode(), parser=parser, ensure_head_body=True
        ).iter(etree.Element)
    )


def dangers(page: str) -> Iterator[str]:
    """What a page would run or load that is not the player's, as an HTML5 tokeniser reads it; feedback in its keys too."""
    for element in elements(page):
        tag, attributes = (
            str(element.tag).lower(),
            {str(name).lower(): str(value) for name, value in element.attrib.items()},
        )
        player = attributes.get("type") == "application/json" or re.fullmatch(
            r"(?:\.\./)*player/player\.js", attributes.get("src", "")
        )
        if (
            (tag == "script" and not player)
            or tag in _REFUSED
            or (tag == "meta" and attributes.get("http-equiv", _POLICY) != _POLICY)
            or (tag == "style")
        ):
            yield f"<{tag}>"
        for name, value in attributes.items():
            plain = re.sub(r"[\s\x00-\x20]", "", value)
            if name.startswith("on") or name == "srcdoc" or (name in _ADDRESSES and _SCRIPT_ADDRESS.match(plain)):
                yield f"<{tag} {name}>"
            elif name in ("src", "poster", "data", "background", "srcset", "ping", "lowsrc", "dynsrc") and re.match(
                r"(?:\w+:)?//", plain
            ):
                yield f"<{tag} {name}> of another host"
            elif _LOADS.search(plain) and name in _PAINTS:
                yield f"<{tag} {name}> with an address of another host"
            elif name == "data-key":
                yield from (
                    danger for text in key_texts(value, NO_HTML) for danger in (dangers(text) if "<" in text else ())
                )


def key_texts(key: str | None, without: Collection[str] = ()) -> list[str]:
    """The texts in the encoded key of a question: its feedback, its explanation, and what it accepts."""
    try:
        return list(json_texts(json.loads(base64.b64decode(key or "", validate=True)), without))
    except ValueError:  # of an author's own making, or empty
        return []


def json_texts(value: Any, without: Collection[str] = ()) -> Iterator[str]:
    """All strings in what JSON holds, except below the named keys."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        value = [child for name, child in value.items() if name not in without]
    for child in value if isinstance(value, list) else ():
        yield from json_texts(child, without)
