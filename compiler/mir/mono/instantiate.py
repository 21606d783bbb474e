"""From an instance to its final body: constants evaluated, dead branches gone, calls and drops resolved.

Assumes: the instance has a body (not INTRINSIC, not EXTERN). Guarantees what the package docstring promises of a
``MonoFunction.body``; ``uses`` lists everything the reachable code needs, with spans for call chains.

Before, for ``fn f<const N: usize>(x: u32) -> u32 { if N > 4 { g(x) } else { h(x) } }`` and ``N = 8``: two calls
behind a switch. After: one call of ``g``, and no use of ``h``.
"""

from __future__ import annotations

from compiler.base.dataclass import dataclass, field
from compiler.base.span import Span
from compiler.diagnostics.model import Diagnostic, Severity
from compiler.hir.def_id import DefId, DefKind
from compiler.mir import body as m
from compiler.mir.consteval.intrinsics import known_type_fact, type_name_constant
from compiler.mir.consteval.queries import outcome_of
from compiler.mir.mono.attributes import inline_hint, intrinsic_name
from compiler.mir.mono.errors import IntrinsicAddress, Unresolved
from compiler.mir.mono.fold import BodyFolder
from compiler.mir.mono.model import Instance, InstanceKind, MonoFunction
from compiler.mir.mono.resolve import CallTarget, call_target, fn_pointer_instance
from compiler.mir.mono.shims import drop_glue, shim_body
from compiler.mir.mono.simplify import fold_switches, keep_reachable
from compiler.mir.mono.unknown import unsupported_construct
from compiler.mir.mono.unroll import unrolled
from compiler.mir.place_ty import operand_ty, place_ty
from compiler.query import Database, query
from compiler.ty import types as t


@dataclass(slots=True)
class Uses:
    """What a body reaches: instances and statics with the span that needs them, in order."""

    instances: list[tuple[Instance, Span]] = field(default_factory=list)
    statics: list[tuple[DefId, Span]] = field(default_factory=list)


@dataclass(slots=True)
class Instantiated:
    """An instance ready for code generation. ``function.symbol`` is empty: the collector names it."""

    function: MonoFunction
    uses: Uses
    diagnostics: list[Diagnostic]


class _Evaluating(BodyFolder):
    """A folder that also evaluates constants, and notes statics and functions they refer to, by block."""

    def __init__(self, db: Database, args: t.GenericArgs) -> None:
        super().__init__(db, args)
        self.diagnostics: list[Diagnostic] = []
        self.failed = False

    def value(self, value: m.ConstValue) -> m.ConstValue:
        made = super().value(value)
        if not isinstance(made, m.UnevaluatedConst):
            return made
        outcome = outcome_of(self.db, made.def_id, made.args, made.promoted)
        if outcome.value is None:
            self.failed = True
            self.diagnostics += [d for d in outcome.diagnostics if d not in self.diagnostics]
            return m.ZeroSizedConst(made.ty)
        return outcome.value


@query(backdate=False)
def instantiated(db: Database, instance: Instance) -> Instantiated:
    """The final body of an instance."""
    from compiler.mir.cleanup import mir_body

    is_item = instance.kind is InstanceKind.ITEM or instance.kind is InstanceKind.INTRINSIC
    source = mir_body(db, instance.def_id) if is_item else shim_body(db, instance)
    folder = _Evaluating(db, instance.args if is_item else ())
    body = folder.body(source)
    body.promoted = []
    body.tainted_by_errors = folder.failed or (body.tainted_by_errors and _is_wrong(db, instance.def_id, body))
    function = MonoFunction(instance, body, "", inline=inline_hint(db, instance.def_id) if is_item else "always")
    if body.tainted_by_errors:
        return Instantiated(function, Uses(), folder.diagnostics)
    _known_intrinsics(db, body)
    fold_switches(body)
    keep_reachable(body)
    warnings = [told.to_diagnostic() for told in unrolled(body)]
    resolver = _Resolver(db, function)
    resolver.run()
    unsupported = [unsupported_construct(body.def_id, span, what) for span, what in body.unsupported]
    found = [*folder.diagnostics, *unsupported, *warnings, *resolver.diagnostics]
    return Instantiated(function, resolver.uses, found)


def _is_wrong(db: Database, def_id: DefId, body: m.Body) -> bool:
    """Whether a body with errors around it has errors itself: a kernel may be given a closure of a host function that
    is not understood as a whole.
    """
    from compiler.ty.infer import body_owner, infer

    if def_id.kind is not DefKind.CLOSURE or any(d.ty.flags & t.HAS_ERROR for d in body.locals):
        return True
    spans = [d.primary.span for d in infer(db, body_owner(def_id)).diagnostics if d.severity is Severity.ERROR]
    return any(body.span.start <= span.start and span.end <= body.span.end for span in spans)


def _known_intrinsics(db: Database, body: m.Body) -> None:
    """Calls of ``size_of`` and its like become constants."""
    for block in body.blocks:
        term = block.terminator
        if not isinstance(term, m.Call) or term.target is None:
            continue
        ty = operand_ty(body.locals, term.func)
        name = _type_fact_name(db, ty.def_id) if isinstance(ty, t.FnDefTy) else None
        if name is None or not isinstance(ty, t.FnDefTy):
            continue
        if name == "type_name" and isinstance(ty.args[0], t.Ty):
            known: m.BytesConst | m.ScalarConst = type_name_constant(ty.args[0])
        elif (value := known_type_fact(db, name, ty.args)) is not None:
            known = m.ScalarConst(value, place_ty(body.locals, term.destination))
        else:
            continue
        constant = m.Constant(known, term.span)
        block.statements.append(m.Assign(term.destination, m.Use(constant), term.span))
        block.terminator = m.Goto(term.target, term.span)


def _type_fact_name(db: Database, def_id: DefId) -> str | None:
    """The intrinsic a function is, or, for its wrapper in ``core::mem``, wraps."""
    if def_id.parent is not None and def_id.parent.path == "core::mem":
        return def_id.name
    return intrinsic_name(db, def_id)


class _Resolver:
    """Resolves what the reachable blocks call, drop, reify and refer to."""

    def __init__(self, db: Database, function: MonoFunction) -> None:
        self.db = db
        self.function = function
        self.body = function.body
        self.uses = Uses()
        self.diagnostics: list[Diagnostic] = []

    def run(self) -> None:
        for i, block in enumerate(self.body.blocks):
            for statement in block.statements:
                if isinstance(statement, m.Assign):
                    self._rvalue(statement.rvalue, statement.span)
            self._terminator(i, block)

    # -- operands

    def _rvalue(self, rv: m.Rvalue, span: Span) -> None:
        match rv:
            case m.Use() | m.Repeat() | m.UnaryOp():
                self._operand(rv.operand, span)
            case m.BinaryOp():
                self._operand(rv.left, span)
                self._operand(rv.right, span)
            case m.Cast():
                self._operand(rv.operand, span)
                if rv.kind in (m.CastKind.REIFY_FN_POINTER, m.CastKind.CLOSURE_FN_POINTER):
                    self._fn_pointer(operand_ty(self.body.locals, rv.operand), span)
            case m.Aggregate() | m.Printf():
                for operand in rv.operands:
                    self._operand(operand, span)

    def _operand(self, op: m.Operand, span: Span) -> None:
        if isinstance(op, m.Constant) and isinstance(op.value, m.StaticRef | m.AllocConst):
            self._referenced(op.value, span)

    def _referenced(self, value: object, span: Span) -> None:
        if isinstance(value, m.StaticRef):
            self.uses.statics.append((value.def_id, span))
        elif isinstance(value, m.FnRef):
            self._fn_pointer(value.ty, span)
        elif isinstance(value, m.AllocConst):
            for _, target, _ in value.relocations:
                self._referenced(target, span)

    def _fn_pointer(self, ty: t.Ty, span: Span) -> None:
        instance = fn_pointer_instance(self.db, ty)
        if instance is None:
            self._unresolved(ty, span)
        elif instance.kind is InstanceKind.INTRINSIC:
            fault = IntrinsicAddress(self.body.def_id, span, instance.def_id)
            self.diagnostics.append(fault.to_diagnostic())
        elif ty not in self.function.fn_pointers:
            self.function.fn_pointers[ty] = instance
            self.uses.instances.append((instance, span))

    def _unresolved(self, ty: t.Ty, span: Span) -> None:
        self.diagnostics.append(Unresolved(self.body.def_id, span, repr(ty)).to_diagnostic())

    # -- terminators

    def _terminator(self, index: int, block: m.BasicBlock) -> None:
        term = block.terminator
        match term:
            case m.Call():
                for arg in term.args:
                    self._operand(arg, term.span)
                self._call(index, block, term)
            case m.Drop():
                self._drop(index, block, term)
            case m.SwitchInt():
                self._operand(term.discr, term.span)
            case m.InlineAsm():
                for operand in term.operands:
                    if operand.value is not None:
                        self._operand(operand.value, term.span)

    def _drop(self, index: int, block: m.BasicBlock, term: m.Drop) -> None:
        from compiler.mir.type_facts import needs_drop

        ty = place_ty(self.body.locals, term.place)
        if not needs_drop(self.db, None, ty):
            block.terminator = m.Goto(term.target, term.span)
            return
        glue = drop_glue(self.db, ty)
        self.function.drops[index] = glue
        self.uses.instances.append((glue, term.span))

    def _call(self, index: int, block: m.BasicBlock, term: m.Call) -> None:
        func_ty = operand_ty(self.body.locals, term.func)
        if not isinstance(func_ty, t.FnDefTy):
            return
        target = None if func_ty.flags & t.HAS_ERROR else call_target(self.db, func_ty.def_id, func_ty.args)
        if target is None:
            self._unresolved(func_ty, term.fn_span or term.span)
            return
        func, args = term.func, term.args
        if target.spread and target.instance is not None and _needs_call_site(target.instance):
            fault = IntrinsicAddress(self.body.def_id, term.fn_span or term.span, target.instance.def_id, True)
            self.diagnostics.append(fault.to_diagnostic())
        if target.spread:
            args = self._spread(block, args)
            if target.instance is None:
                func, args = self._through_pointer(args[0]), args[1:]
            elif target.drops_self:
                args = args[1:]
            block.terminator = m.Call(func, args, term.destination, term.target, term.span, term.fn_span)
        self._note_callee(index, target, term.fn_span or term.span)

    def _note_callee(self, index: int, target: CallTarget, span: Span) -> None:
        if target.instance is not None:
            self.function.callees[index] = target.instance
            self.uses.instances.append((target.instance, span))

    def _spread(self, block: m.BasicBlock, args: tuple[m.Operand, ...]) -> tuple[m.Operand, ...]:
        """The last argument's tuple elements as arguments of their own."""
        packed = args[-1]
        tuple_ty = operand_ty(self.body.locals, packed)
        assert isinstance(tuple_ty, t.TupleTy)
        if isinstance(packed, m.Constant):
            if not tuple_ty.elems:
                return args[:-1]
            self.body.locals.append(m.LocalDecl(tuple_ty))
            place = m.Place(len(self.body.locals) - 1)
            block.statements.append(m.Assign(place, m.Use(packed), packed.span))
            packed = m.Move(place)
        elems = [type(packed)(packed.place.project(m.Field(i, ty))) for i, ty in enumerate(tuple_ty.elems)]
        return (*args[:-1], *elems)

    def _through_pointer(self, receiver: m.Operand) -> m.Operand:
        """The fn pointer behind the receiver of an ``Fn*`` call."""
        ty = operand_ty(self.body.locals, receiver)
        if isinstance(receiver, m.Constant):
            return receiver
        place = receiver.place
        while isinstance(ty, t.RefTy):
            place, ty = place.project(m.Deref()), ty.ty
        return m.Copy(place)


def _needs_call_site(instance: Instance) -> bool:
    """A CUDA intrinsic: its operands may have to be immediates, which a call through ``Fn`` cannot promise."""
    return instance.kind is InstanceKind.INTRINSIC and instance.def_id.krate.name == "cuda_intrinsics"
