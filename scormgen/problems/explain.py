"""The table of codes in words: for `scormgen rule`, and as docs/rules.md (`python -m scormgen.problems.explain`
prints that).
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from scormgen.problems.codes import (
    Code,
    Example,
    all_codes,
    examples,
    families,
    find,
    is_rule,
    what_to_do,
    without_fields,
)

_LANGUAGES = {"md": "markdown", "yml": "yaml", "css": "css", "svg": "xml"}


def _standing(code: str, row: Code) -> str:
    if not is_rule(code):
        return "error, which stops the build"
    by = "a rule of `check`" if int(code[1:]) > 100 else "also reported by `build`"
    return f"{'off by default' if row.severity == 'off' else row.severity}, {by}"


def list_codes() -> str:
    """Every code with its severity and message, one per line."""
    return "".join(f"{code}  {row.severity:<7}  {without_fields(row.message)}\n" for code, row in all_codes().items())


def explain(code: str) -> str:
    """The explanation of a code, for the terminal. Raises KeyError if there is no such code."""
    row = find(code)
    if row is None:
        raise KeyError(code)
    lines = [
        f"{code}: {without_fields(row.message)}",
        f"({_standing(code, row).replace('`', '')})",
        "",
        f"Why: {row.why}",
    ]
    for label, title in (("bad", "For example:"), ("good", "Better:")):
        files = [example for example in examples(code) if example.label == label]
        if files:
            lines += ["", title]
        for example in files:
            lines += ["", f"  {example.name}", *(f"    {line}" for line in _shown(example.text))]
    lines += ["", f"What to do: {what_to_do(row)}"]
    if is_rule(code):
        lines += ["", f"To set it, in scormgen.yml: rules: {{{code}: off}}   (error, warning or off)"]
        lines += [f"To suppress it for one line: <!-- scormgen-ignore {code}: why this is right here -->"]
    return "\n".join(lines) + "\n"


def _shown(text: str) -> list[str]:
    """An example's lines: long lines are cut, and so is a long list."""
    lines = [line if len(line) <= 160 else line[:159] + "…" for line in text.rstrip("\n").split("\n")]
    return lines if len(lines) <= 24 else [*lines[:23], "…"]


def rules_page() -> str:
    """docs/rules.md: every code with why it matters, an example, and a fix."""
    parts = [_INTRODUCTION]
    for letter, about in families().items():
        parts.append(f"\n## {letter}: {about}\n")
        for code, row in all_codes().items():
            if code[0] == letter:
                parts.append(_section(code, row))
    return "".join(parts)


def _section(code: str, row: Code) -> str:
    files = examples(code)
    bad = _fences([example for example in files if example.label == "bad"])
    good = _fences([example for example in files if example.label == "good"])
    better = f"\nBetter:\n{good}" if good else ""
    return (
        f"\n### {code}\n\n**{without_fields(row.message)}** ({_standing(code, row)})\n\n{row.why}\n{bad}{better}\n"
        f"**What to do:** {what_to_do(row)}\n"
    )


def _fences(files: Sequence[Example]) -> str:
    parts = []
    for example in files:
        text = "\n".join(_shown(example.text))
        mark = "`" * max(3, *(len(run) + 1 for run in re.findall(r"`{3,}", text)), 0)
        language = _LANGUAGES.get(example.name.rpartition(".")[2], "text")
        name = "" if example.name == "01-page.md" and len(files) == 1 else f"\n`{example.name}`\n"
        parts.append(f"{name}\n{mark}{language}\n{text}\n{mark}\n")
    return "".join(parts)


_INTRODUCTION = """\
# Codes

This page is generated from the table of codes (`make docs`); `scormgen rule CODE` prints one of them. `scormgen
build` reports problems that stop a package now or soon; `scormgen check` reports these, and also what would improve a
course.

As text, at most ten locations of a code are shown, followed by the number of problems by code; `scormgen check --all`
shows every location. The other formats (`--format json`, `github`, `sarif`) always show all. An unknown variable is
reported once per file.

You can set the severity of warnings and rules in `scormgen.yml`, beside `courses/`:

```yaml
rules:
  T105: off          # error, warning or off
  M101: warning
reading_age: 11      # T101: the highest reading age of a page
sentence_words: 25   # T102: the most words in a sentence
```

A comment suppresses one code for one line. It gives the code and a reason. On a line of its own, it applies to the
next line; otherwise, to its own line. In YAML, it begins with `#`. Errors that stop the build cannot be suppressed.

```markdown
<!-- scormgen-ignore W104: the sentence before says where it leads -->
Then [go on](02-next.md).
```

`scormgen check --fix` makes safe fixes in your files: it adds an id after a question's heading (Q108), emphasises
"not" (Q105), removes "picture of" from alternative text (W102), removes comments that suppress nothing (S011), and
turns HTML from Word into plain text (M015). Afterwards, it reads each file again. If a fix would change more than
that, or if the file is read-only, the fix is left out and reported (exit code 1). All other bytes of the file stay
unchanged. With `--format json`, `fixed` and `unfixed` list the problems of both kinds; an unfixed one has `why`.
"""


if __name__ == "__main__":
    print(rules_page(), end="")
