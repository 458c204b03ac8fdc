"""Every small change of a module that `make mutants` knows: one at a time, as the tree of the changed module."""

from __future__ import annotations

import ast
import copy
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from mutant_texts import is_sql, sql_changes

Node = ast.AST
_Function = tuple[str, int]
_Surrounded = tuple[int, tuple[_Function | None, ast.stmt]]
_SIGNS: dict[type[ast.AST], type[ast.AST]] = {
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq, ast.NotEq: ast.Eq,
    ast.Is: ast.IsNot, ast.IsNot: ast.Is, ast.In: ast.NotIn, ast.NotIn: ast.In,
    ast.And: ast.Or, ast.Or: ast.And,
    ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.Div, ast.Div: ast.Mult, ast.FloorDiv: ast.Div, ast.Mod: ast.Mult,
    ast.BitOr: ast.BitAnd, ast.BitAnd: ast.BitOr,
}  # fmt: skip
_NAMES = {"min": "max", "max": "min", "any": "all", "all": "any"}
_FOLDS = frozenset({"strip", "lstrip", "rstrip", "lower", "upper", "casefold", "title", "capitalize"})
_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)


@dataclass(frozen=True, slots=True)
class Change:
    """One change: line of the file, how it reads, and where it applies.

    `place`: number of the node in the order of `ast.walk`, then which change of that node; None in a file that is no Python, of
    which `text` is the changed whole. `function`: name and first line of the outermost function around it, None at module level.
    """

    file: str
    line: int
    lines: tuple[int, int]
    told: str
    place: tuple[int, int] | None = None
    function: _Function | None = None
    text: str = ""


def changes(file: str, source: str) -> list[Change]:
    """All changes of a Python file, in order of lines."""
    tree = ast.parse(source)
    around = dict(_surroundings(tree))
    found = []
    for number, node in enumerate(ast.walk(tree)):
        if number not in around:
            continue
        function, statement = around[number]
        for which, (told, _) in enumerate(_of_node(node)):
            line = getattr(node, "lineno", statement.lineno)
            found.append(Change(file, line, _span(statement), told, (number, which), function))
    return sorted(found, key=lambda change: (change.line, change.place))


def changed(source: str, change: Change) -> ast.Module:
    """The tree of the module with the change made."""
    tree = ast.parse(source)
    assert change.place is not None
    number, which = change.place
    node = next(one for place, one in enumerate(ast.walk(tree)) if place == number)
    _, make = _of_node(node)[which]
    _put(tree, node, make(node))
    return ast.fix_missing_locations(tree)


def _put(tree: ast.Module, old: Node, new: Node) -> None:
    """`new` stands where `old` stood."""
    for parent in ast.walk(tree):
        for name, value in ast.iter_fields(parent):
            if value is old:
                setattr(parent, name, ast.copy_location(new, old))
            elif isinstance(value, list) and any(item is old for item in value):
                value[:] = [ast.copy_location(new, old) if item is old else item for item in value]


def _span(statement: ast.stmt) -> tuple[int, int]:
    """Lines of a statement, of a compound one those of its head."""
    body = getattr(statement, "body", None)
    if isinstance(body, list) and body and isinstance(body[0], ast.stmt):
        return statement.lineno, max(statement.lineno, body[0].lineno - 1)
    return statement.lineno, statement.end_lineno or statement.lineno


def _surroundings(tree: ast.Module) -> Iterator[_Surrounded]:
    """Of each node that may be changed: its outermost function and its statement. Annotations, docstrings, defaults stay."""
    numbers = {id(node): number for number, node in enumerate(ast.walk(tree))}
    keys: set[int] = set()

    def walk(node: Node, function: _Function | None, statement: ast.stmt | None, prefix: str) -> Iterator[_Surrounded]:
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            return  # a docstring
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "__all__":
            return  # nothing here is imported by *
        if isinstance(node, ast.keyword) and node.arg == "strict":
            return  # of zip: it changes nothing that is right
        if isinstance(node, ast.stmt):
            statement = node
        if isinstance(node, ast.Subscript) and isinstance(node.slice, ast.Constant) and isinstance(node.slice.value, str):
            keys.add(id(node.slice))  # row["name"]: no name but its own is there at all
        if statement is not None and id(node) not in keys and not _left_alone(node):
            yield numbers[id(node)], (function, statement)
        if isinstance(node, ast.ClassDef):
            for one in node.body:
                if isinstance(one, (*_FUNCTIONS, ast.ClassDef)):
                    yield from walk(one, None, None, f"{prefix}{node.name}.")
            return
        if isinstance(node, _FUNCTIONS):
            first = min((one.lineno for one in node.decorator_list), default=node.lineno)
            function = function or (prefix + node.name, first)
            children: list[Node] = [*node.body]
        else:
            children = [child for name, value in ast.iter_fields(node) if name not in ("annotation", "returns")
                        for child in (value if isinstance(value, list) else [value]) if isinstance(child, ast.AST)]  # fmt: skip
        for child in children:
            yield from walk(child, function, statement, prefix)

    yield from walk(tree, None, None, "")


def _left_alone(node: Node) -> bool:
    return isinstance(node, (ast.Import, ast.ImportFrom, ast.ClassDef, *_FUNCTIONS))


def _short(node: Node) -> str:
    text = " ".join(ast.unparse(node).split())
    return text if len(text) <= 90 else text[:87] + "…"


def _of_node(node: Node) -> list[tuple[str, Callable[[Node], Node]]]:
    """What can be changed in a node: how it is told, and how it is done."""
    found: list[tuple[str, Callable[[Node], Node]]] = []

    def add(make: Callable[[Node], Node], told: str | None = None) -> None:
        found.append((told or f"{_short(node)}  ->  {_short(make(copy.deepcopy(node)))}", make))

    match node:
        case ast.Compare():
            for i, sign in enumerate(node.ops):
                add(_with_sign(i, _SIGNS[type(sign)]))
        case ast.BoolOp() | ast.BinOp() | ast.AugAssign() if type(node.op) in _SIGNS:
            add(_with_operator(_SIGNS[type(node.op)]))
        case ast.UnaryOp(op=ast.Not()):
            add(lambda one: one.operand)  # type: ignore[attr-defined]
        case ast.Return(value=ast.expr() as value) if not (isinstance(value, ast.Constant) and value.value is None):
            add(lambda one: ast.Return(ast.Constant(None)))
        case ast.Expr(value=ast.Yield() | ast.YieldFrom() as given):
            add(lambda one: ast.If(ast.Constant(False), [copy.deepcopy(one)], []), f"{_short(given)}  ->  nothing")  # type: ignore[arg-type]
        case ast.Expr(value=ast.Call() as call):
            add(lambda one: ast.Pass(), f"{_short(call)}  ->  nothing")
        case ast.If() | ast.While() if _plain(node.test):
            add(_negated, f"if {_short(node.test)}  ->  if not")
        case ast.IfExp() if _plain(node.test):
            add(_negated)
        case ast.comprehension(ifs=[_, *_]):
            for i, asked in enumerate(node.ifs):
                add(_without_if(i), f"… if {_short(asked)}  ->  without the condition")
        case ast.Call(func=ast.Name(id=name)) if name in _NAMES:
            add(_renamed)
        case ast.Call(func=ast.Attribute(attr=attr), args=[]) if attr in _FOLDS:
            add(lambda one: one.func.value)  # type: ignore[attr-defined]
        case ast.Break():
            add(lambda one: ast.Continue())
        case ast.Continue():
            add(lambda one: ast.Break())
        case ast.Constant(value=bool() as value):
            add(lambda one, value=value: ast.Constant(not value))  # type: ignore[misc]
        case ast.Constant(value=int() | float() as value):
            add(lambda one, value=value: ast.Constant(value + 1))  # type: ignore[misc]
        case ast.Constant(value=str() as text) if is_sql(text):
            for told, new in sql_changes(text):
                add(lambda one, new=new: ast.Constant(new), f"SQL {told[1]}")  # type: ignore[misc]
        case ast.Constant(value=str() as text) if text and len(text) < 60 and re.search(r"\w", text):
            add(lambda one, text=text: ast.Constant("XX" + text))  # type: ignore[misc]
    return found


def _plain(test: ast.expr) -> bool:
    return not isinstance(test, (ast.Compare, ast.BoolOp, ast.Constant)) and not isinstance(getattr(test, "op", None), ast.Not)


def _with_sign(i: int, sign: type[ast.AST]) -> Callable[[Node], Node]:
    def make(node: Node) -> Node:
        node.ops[i] = sign()  # type: ignore[attr-defined]
        return node

    return make


def _with_operator(sign: type[ast.AST]) -> Callable[[Node], Node]:
    def make(node: Node) -> Node:
        node.op = sign()  # type: ignore[attr-defined]
        return node

    return make


def _without_if(i: int) -> Callable[[Node], Node]:
    def make(node: Node) -> Node:
        del node.ifs[i]  # type: ignore[attr-defined]
        return node

    return make


def _negated(node: Node) -> Node:
    node.test = ast.UnaryOp(ast.Not(), node.test)  # type: ignore[attr-defined]
    return node


def _renamed(node: Node) -> Node:
    node.func.id = _NAMES[node.func.id]  # type: ignore[attr-defined]
    return node
