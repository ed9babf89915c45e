"""The lower bounds in pyproject.toml as pip constraints, for `make test-lowest`: what is said to do must have been tried.

Only what scormgen itself needs is held at its bound; the tests' own tools are as new as they can be beside it.
"""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

_BOUND = re.compile(r"(?P<name>[\w.-]+)>=(?P<version>[\w.]+)")


def lowest(project: Path) -> list[str]:
    """A constraint for each dependency. Raises ValueError for one whose lower bound cannot be read."""
    constraints = []
    for wanted in tomllib.loads(project.read_text("utf-8"))["project"]["dependencies"]:
        bound = _BOUND.fullmatch(wanted)
        if not bound:
            raise ValueError(f"{project}: no lower bound in {wanted!r}")
        constraints.append(f"{bound['name']}=={bound['version']}")
    return constraints


if __name__ == "__main__":
    print("\n".join(lowest(Path(__file__).parent.parent / "pyproject.toml")))
