"""Typed Python, a small subset of it, to LLVM IR text: the language the emulator's own machine code is written in.

What it is: the scheduler, the warp collectives and the memory checks of the emulator must run at native speed, yet be
readable and checkable as Python. Functions decorated with :func:`native` and classes decorated with :func:`struct`
are ordinary typed Python for mypy; :func:`llvm_text` translates them. What it assumes: every parameter is annotated
with one of the types below; a local has the type of its first assignment; integers wrap; signedness is the type's; a
parameter annotated with a struct class is a pointer to it; ``p[i]`` on ``Ptr[T]`` is C's. What it guarantees: text
that LLVM's verifier accepts, or :class:`NativeError` naming the line. Example::

    @native
    def count(p: Ptr[u32], n: u32) -> u32:      # define i32 @oxide.count(ptr %p, i32 %n)
        total = u32(0)
        for i in range(n):
            total += p[i]
        return total
"""

from __future__ import annotations

import ast
import inspect
from collections.abc import Callable, Iterable
from types import ModuleType
from typing import Generic, TypeVar

from compiler.base.dataclass import dataclass, field

T = TypeVar("T")
u8 = int
u16 = int
u32 = int
u64 = int
i8 = int
i16 = int
i32 = int
i64 = int
f32 = float
f64 = float
bit = bool
ptr = int


class Ptr(Generic[T]):
    """A pointer to an array of ``T``; exists for the type checker only."""

    def __getitem__(self, index: int) -> T:
        raise NativeError("native code runs compiled")

    def __add__(self, count: int) -> Ptr[T]:
        raise NativeError("native code runs compiled")

    def __setitem__(self, index: int, value: T) -> None:
        raise NativeError("native code runs compiled")


class NativeError(Exception):
    """The source leaves the subset."""


@dataclass(frozen=True, slots=True)
class Scalar:
    """A scalar type: LLVM spelling, size and signedness. ``elem`` is set on typed pointers."""

    name: str
    llvm: str
    size: int
    signed: bool = False
    elem: Scalar | Struct | None = None


@dataclass(frozen=True, slots=True)
class Struct:
    """A record in C layout. ``fields``: name -> (type, offset_bytes)."""

    name: str
    fields: dict[str, tuple[Scalar, int]]
    size: int


SCALARS: dict[str, Scalar] = {
    **{f"u{n}": Scalar(f"u{n}", f"i{n}", n // 8) for n in (8, 16, 32, 64)},
    **{f"i{n}": Scalar(f"i{n}", f"i{n}", n // 8, True) for n in (8, 16, 32, 64)},
    "f32": Scalar("f32", "float", 4, True),
    "f64": Scalar("f64", "double", 8, True),
    "bit": Scalar("bit", "i1", 1),
    "ptr": Scalar("ptr", "ptr", 8),
    "void": Scalar("void", "void", 0),
    "None": Scalar("void", "void", 0),
}
VOID, BIT, PTR = SCALARS["void"], SCALARS["bit"], SCALARS["ptr"]
U32, U64, I64 = SCALARS["u32"], SCALARS["u64"], SCALARS["i64"]


def native(function: Callable[..., T]) -> Callable[..., T]:
    """Mark a function for translation; its symbol is ``oxide.<name>``."""
    return function


def extern(symbol: str) -> Callable[[Callable[..., T]], Callable[..., T]]:
    """Mark a stub as the declaration of ``symbol`` (C library, LLVM intrinsic or hand-written IR)."""

    def mark(function: Callable[..., T]) -> Callable[..., T]:
        return function

    return mark


def struct(cls: type[T]) -> type[T]:
    """Mark a class whose annotations are the fields of a record in C layout."""
    return cls


# Builtins of the subset, for the type checker; the translator knows them by name.
def load(ty: type[T], address: int) -> T:
    raise NativeError("native code runs compiled")


def store(ty: object, address: int, value: float) -> None:
    raise NativeError("native code runs compiled")


def bitcast(ty: type[T], value: float) -> T:
    raise NativeError("native code runs compiled")


def address_of(pointer: object) -> int:
    """The pointer as u64."""
    raise NativeError("native code runs compiled")


def pointer(address: int) -> int:
    """The u64 as an untyped pointer."""
    raise NativeError("native code runs compiled")


def record(ty: type[T], address: int) -> T:
    """View an untyped pointer as a record."""
    raise NativeError("native code runs compiled")


def array(ty: type[T], address: int) -> Ptr[T]:
    """View an untyped pointer as an array."""
    raise NativeError("native code runs compiled")


def size_of(ty: object) -> int:
    """Bytes of a record."""
    raise NativeError("native code runs compiled")


@dataclass(slots=True)
class Signature:
    symbol: str
    params: list[tuple[str, Scalar]]
    result: Scalar
    body: ast.FunctionDef | None = None


@dataclass(slots=True)
class Program:
    """Everything the translator knows: structs, functions, integer constants and global records by name."""

    structs: dict[str, Struct] = field(default_factory=dict)
    functions: dict[str, Signature] = field(default_factory=dict)
    constants: dict[str, int] = field(default_factory=dict)
    globals: dict[str, tuple[str, Scalar]] = field(default_factory=dict)

    def type_of(self, node: ast.expr | None) -> Scalar:
        """The type an annotation names; a struct's name is a pointer to it."""
        if node is None:
            return VOID
        if isinstance(node, ast.Constant) and node.value is None:
            return VOID
        if isinstance(node, ast.Name) and node.id in SCALARS:
            return SCALARS[node.id]
        if isinstance(node, ast.Name) and node.id in self.structs:
            return Scalar(node.id, "ptr", 8, elem=self.structs[node.id])
        if isinstance(node, ast.Subscript) and isinstance(node.value, ast.Name) and node.value.id == "Ptr":
            inner = self.type_of(node.slice)
            return Scalar("Ptr", "ptr", 8, elem=inner.elem if isinstance(inner.elem, Struct) else inner)
        raise NativeError(f"line {node.lineno}: unknown type {ast.unparse(node)}")

    def add_struct(self, node: ast.ClassDef) -> None:
        fields: dict[str, tuple[Scalar, int]] = {}
        offset = align = 1
        offset = 0
        self.structs[node.name] = Struct(node.name, fields, 0)
        for item in node.body:
            if isinstance(item, ast.AnnAssign) and isinstance(item.target, ast.Name):
                ty = self.type_of(item.annotation)
                offset = -(-offset // ty.size) * ty.size
                fields[item.target.id] = (ty, offset)
                offset, align = offset + ty.size, max(align, ty.size)
        record = Struct(node.name, fields, -(-offset // align) * align)
        self.structs[node.name] = record

    def add_function(self, node: ast.FunctionDef, symbol: str, body: bool) -> None:
        params = [(a.arg, self.type_of(a.annotation)) for a in node.args.args]
        self.functions[node.name] = Signature(symbol, params, self.type_of(node.returns), node if body else None)


def program_of(modules: Iterable[ModuleType], globals_: dict[str, tuple[str, str]]) -> Program:
    """Read structs, functions and constants of ``modules``; ``globals_``: Python name -> (symbol, struct name)."""
    program = Program()
    trees = [ast.parse(inspect.getsource(module)) for module in modules]
    for tree in trees:
        for node in tree.body:
            if isinstance(node, ast.ClassDef) and "struct" in map(ast.unparse, node.decorator_list):
                program.add_struct(node)
            elif isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant):
                if isinstance(node.value.value, int) and isinstance(node.targets[0], ast.Name):
                    program.constants[node.targets[0].id] = node.value.value
    for tree in trees:
        for node in tree.body:
            if isinstance(node, ast.FunctionDef):
                _add_decorated(program, node)
    for name, (symbol, struct_name) in globals_.items():
        program.globals[name] = (symbol, Scalar(struct_name, "ptr", 8, elem=program.structs[struct_name]))
    return program


def _add_decorated(program: Program, node: ast.FunctionDef) -> None:
    for decorator in node.decorator_list:
        if isinstance(decorator, ast.Name) and decorator.id == "native":
            program.add_function(node, f"oxide.{node.name}", body=True)
        elif isinstance(decorator, ast.Call) and isinstance(decorator.func, ast.Name):
            if decorator.func.id == "extern" and isinstance(decorator.args[0], ast.Constant):
                program.add_function(node, str(decorator.args[0].value), body=False)


def declaration(signature: Signature) -> str:
    """``declare`` line of one function."""
    params = ", ".join(ty.llvm for _, ty in signature.params)
    return f'declare {signature.result.llvm} @"{signature.symbol}"({params})'
