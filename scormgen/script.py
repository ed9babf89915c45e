"""The player's ES modules, joined into one classic script: it must run from any folder, and `.mjs` or modules do not."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from scormgen.diagnostics import Failure

_SOURCE = Path(__file__).parent / "player" / "src"
_IMPORT = re.compile(r"^import\s+(?:\{[^}]*\}\s+from\s+)?'(?P<path>\./[^']+|\.\./[^']+)';[ \t]*\n", re.MULTILINE)
_EXPORT = re.compile(r"^export (?=(?:async )?(?:function|const|let|class)\b)", re.MULTILINE)


@cache
def player_script() -> str:
    """All modules in the order of their imports, inside one strict function, without comments.

    Raises Failure for a module that uses what cannot be joined so.
    """
    import rjsmin

    order: list[Path] = []
    _visit((_SOURCE / "main.js").resolve(), order, ())
    parts = []
    for path in order:
        text = _EXPORT.sub("", _IMPORT.sub("", path.read_text("utf-8")))
        if re.search(r"^(?:import|export)\b", text, re.MULTILINE):
            raise Failure(f"{path.name} has an import or export that the player's script cannot be joined with")
        parts.append(text)
    return str(rjsmin.jsmin("(function () {\n'use strict';\n" + "\n".join(parts) + "\n})();\n")) + "\n"


def _visit(path: Path, order: list[Path], above: tuple[Path, ...]) -> None:
    if path in order:
        return
    if path in above:
        raise Failure(f"{path.name} imports itself by way of {above[-1].name}")
    for found in _IMPORT.finditer(path.read_text("utf-8")):
        _visit((path.parent / found["path"]).resolve(), order, (*above, path))
    order.append(path)
