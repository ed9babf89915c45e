"""The content security policy of a package's pages: docs/lms.md.

It stands in a `<meta>` element, for a package cannot choose the headers that an LMS sends with it.
"""

from __future__ import annotations

import re
from typing import Literal

Level = Literal["default", "strict"]
# What no course needs. LMSs and proxies that put a script or style of their own into the page still work.
_DEFAULT = "object-src 'none'; base-uri 'none'; form-action 'self'"
# The icon of a page and pictures in a style sheet or in Markdown may be data: addresses.
_STRICT = "default-src 'self'; img-src 'self' data:"
_FONTS = "font-src 'self' data:"
# Everything that a page of a course may ever need, for servers of ours that send it as a header.
STRICT = f"{_STRICT}; {_FONTS}; {_DEFAULT}"

_EMBEDDED_FONT = re.compile(r"@font-face\s*\{[^{}]*url\(\s*[\"']?data:", re.I)


def content_security_policy(level: Level, style: str) -> str:
    """The policy that `csp:` in course.yml asks for, and no more than the packed style sheet needs."""
    if level == "default":
        return _DEFAULT
    return "; ".join([_STRICT, *([_FONTS] if _EMBEDDED_FONT.search(style) else []), _DEFAULT])
