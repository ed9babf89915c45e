"""YAML with positions, and tables of keys: how `course.yml`, front matter and `scormgen.yml` are read.

YAML is composed, not loaded: every scalar stays the text that the author wrote (1.10 stays 1.10, `no` stays
Norwegian), and every value keeps its line.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping
from typing import Any, NamedTuple

import yaml

from scormgen.files.source import UNREADABLE, SourceFile
from scormgen.problems import limits
from scormgen.problems.report import Place, Report
from scormgen.text import NEAR, quoted, slug

_ID = re.compile(r"[A-Za-z_][A-Za-z0-9._-]{0,99}")
_DURATION = re.compile(r"(?:(?P<h>\d{1,3})\s*(?:h|hours?))?\s*(?:(?P<m>\d{1,4})\s*(?:m|min|minutes?))?", re.I)
_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_-]*")


class Value(NamedTuple):
    """A YAML node with its place: text, a list or a mapping of Values; `empty` is a key without a value.

    `key` is the place of the key that it is the value of.
    """

    content: str | tuple[Value, ...] | Mapping[str, Value]
    place: Place
    empty: bool = False
    key: Place | None = None


class Parser(NamedTuple):
    """How a value is read: `read` adds a problem if it is wrong, and returns the best value it can; `schema` is the
    same for an editor, as JSON Schema."""

    read: Callable[[str, Value, Report], Any]
    schema: Mapping[str, Any]


REQUIRED = "\0"  # the default of a required key
# Every scalar is read as text, so an editor must not ask for quotes.
_SCALAR = {"type": ["string", "number", "boolean"]}


class Key(NamedTuple):
    """One key: how it is read, its default, and what it means, in the words of the docs."""

    parser: Parser
    default: Any
    meaning: str
    example: str = ""


def parse_yaml(source: SourceFile, text: str, offset: int, report: Report) -> Value | None:
    """Composes YAML whose first line is line `offset` + 1 of `source`; None (after adding C001 or C003) if it is not
    valid.
    """

    def place(node: yaml.Node | yaml.Mark) -> Place:
        mark = node.start_mark if isinstance(node, yaml.Node) else node
        width = max(1, node.end_mark.column - mark.column) if isinstance(node, yaml.ScalarNode) else 1
        return source.place(mark.line + offset + 1, mark.column + 1, width)

    def convert(node: yaml.Node) -> Value:
        match node:
            case yaml.ScalarNode():
                plain = not node.style and node.value in ("", "~", "null")
                return Value(text_of(node), place(node), empty=plain)
            case yaml.SequenceNode():
                return Value(tuple(convert(child) for child in node.value), place(node))
            case yaml.MappingNode():
                values: dict[str, Value] = {}
                for key, child in node.value:
                    name = text_of(key) if isinstance(key, yaml.ScalarNode) else ""
                    if name in values:
                        report.add("C003", place(key), key=quoted(name))
                    value = convert(child)
                    where = place(key) if value.empty else value.place
                    values[name] = Value(value.content, where, value.empty, place(key))
                return Value(values, place(node))
        raise TypeError(node)

    def text_of(node: yaml.ScalarNode) -> str:
        value = str(node.value)
        if hidden := UNREADABLE.search(value):
            report.add("C026", place(node), sign=quoted(ascii(hidden[0])[1:-1]))
            return UNREADABLE.sub("", value)
        return value

    try:
        if why := _refused(text):
            report.add(why[0], Place(source.path), None, **why[1])
            return None
        node = yaml.compose(text, Loader=_loader())
        return convert(node) if node is not None else Value({}, source.place(offset + 1))
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        where = place(mark) if mark else Place(source.path)
        report.add("C001", where, why=_WHY.get(str(error.problem), error.problem) or error.context or "unreadable")
    except yaml.YAMLError as error:
        report.add("C001", Place(source.path), why=str(error).partition("\n")[0])
    except RecursionError:
        report.add("C001", Place(source.path), why=_TOO_DEEP)
    return None


def _loader() -> Any:
    """libyaml's loader, which is ten times as fast and has no slow cases; PyYAML's own where it was compiled without
    libyaml.
    """
    return getattr(yaml, "CBaseLoader", yaml.BaseLoader)


def _refused(text: str) -> tuple[str, dict[str, object]] | None:
    """The code and text for YAML that is refused: aliases, which could take forever, and more values than a course
    has.
    """
    if "*" not in text and len(text) < 2 * limits.VALUES:  # a value is two characters at least
        return None
    count = 0
    for event in yaml.parse(text, Loader=_loader()):
        if isinstance(event, yaml.AliasEvent):
            return "C001", {"why": "anchors and aliases (& and *) cannot be used here"}
        count += isinstance(event, yaml.NodeEvent)
        if count > limits.VALUES:
            return "C027", {"limit": f"{limits.VALUES:,}"}
    return None


def read_keys(
    value: Value, table: Mapping[str, Key], report: Report, where: str = "", *, others: Collection[str] | None = None
) -> dict[str, Any]:
    """A mapping by a table of keys: every key of the table with its value or default; adds C002, C004.

    If other tools may have keys in the same mapping, `others` lists those that resemble ours; an unknown key is then
    C021, once for the mapping, unless it looks like one of ours.
    """
    if not isinstance(value.content, Mapping):
        report.add(
            "C004",
            value.place,
            key=where or "this file",
            wanted="a list of keys",
            got=shown(value),
            example="key: value",
        )
        return {name: key.default for name, key in table.items()}
    foreign = []
    for name, child in value.content.items():
        if name not in table:
            place, hint = key_place(child), report.near(name, table)
            if others is None or (name not in others and hint.startswith(NEAR)):
                report.add("C002", place, key=quoted(name), hint=hint)
            else:
                foreign.append((name, place))
    if foreign:
        keys = ", ".join(quoted(name) for name, _ in foreign)
        hint = (
            f"remove it, or set C021: off in scormgen.yml if another tool reads it; scormgen knows {', '.join(table)}"
        )
        report.add("C021", foreign[0][1], keys=keys, hint=hint)
    return {
        name: key.parser.read(name, value.content[name], report) if name in value.content else key.default
        for name, key in table.items()
    }


# PyYAML's messages, in words for readers who do not know YAML.
_COLON = "a text with a colon has no quotation marks"
_TOO_DEEP = "nested too deeply"
_WHY = {
    "mapping values are not allowed in this context": _COLON,
    "mapping values are not allowed here": _COLON,
    "exceeded maximum nesting depth": _TOO_DEEP,
}


def key_place(value: Value) -> Place:
    """The place of a value's key, which may be on a line above it."""
    return value.key or value.place


def shown(value: Value) -> str:
    if value.empty:
        return "nothing"
    if isinstance(value.content, str):
        return quoted(value.content)
    return "a mapping" if isinstance(value.content, Mapping) else "a list"


def text(
    *, most: int = 10_000, pattern: re.Pattern[str] | None = None, wanted: str = "text", example: str = "some text"
) -> Parser:
    def read(key: str, value: Value, report: Report) -> str:
        content = value.content
        if not isinstance(content, str) or value.empty or not content.strip():
            report.add("C004", value.place, key=key, wanted=wanted, got=shown(value), example=f"{key}: {example}")
            return ""
        content = content.strip()
        if len(content) > most or (pattern and not pattern.fullmatch(content)):
            limit = f"{wanted} of at most {most} characters" if len(content) > most else wanted
            report.add("C004", value.place, key=key, wanted=limit, got=shown(value), example=f"{key}: {example}")
            return content[:most]
        return content

    schema = {**_SCALAR, "minLength": 1, "maxLength": most}
    return Parser(read, {**schema, "pattern": f"^(?:{pattern.pattern})$"} if pattern else schema)


def choice(*allowed: str) -> Parser:
    def read(key: str, value: Value, report: Report) -> str:
        if isinstance(value.content, str) and value.content in allowed:
            return value.content
        wanted = " or ".join(allowed)
        report.add("C004", value.place, key=key, wanted=wanted, got=shown(value), example=f"{key}: {allowed[0]}")
        return allowed[0]

    return Parser(read, {"enum": list(allowed)})


def list_of(*allowed: str) -> Parser:
    """A list of texts, or of the allowed words; a single text is a list of one."""

    def read(key: str, value: Value, report: Report) -> tuple[str, ...]:
        items = (value,) if isinstance(value.content, str) and not value.empty else value.content
        example = f"{key}: [{', '.join(allowed) or 'one, two'}]"
        if not isinstance(items, tuple):
            report.add("C004", value.place, key=key, wanted="a list", got=shown(value), example=example)
            return ()
        texts = []
        for item in items:
            if not isinstance(item.content, str) or not item.content or (allowed and item.content not in allowed):
                wanted = f"a list of {' and '.join(allowed)}" if allowed else "a list of texts"
                report.add("C004", item.place, key=key, wanted=wanted, got=shown(item), example=example)
            else:
                texts.append(item.content)
        return tuple(dict.fromkeys(texts))

    item = {"enum": list(allowed)} if allowed else _SCALAR
    return Parser(read, {"anyOf": [{"type": "array", "items": item}, item]})


def number(least: float, most: float, *, places: int = 0) -> Parser:
    def read(key: str, value: Value, report: Report) -> float:
        content = value.content if isinstance(value.content, str) else ""
        pattern = r"\d{1,6}" + (rf"(\.\d{{1,{places}}})?" if places else "")
        if re.fullmatch(pattern, content) and least <= float(content) <= most:
            return float(content)
        kind = "a number" if places else "a whole number"
        wanted = f"{kind} from {least:g} to {most:g}"
        report.add("C004", value.place, key=key, wanted=wanted, got=shown(value), example=f"{key}: {most:g}")
        return least

    return Parser(read, {"type": "number" if places else "integer", "minimum": least, "maximum": most})


def group(table: Mapping[str, Key]) -> Parser:
    def read(key: str, value: Value, report: Report) -> dict[str, Any]:
        return read_keys(value, table, report, key)

    return Parser(read, table_schema(table))


def table_schema(table: Mapping[str, Key]) -> dict[str, Any]:
    """A table of keys as JSON Schema (draft 7, which editors know), with what each key means."""
    properties = {}
    for name, key in table.items():
        described = {**key.parser.schema, "description": key.meaning}
        if key.default not in (None, "", (), 0, {}, REQUIRED):
            described["default"] = key.default
        properties[name] = described
    required = [name for name, key in table.items() if key.default == REQUIRED]
    schema = {"type": "object", "additionalProperties": False, "properties": properties}
    return {**schema, "required": required} if required else schema


def _texts_by_name(key: str, value: Value, report: Report) -> dict[str, str]:
    """A mapping of names to texts: variables."""
    if not isinstance(value.content, Mapping):
        report.add(
            "C004", value.place, key=key, wanted="names with texts", got=shown(value), example=f"{key}: {{name: text}}"
        )
        return {}
    texts = {}
    for name, child in value.content.items():
        if not _NAME.fullmatch(name):
            report.add("C006", key_place(child), value=quoted(name), example="hotline")
        elif not isinstance(child.content, str) or child.empty:
            report.add(
                "C004", child.place, key=f"{key}.{name}", wanted="text", got=shown(child), example=f"{name}: some text"
            )
        else:
            texts[name] = child.content
    return texts


def _minutes(key: str, value: Value, report: Report) -> int:
    content = value.content.strip() if isinstance(value.content, str) else ""
    match = _DURATION.fullmatch(content)
    if content and match and (match["h"] or match["m"]):
        return int(match["h"] or 0) * 60 + int(match["m"] or 0)
    report.add("C004", value.place, key=key, wanted="a time", got=shown(value), example="duration: 45 min")
    return 0


def _identifier(key: str, value: Value, report: Report) -> str:
    content = value.content if isinstance(value.content, str) else ""
    if not _ID.fullmatch(content):
        example = f"{key}: {slug(content) or 'my-course'}"
        report.add("C006", value.place, value=shown(value), example=example)
        return slug(content)
    return content


texts_by_name = Parser(_texts_by_name, {"type": "object", "additionalProperties": _SCALAR})
minutes = Parser(
    _minutes, {"type": "string", "pattern": r"^\d+\s*(h|hours?|m|min|minutes?)(\s*\d+\s*(m|min|minutes?))?$"}
)
identifier = Parser(_identifier, {"type": "string", "pattern": f"^{_ID.pattern}$"})
