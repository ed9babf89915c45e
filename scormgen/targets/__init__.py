"""From rendered pages to packages: one folder per e-learning standard, and the shared `base`. No other stage
contains a standard.
"""

from __future__ import annotations

from collections.abc import Mapping

from scormgen.targets import scorm12, web
from scormgen.targets.base.contents import Target

TARGETS: Mapping[str, Target] = {target.NAME: target for target in (scorm12, web)}
DEFAULT = scorm12.NAME
