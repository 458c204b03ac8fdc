"""A change made in the modules that are already loaded: a mutant costs its tests, not another start of the program."""

from __future__ import annotations

import ast
import functools
import gc
import sys
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from types import CodeType, FunctionType, ModuleType
from typing import Any

from mutant_changes import Change, changed

_Place = tuple[str, str, int]


class Live:
    """The functions, caches and modules of the program as loaded."""

    def __init__(self, root: Path, files: Sequence[str]) -> None:
        self.root = root
        self.paths = {str(root / file): file for file in files}
        self.sources = {file: (root / file).read_text(encoding="utf-8") for file in files}
        self.functions: dict[_Place, list[FunctionType]] = defaultdict(list)
        self.caches: list[Any] = []
        gc.unfreeze()  # what is frozen is not told
        for one in gc.get_objects():
            if isinstance(one, FunctionType) and one.__code__.co_filename in self.paths:
                code = one.__code__
                self.functions[self.paths[code.co_filename], code.co_qualname, code.co_firstlineno].append(one)
            elif isinstance(one, functools._lru_cache_wrapper) and str(getattr(one, "__module__", "")).startswith("affil"):
                self.caches.append(one)
        gc.freeze()

    def make(self, change: Change) -> str | None:
        """The program works with the change from now on; why it cannot be made, or None."""
        for cache in self.caches:
            cache.cache_clear()
        if change.place is None:
            self._as_text(change)
            return None
        tree = changed(self.sources[change.file], change)
        if change.function is None:
            return self._as_module_level(change, tree)
        return self._as_function(change, tree)

    def _as_function(self, change: Change, tree: ast.Module) -> str | None:
        assert change.function is not None
        code = compile(tree, str(self.root / change.file), "exec")
        new = next((one for one in _codes(code) if (one.co_qualname, one.co_firstlineno) == change.function), None)
        known = self.functions.get((change.file, *change.function), [])
        if new is None or not known:
            return "no such function is loaded"
        for function in known:
            if new.co_freevars != function.__code__.co_freevars:
                return "other names from outside"
            function.__code__ = new
        return None

    def _as_module_level(self, change: Change, tree: ast.Module) -> str | None:
        """The statement once more, then those that read what it gives; who imported the old value gets the new one."""
        module = next(
            (one for one in list(sys.modules.values()) if getattr(one, "__file__", None) == str(self.root / change.file)), None
        )
        if module is None:
            return "the module is not loaded"
        dirty: set[str] = set()
        for statement in tree.body:
            if not isinstance(statement, (ast.Assign, ast.AnnAssign)):
                continue
            here = (statement.lineno, statement.end_lineno) == change.lines
            read = {node.id for node in ast.walk(statement) if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load)}
            if here or read & dirty:
                names = {
                    node.id for node in ast.walk(statement) if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)
                }
                _again(module, statement, names)
                dirty |= names
        return None if dirty else "not an assignment of a module"

    def _as_text(self, change: Change) -> None:
        path, read = self.root / change.file, Path.read_text

        def read_text(self: Path, *args: Any, **named: Any) -> str:
            return change.text if self == path else read(self, *args, **named)

        Path.read_text = read_text  # type: ignore[method-assign]


def _again(module: ModuleType, statement: ast.stmt, names: set[str]) -> None:
    old = {name: module.__dict__.get(name) for name in names}
    exec(compile(ast.Module([statement], []), str(module.__file__), "exec"), module.__dict__)
    for other in list(sys.modules.values()):
        space = getattr(other, "__dict__", {})
        for name in names & space.keys():
            if other is not module and space[name] is old[name]:
                space[name] = module.__dict__[name]


def _codes(code: CodeType) -> Iterator[CodeType]:
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            yield constant
            yield from _codes(constant)
