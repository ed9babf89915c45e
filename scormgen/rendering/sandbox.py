"""The sandbox that a workspace's templates run in: they make HTML of what they are given, and can do nothing else.

Jinja2's sandbox keeps templates away from Python's internals, and so from files and commands, but not from endless
work. Here every turn of a loop, every call and every value that grows is charged to one budget, before the work is
done. What cannot be charged (filters and methods whose result is much larger than what they get, or is another one each
time) is left out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import wraps
from typing import Any

from jinja2 import BaseLoader, StrictUndefined, TemplateSyntaxError, nodes, pass_context
from jinja2.exceptions import SecurityError
from jinja2.filters import FILTERS
from jinja2.parser import Parser
from jinja2.runtime import Context
from jinja2.sandbox import ImmutableSandboxedEnvironment, safe_range
from jinja2.tests import TESTS
from jinja2.utils import Cycler, Joiner, Namespace

OPTIONS = {"autoescape": True, "trim_blocks": True, "lstrip_blocks": True, "undefined": StrictUndefined}
# What a course may spend: some seconds at most. A course of thirty pages spends 45,000; a byte of its HTML costs a
# fifth of a unit.
BUDGET = 4_000_000
_TURN, _CALL, _BODY = 4, 16, 20
READING = 400  # a template's file, or finding that there is none
# For one unit: characters of a text, and comparisons of characters, as when one text is searched in another.
_CHARACTERS, _COMPARISONS = 8, 1024
_BITS = 4096  # of a whole number
# Python cannot compile what is nested more deeply.
_DEEPEST, _DEEPEST_BLOCK = 50, 16
SAFE_FILTERS = (
    "abs",
    "capitalize",
    "count",
    "d",
    "default",
    "dictsort",
    "e",
    "escape",
    "first",
    "float",
    "groupby",
    "int",
    "items",
    "join",
    "last",
    "length",
    "list",
    "lower",
    "map",
    "max",
    "min",
    "reject",
    "rejectattr",
    "replace",
    "reverse",
    "safe",
    "select",
    "selectattr",
    "sort",
    "string",
    "title",
    "tojson",
    "trim",
    "unique",
    "upper",
    "urlencode",
    "wordcount",
    "xmlattr",
)
SAFE_METHODS = (
    "capitalize",
    "casefold",
    "count",
    "endswith",
    "find",
    "get",
    "index",
    "isalnum",
    "isalpha",
    "isdigit",
    "islower",
    "isnumeric",
    "isspace",
    "isupper",
    "items",
    "keys",
    "lower",
    "lstrip",
    "partition",
    "removeprefix",
    "removesuffix",
    "rfind",
    "rpartition",
    "rstrip",
    "split",
    "splitlines",
    "startswith",
    "strip",
    "title",
    "upper",
    "values",
)
_PLAIN = (str, bytes, int, float, list, tuple, dict, range)
_GROWING = ("join", "replace")  # filters whose result can be as long as two of their values multiplied
_SEQUENCES = (str, list, tuple)
_TOO_DEEP = "this is nested too deeply"


class Limit(Exception):
    """A template asks for more work than a theme needs."""


class _Namespace(Namespace):
    """Jinja2's, without its contents as text: those of namespaces in each other can be endless."""

    def __repr__(self) -> str:
        return "namespace"


class Sandbox(ImmutableSandboxedEnvironment):
    """Renders templates that are not trusted. `left` is what is left of the budget; who renders sets it.

    Raises Limit, SecurityError, and whatever else a template's mistake raises.
    """

    intercepted_binops = frozenset(ImmutableSandboxedEnvironment.default_binop_table)

    def __init__(self, loader: BaseLoader) -> None:
        self.left = BUDGET

        @pass_context  # it depends on the context by name alone: Jinja2 then computes nothing while it compiles
        def finalize(context: Context, value: object) -> object:
            self.weigh(value)
            return value

        super().__init__(loader=loader, finalize=finalize, optimized=False, **OPTIONS)
        self.globals = {
            "range": safe_range,
            "dict": dict,
            "cycler": Cycler,
            "joiner": Joiner,
            "namespace": _Namespace,
        }
        self.filters = {name: self._charged(FILTERS[name], grows=name in _GROWING) for name in SAFE_FILTERS}
        self.tests = {name: self._charged(test) for name, test in TESTS.items()}
        self.step, self.weighed = self._step, self._weighed  # one object each, for `call` to know them

    def spend(self, units: int) -> None:
        """Takes units from the budget; raises Limit if there are not so many."""
        self.left -= units
        if self.left < 0:
            raise Limit("its loops and texts are larger than any page needs")

    def weigh(self, value: object) -> None:
        """Spends what a value weighs, with all that is in it."""
        units, stack = 0, [value]
        while stack and units <= self.left:
            part = stack.pop()
            units += 1
            if isinstance(part, str):
                units += len(part) // _CHARACTERS
            elif isinstance(part, list | tuple):
                stack += part
            elif isinstance(part, dict):
                stack += part
                stack += part.values()
            elif isinstance(part, range):
                units += len(part)
        self.spend(units)

    def _step(self, units: int) -> bool:
        self.spend(units)
        return True

    def _weighed(self, value: object) -> object:
        self.weigh(value)
        return value

    def _charged(self, function: Any, *, grows: bool = False) -> Callable[..., Any]:
        """A filter or test that spends what it is given before it works, and what lists it makes."""

        @wraps(function)
        def charged(*values: Any, **named: Any) -> Any:
            values = tuple(_listed(value) for value in values)
            named = {name: _listed(value) for name, value in named.items()}
            given = (*values, *named.values())
            self.spend(_CALL)
            self.weigh(given)
            self._multiply(given, _CHARACTERS if grows else _COMPARISONS)
            return self._made(function(*values, **named))

        return charged

    def _multiply(self, given: Iterable[Any], part: int) -> None:
        """Spends for work, or a result, that grows with the product of the two longest values."""
        lengths = sorted(len(value) for value in given if isinstance(value, (*_SEQUENCES, dict, range)))
        *_, one, other = (0, 0, *lengths)
        self.spend(one * other // part)

    def _made(self, value: Any) -> Any:
        if isinstance(value, list | tuple | dict):
            self.weigh(value)
        return value

    def call(self, context: Context, function: Any, /, *args: Any, **kwargs: Any) -> Any:
        if function is self.step or function is self.weighed:
            return function(*args)
        self.spend(_CALL)
        given = (getattr(function, "__self__", None), *args, *kwargs.values())
        self.weigh(given)
        self._multiply(given, _COMPARISONS)
        return self._made(super().call(context, function, *args, **kwargs))

    def call_binop(self, context: Context, operator: str, left: Any, right: Any) -> Any:
        self.weigh((left, right))
        if operator == "%" and isinstance(left, str):
            raise SecurityError("texts cannot be formatted with %: write the parts one after the other")
        if operator == "*":
            for part, times in ((left, right), (right, left)):
                if isinstance(part, _SEQUENCES) and isinstance(times, int):
                    self.spend(len(part) * max(times, 0))
        bits = [number.bit_length() for number in (left, right) if isinstance(number, int)]
        if operator == "**" and len(bits) == 2:
            bits.append(bits[0] * max(right, 0))
        if max(bits, default=0) > _BITS:
            raise Limit("it computes with very large numbers")
        return self._made(super().call_binop(context, operator, left, right))

    def getitem(self, obj: Any, argument: Any) -> Any:
        if isinstance(argument, tuple):  # finding one in a dictionary walks through all of it
            self.weigh(argument)
        value = super().getitem(obj, argument)
        return self._weighed(value) if isinstance(argument, slice) else value

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
        if isinstance(obj, _PLAIN) and callable(value) and attr not in SAFE_METHODS:
            return False
        return super().is_safe_attribute(obj, attr, value)

    def wrap_str_format(self, value: Any) -> None:
        """Nothing: `format` is no safe method, for a width of a few digits makes a text of any size."""

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        parser = Parser(self, source, name, filename)
        try:
            return parser.parse()
        except TemplateSyntaxError:
            raise
        except (RecursionError, ValueError) as error:
            why = "this number has too many digits" if isinstance(error, ValueError) else _TOO_DEEP
            raise TemplateSyntaxError(why, parser.stream.current.lineno, name, filename) from None

    def _generate(
        self, source: nodes.Template, name: str | None, filename: str | None, defer_init: bool = False
    ) -> str:
        guarded = _guard(source, name, filename).set_environment(self)
        assert isinstance(guarded, nodes.Template)
        return super()._generate(guarded, name, filename, defer_init)


def _listed(value: Any) -> Any:
    """A list of what an iterator gives, for its weight to be known."""
    return list(value) if isinstance(value, Iterator) else value


def _guard(node: nodes.Node, name: str | None, filename: str | None, depth: int = 0, blocks: int = 0) -> nodes.Node:
    """A template's tree with calls of `step` and `weighed` where Jinja2 asks its environment nothing."""
    blocks += isinstance(node, nodes.Stmt)
    if depth > _DEEPEST or blocks > _DEEPEST_BLOCK:
        raise TemplateSyntaxError(_TOO_DEEP, node.lineno, name, filename)

    def inner(value: Any) -> Any:
        return _guard(value, name, filename, depth + 1, blocks) if isinstance(value, nodes.Node) else value

    for field, value in node.iter_fields():
        setattr(node, field, [inner(item) for item in value] if isinstance(value, list) else inner(value))
    match node:
        case nodes.List() | nodes.Dict():
            return _call("weighed", node)
        case nodes.Tuple() if node.ctx == "load":
            return _call("weighed", node)
        case nodes.Concat():
            node.nodes = [_call("weighed", part) for part in node.nodes]
        case nodes.Compare():
            node.expr = _call("weighed", node.expr)
            for operand in node.ops:
                operand.expr = _call("weighed", operand.expr)
        case nodes.For():
            _count(node, _TURN)
            if node.test is not None:
                turn = _call("step", nodes.Const(_TURN, lineno=node.lineno))
                node.test = nodes.And(turn, node.test, lineno=node.lineno)
        case nodes.Template() | nodes.Block() | nodes.Macro() | nodes.CallBlock():
            _count(node, _BODY)
    return node


def _count(node: Any, units: int) -> None:
    """Makes the body of a node begin with what running it costs, its own text included."""
    text = sum(len(data.data) for part in node.body for data in _texts(part))
    step = _call("step", nodes.Const(units + text // _CHARACTERS, lineno=node.lineno))
    node.body.insert(0, nodes.ExprStmt(step, lineno=node.lineno))


def _texts(node: nodes.Node) -> Iterator[nodes.TemplateData]:
    if isinstance(node, nodes.TemplateData):
        yield node
    yield from node.find_all(nodes.TemplateData)


def _call(name: str, value: nodes.Expr) -> nodes.Expr:
    function = nodes.EnvironmentAttribute(name, lineno=value.lineno)
    return nodes.Call(function, [value], [], None, None, lineno=value.lineno)
