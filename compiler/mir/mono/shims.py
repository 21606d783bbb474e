"""Bodies nobody wrote: drop glue, clones of built-in types, closures called by value, constructors as functions.

Assumes: concrete types. Guarantees: ordinary concrete MIR, whose own drops and calls are resolved like any other
body's.

Example: the drop glue of ``(A, B)`` with only ``A`` needing drop is ``fn(_1: *mut (A, B)) { drop((*_1).0); return }``.
"""

from __future__ import annotations

from compiler.hir.def_id import DefId, DefKind
from compiler.mir import body as m
from compiler.mir.mono.fold import normal_form
from compiler.mir.mono.model import Instance, InstanceKind
from compiler.query import Database
from compiler.ty import types as t
from compiler.ty.layout import closure_field_tys, field_tys


class ShimBuilder:
    """A body under construction: blocks appended in order, each finished by its terminator."""

    def __init__(self, def_id: DefId, ret: t.Ty, inputs: list[t.Ty]) -> None:
        decls = [m.LocalDecl(ty) for ty in (ret, *inputs)]
        self.body = m.Body(def_id, decls, len(inputs), [m.BasicBlock()])
        self.current = 0

    def local(self, ty: t.Ty) -> m.Local:
        self.body.locals.append(m.LocalDecl(ty))
        return len(self.body.locals) - 1

    def assign(self, local: m.Local, rvalue: m.Rvalue) -> None:
        self.body.blocks[self.current].statements.append(m.Assign(m.Place(local), rvalue))

    def block(self) -> int:
        self.body.blocks.append(m.BasicBlock())
        return len(self.body.blocks) - 1

    def end(self, terminator: m.Terminator, then: int | None = None) -> None:
        """Finish the current block and continue in ``then``."""
        self.body.blocks[self.current].terminator = terminator
        if then is not None:
            self.current = then

    def drop(self, place: m.Place) -> None:
        following = self.block()
        self.end(m.Drop(place, following), following)

    def call(self, callee: t.FnDefTy, args: tuple[m.Operand, ...], into: m.Place) -> None:
        following = self.block()
        self.end(m.Call(m.Constant(m.ZeroSizedConst(callee)), args, into, following), following)


def shim_body(db: Database, instance: Instance) -> m.Body:
    """The body of an instance that is not an ITEM."""
    ty = instance.extra
    match instance.kind:
        case InstanceKind.DROP_GLUE:
            assert ty is not None
            return _drop_glue(db, instance.def_id, ty)
        case InstanceKind.CLONE_SHIM:
            assert ty is not None
            return _clone(db, instance.def_id, ty)
        case InstanceKind.CTOR:
            return _constructor(db, instance)
    assert isinstance(ty, t.ClosureTy)
    return _closure_by_value(db, ty, instance.kind is InstanceKind.FN_PTR_SHIM)


# ---------------------------------------------------------------- drop glue


def drop_glue(db: Database, ty: t.Ty) -> Instance:
    """The glue of a type that needs drop; spans of its body belong to the ADT, or to ``Drop`` itself."""
    from compiler.resolve.lang import lang_item

    home = ty.def_id if isinstance(ty, t.AdtTy | t.ClosureTy) else lang_item(db, "drop")
    assert home is not None
    return Instance(InstanceKind.DROP_GLUE, home, (), ty)


def _drop_glue(db: Database, def_id: DefId, ty: t.Ty) -> m.Body:
    b = ShimBuilder(def_id, t.UNIT, [t.PtrTy(ty, True)])
    target = m.Place(1, (m.Deref(),))
    _call_drop_impl(db, b, ty, target)
    if isinstance(ty, t.AdtTy):
        _drop_adt(db, b, ty, target)
    elif isinstance(ty, t.TupleTy):
        _drop_fields(db, b, target, list(ty.elems))
    elif isinstance(ty, t.ClosureTy):
        _drop_fields(db, b, target, closure_field_tys(db, ty))
    elif isinstance(ty, t.ArrayTy | t.SliceTy):
        index, following = _index_loop(b, ty, target)
        b.drop(target.project(m.Index(index)))
        _next_index(b, index, following)
    b.end(m.Return())
    return b.body


def _call_drop_impl(db: Database, b: ShimBuilder, ty: t.Ty, target: m.Place) -> None:
    from compiler.mir.type_facts import trait_method
    from compiler.ty.impls import drop_impl

    method = trait_method(db, "drop", "drop")
    if not isinstance(ty, t.AdtTy) or method is None or drop_impl(db, ty.def_id) is None:
        return
    reference = b.local(t.RefTy(t.ERASED, ty, True))
    b.assign(reference, m.Ref(t.ERASED, m.BorrowKind.MUT, target))
    b.call(t.FnDefTy(method, (ty,)), (m.Move(m.Place(reference)),), m.Place(b.local(t.UNIT)))


def _drop_fields(db: Database, b: ShimBuilder, target: m.Place, tys: list[t.Ty]) -> None:
    from compiler.mir.type_facts import needs_drop

    for i, ty in enumerate(tys):
        if needs_drop(db, None, ty):
            b.drop(target.project(m.Field(i, ty)))


def _drop_adt(db: Database, b: ShimBuilder, ty: t.AdtTy, target: m.Place) -> None:
    from compiler.mir.type_facts import discriminant_ty, discriminants
    from compiler.resolve.lang import lang_item

    if ty.def_id.kind is DefKind.UNION or ty.def_id is lang_item(db, "manually_drop"):
        return
    if ty.def_id.kind is DefKind.STRUCT:
        _drop_fields(db, b, target, field_tys(db, ty, 0))
        return
    values = discriminants(db, ty.def_id)
    discr_ty = discriminant_ty(db, ty)
    assert isinstance(discr_ty, t.IntTy)
    discr = b.local(discr_ty)
    b.assign(discr, m.Discriminant(target))
    switch, done = b.current, b.block()
    arms: list[tuple[int, int]] = []
    for i, value in enumerate(values):
        b.current = b.block()
        arms.append((value & ((1 << discr_ty.bits) - 1), b.current))
        _drop_fields(db, b, target.project(m.Downcast(i)), field_tys(db, ty, i))
        b.end(m.Goto(done))
    b.current = switch
    b.end(m.SwitchInt(m.Copy(m.Place(discr)), discr_ty, tuple(arms), done), done)


def _index_loop(b: ShimBuilder, ty: t.ArrayTy | t.SliceTy, target: m.Place) -> tuple[m.Local, tuple[int, int]]:
    """Open ``while i < len``; returns the index and (loop head, block after)."""
    index, length, more = b.local(t.usize), b.local(t.usize), b.local(t.bool_)
    b.assign(index, m.Use(m.Constant(m.ScalarConst(0, t.usize))))
    b.assign(length, m.Len(target))
    head, inside, after = b.block(), b.block(), b.block()
    b.end(m.Goto(head), head)
    b.assign(more, m.BinaryOp(m.BinOp.LT, m.Copy(m.Place(index)), m.Copy(m.Place(length))))
    b.end(m.SwitchInt(m.Copy(m.Place(more)), t.bool_, ((0, after),), inside), inside)
    return index, (head, after)


def _next_index(b: ShimBuilder, index: m.Local, following: tuple[int, int]) -> None:
    head, after = following
    b.assign(index, m.BinaryOp(m.BinOp.ADD, m.Copy(m.Place(index)), m.Constant(m.ScalarConst(1, t.usize))))
    b.end(m.Goto(head), after)


# ---------------------------------------------------------------- clone


def _clone(db: Database, clone_method: DefId, ty: t.Ty) -> m.Body:
    from compiler.mir.type_facts import is_copy

    b = ShimBuilder(clone_method, ty, [t.RefTy(t.ERASED, ty, False)])
    source = m.Place(1, (m.Deref(),))
    if is_copy(db, None, ty):
        b.assign(0, m.Use(m.Copy(source)))
    elif isinstance(ty, t.TupleTy):
        parts = _cloned_fields(b, clone_method, source, list(ty.elems))
        b.assign(0, m.Aggregate(m.AggregateTuple(), parts))
    elif isinstance(ty, t.ClosureTy):
        parts = _cloned_fields(b, clone_method, source, closure_field_tys(db, ty))
        b.assign(0, m.Aggregate(m.AggregateClosure(ty.def_id, ty.args), parts))
    elif isinstance(ty, t.ArrayTy):
        index, following = _index_loop(b, ty, source)
        reference = b.local(t.RefTy(t.ERASED, ty.ty, False))
        b.assign(reference, m.Ref(t.ERASED, m.BorrowKind.SHARED, source.project(m.Index(index))))
        b.call(t.FnDefTy(clone_method, (ty.ty,)), (m.Copy(m.Place(reference)),), m.Place(0, (m.Index(index),)))
        _next_index(b, index, following)
    b.end(m.Return())
    return b.body


def _cloned_fields(b: ShimBuilder, clone_method: DefId, source: m.Place, tys: list[t.Ty]) -> tuple[m.Operand, ...]:
    parts: list[m.Operand] = []
    for i, ty in enumerate(tys):
        reference, part = b.local(t.RefTy(t.ERASED, ty, False)), b.local(ty)
        b.assign(reference, m.Ref(t.ERASED, m.BorrowKind.SHARED, source.project(m.Field(i, ty))))
        b.call(t.FnDefTy(clone_method, (ty,)), (m.Copy(m.Place(reference)),), m.Place(part))
        parts.append(m.Move(m.Place(part)))
    return tuple(parts)


# ---------------------------------------------------------------- constructors and closures


def _constructor(db: Database, instance: Instance) -> m.Body:
    from compiler.ty.adt import adt_def

    def_id = instance.def_id
    adt = def_id
    index = 0
    if def_id.kind is DefKind.VARIANT:
        assert def_id.parent is not None
        adt = def_id.parent
        index = next(i for i, v in enumerate(adt_def(db, adt).variants) if v.def_id is def_id)
    ty = t.AdtTy(adt, instance.args)
    inputs = field_tys(db, ty, index)
    b = ShimBuilder(def_id, ty, inputs)
    operands = tuple(m.Move(m.Place(1 + i)) for i in range(len(inputs)))
    b.assign(0, m.Aggregate(m.AggregateAdt(adt, index, instance.args), operands))
    b.end(m.Return())
    return b.body


def _closure_by_value(db: Database, ty: t.ClosureTy, makes_closure: bool) -> m.Body:
    """``fn(closure, args..)``, or ``fn(args..)`` that makes the zero-sized closure itself."""
    from compiler.mir.type_facts import needs_drop
    from compiler.ty.infer import closure_of

    facts = closure_of(db, ty.def_id)
    assert facts is not None
    sig = normal_form(db, t.subst(t.erase_regions(facts.sig), ty.args))
    assert isinstance(sig, t.FnPtrTy)
    given = list(sig.inputs) if makes_closure else [ty, *sig.inputs]
    b = ShimBuilder(ty.def_id, sig.output, given)
    closure = 1
    if makes_closure:
        closure = b.local(ty)
        b.assign(closure, m.Aggregate(m.AggregateClosure(ty.def_id, ty.args), ()))
    receiver: m.Operand = m.Move(m.Place(closure))
    if facts.kind != "FnOnce":
        mutable = facts.kind == "FnMut"
        reference = b.local(t.RefTy(t.ERASED, ty, mutable))
        b.assign(reference, m.Ref(t.ERASED, m.BorrowKind.MUT if mutable else m.BorrowKind.SHARED, m.Place(closure)))
        receiver = m.Move(m.Place(reference))
    first = 1 if makes_closure else 2
    args = tuple(m.Move(m.Place(first + i)) for i in range(len(sig.inputs)))
    b.call(t.FnDefTy(ty.def_id, ty.args), (receiver, *args), m.Place(0))
    if facts.kind != "FnOnce" and needs_drop(db, None, ty):
        b.drop(m.Place(closure))
    b.end(m.Return())
    return b.body
