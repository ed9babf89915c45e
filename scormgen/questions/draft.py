"""A question as it was written, before its kind is known."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import NamedTuple

from scormgen.blocks import Attributes, Block


class Draft(NamedTuple):
    """The parts of a question; `plain` turns inline Markdown into text."""

    heading: Block
    attributes: Attributes
    stem: tuple[Block, ...]
    lists: tuple[Block, ...]
    notes: Mapping[str, tuple[Block, ...]]
    plain: Callable[[str], str]
