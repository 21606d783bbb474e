"""Reading and writing places of the abstract state.

What it is: :class:`State`, the values of a body's locals at a point, with MIR places resolved through references to
locals. What is not a local's is memory: an address term, whose loads are terms over the address. Assumes: locals are
written before they are read. Guarantees: a write through a reference that may be one of several weakens all of them.

Example: after ``_2 = &mut _1; (*_2).0 = const 5`` the state has ``_1 = (5, ..)``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from compiler.analysis.convergence.levels import BLOCK, GRID
from compiler.analysis.convergence.values import BOOL, FLOAT, OTHER, Node, Path, Terms
from compiler.mir import body as m
from compiler.mir.place_ty import place_ty
from compiler.ty import types as t

if TYPE_CHECKING:
    from compiler.analysis.convergence.interpret import Run

Locals = dict[int, Node]


def type_code(ty: t.Ty) -> int:
    """The code of a scalar type."""
    if isinstance(ty, t.IntTy):
        return -ty.bits if ty.signed else ty.bits
    if ty is t.bool_:
        return BOOL
    if isinstance(ty, t.FloatTy):
        return FLOAT
    return 32 if ty is t.char else OTHER


class State:
    """Values by local (>= 0) and by what the caller's references point to (< 0)."""

    __slots__ = ("block", "locals", "run", "terms")

    def __init__(self, run: Run, locals_: Locals, block: int) -> None:
        self.run = run
        self.terms: Terms = run.terms
        self.locals = locals_
        self.block = block

    def local(self, key: int) -> Node:
        found = self.locals.get(key)
        return found if found is not None else self.run.unset(key)

    # -- addresses

    def resolve(self, place: m.Place) -> tuple[Node | int, Path]:
        """A local's key with a path into it, or an address term with the path ()."""
        root: Node | int = place.local
        path: Path = ()
        for elem in place.projection:
            if isinstance(elem, m.Deref):
                pointer = self.at(root, path) if isinstance(root, int) else self.load(root)
                if pointer.op == "ref":
                    root, path = pointer.args[0], pointer.args[1]
                else:
                    root, path = pointer, ()
            elif isinstance(root, int):
                path = (*path, self._step(elem))
            else:
                root = self._address_step(root, elem)
        return root, path

    def _step(self, elem: m.ProjectionElem) -> tuple[Any, ...]:
        if isinstance(elem, m.Field):
            return ("f", elem.index, type_code(elem.ty))
        if isinstance(elem, m.Downcast):
            return ("v", elem.variant_index)
        if isinstance(elem, m.Index):
            return ("i", self.local(elem.local))
        if isinstance(elem, m.ConstantIndex) and not elem.from_end:
            return ("i", self.terms.const(elem.offset, 64))
        return ("s", None)

    def _address_step(self, address: Node, elem: m.ProjectionElem) -> Node:
        if isinstance(elem, m.Field):
            return self.terms.over("fieldaddr", (address, elem.index))
        if isinstance(elem, m.Index):
            return self.terms.over("at", (thin(address), self.local(elem.local)))
        if isinstance(elem, m.ConstantIndex):
            return self.terms.over("at", (thin(address), self.terms.const(elem.offset, 64)))
        return address

    # -- reading

    def read(self, place: m.Place) -> Node:
        """The value of a place."""
        if not place.projection:
            return self.local(place.local)
        root, path = self.resolve(place)
        if isinstance(root, int):
            return self.at(root, path)
        if root.op in ("refs", "refin"):
            return self.through(root)
        return self.load(root, type_code(place_ty(self.run.body.locals, place)))

    def at(self, key: int, path: Path) -> Node:
        """A part of a local."""
        node = self.local(key)
        variant: int | None = None
        for step in path:
            kind = step[0]
            if kind == "v":
                variant = step[1]
            elif kind == "f":
                code = step[2]
                if variant is None:
                    node = self.terms.field(node, step[1], code)
                else:
                    node = self.terms.variant_field(node, variant, step[1], code)
                variant = None
            else:
                node = self._element(node, step)
        return node

    def _element(self, node: Node, step: tuple[Any, ...]) -> Node:
        index = step[1]
        if node.op == "array":
            element: Node = node.args[0]
            return element
        if node.op == "arrayof" and index is not None and index.op == "const" and index.args[0] < len(node.args):
            element = node.args[index.args[0]]
            return element
        return self.terms.over("elem", (node,) if index is None else (node, index))

    def through(self, pointer: Node) -> Node:
        """What a pointer to one of several places, or somewhere into one, points to."""
        if pointer.op == "refs":
            values = [self.at(r.args[0], r.args[1]) if r.op == "ref" else self.through(r) for r in pointer.args]
            return values[0] if all(v is values[0] for v in values) else self.weak("either", tuple(values))
        ref, index = pointer.args
        return self._element(self.at(ref.args[0], ref.args[1]), ("i", index))

    def weak(self, op: str, args: tuple[Any, ...]) -> Node:
        """A term whose values are not understood further."""
        made = self.terms.over(op, args)
        return self.terms.make(op, args, made.level, made.ty, None, None, made.loops, True)

    def load(self, address: Node, ty: int = OTHER) -> Node:
        """Memory at an address: the same for threads that have the same address, in a race-free program."""
        address = thin(address)
        if address.op == "ref":
            return self.at(address.args[0], address.args[1])
        if address.op in ("refs", "refin"):
            return self.through(address)
        frozen = self.run.is_read_only(address)
        loops = address.loops if frozen else address.loops | self.run.loop_bits(self.block)
        level = address.level if frozen else min(address.level, BLOCK)
        return self.terms.make("load", (address,), level, ty, None, None, loops, address.weak)

    # -- writing

    def write(self, place: m.Place, value: Node) -> None:
        """Assign a place."""
        if not place.projection:
            self.locals[place.local] = value
            return
        root, path = self.resolve(place)
        if isinstance(root, int):
            self.put(root, path, value)
        else:
            self.put_through(root, value)

    def put(self, key: int, path: Path, value: Node) -> None:
        self.locals[key] = self._with(self.locals.get(key), path, value) if path else value

    def put_through(self, pointer: Node, value: Node) -> None:
        """A write to one of several places; to memory: nothing that is tracked."""
        if pointer.op == "ref":
            self.put(pointer.args[0], pointer.args[1], value)
        elif pointer.op == "refs":
            for r in pointer.args:
                old = self.at(r.args[0], r.args[1]) if r.op == "ref" else value
                self.put_through(r, old if old is value else self.weak("either", (old, value)))
        elif pointer.op == "refin":
            ref, index = pointer.args
            old = self.at(ref.args[0], ref.args[1])
            self.put(ref.args[0], ref.args[1], self.weak("mix", (old, value, index)))

    def forget(self, pointer: Node, site: Any, reason: str) -> None:
        """Something unknown may write what a pointer reaches."""
        if pointer.op in ("ref", "refs", "refin"):
            self.put_through(pointer, self.terms.unknown(site, reason, loops=self.run.loop_bits(self.block)))
        elif pointer.op in ("agg", "fat"):
            for a in pointer.args:
                self.forget(a, site, reason)

    def _with(self, old: Node | None, path: Path, value: Node) -> Node:
        """``old`` with the part at ``path`` replaced."""
        if not path:
            return value
        step, rest = path[0], path[1:]
        if step[0] == "v":
            return self._with_variant(old, step[1], rest, value)
        if step[0] == "f":
            fields = list(old.args) if old is not None and old.op == "agg" else self._opened(old)
            while len(fields) <= step[1]:
                fields.append(self._part(old, len(fields)))
            inner = fields[step[1]]
            fields[step[1]] = self._with(inner, rest, value)
            return self.terms.agg(tuple(fields))
        index = step[1]
        if old is not None and old.op == "arrayof" and index is not None and index.op == "const":
            elems = list(old.args)
            if index.args[0] < len(elems):
                elems[index.args[0]] = self._with(elems[index.args[0]], rest, value)
                return self.terms.over("arrayof", tuple(elems))
        parts = tuple(x for x in (old, value, index) if x is not None)
        return self.weak("mix", parts)

    def _part(self, old: Node | None, index: int) -> Node:
        return self.terms.unit if old is None else self.terms.field(old, index)

    def _opened(self, old: Node | None) -> list[Node]:
        return []

    def _with_variant(self, old: Node | None, variant: int, rest: Path, value: Node) -> Node:
        if old is None or old.op != "enum" or not rest or rest[0][0] != "f":
            return self.weak("mix", (old, value) if old is not None else (value,))
        variants = dict(old.args[1])
        fields = list(variants.get(variant, ()))
        while len(fields) <= rest[0][1]:
            fields.append(self.terms.variant_field(old, variant, len(fields)))
        fields[rest[0][1]] = self._with(fields[rest[0][1]], rest[1:], value)
        variants[variant] = tuple(fields)
        return self.terms.enum(old.args[0], tuple(sorted(variants.items(), key=lambda x: x[0])))


def thin(pointer: Node) -> Node:
    """The data pointer of a fat pointer."""
    while pointer.op == "fat":
        pointer = pointer.args[0]
    return pointer


def level_of(nodes: tuple[Node, ...]) -> int:
    return min((n.level for n in nodes), default=GRID)
