"""What keeps a reachable function out of a kernel, as diagnostics with the call chain from the kernel.

Assumes: spans relative to the item named beside them. Guarantees: the primary label is in user code where the chain
passes through any; the chain is told from the call nearest to the fault to the kernel.

Example: ``error[K0903]: heap allocation is not supported in kernels``, note "called from `helper`", note "called from
kernel `k`".
"""

from __future__ import annotations

from compiler.base.dataclass import dataclass, replace
from compiler.base.span import Span
from compiler.diagnostics.model import Diagnostic, Label, Severity, SubDiagnostic
from compiler.hir.def_id import DefId, DefKind
from compiler.mir.mono.model import CallSite


@dataclass(frozen=True, slots=True)
class Unresolved:
    """A callee that trait selection did not find."""

    owner: DefId
    span: Span
    callee: str

    def to_diagnostic(self) -> Diagnostic:
        message = f"unsupported: cannot tell which function `{self.callee}` is here"
        return Diagnostic(Severity.ERROR, "K0900", message, Label(self.span, "called here", self.owner))


@dataclass(frozen=True, slots=True)
class HostOnly:
    """``function`` works on the host only; ``why`` is the library's reason."""

    owner: DefId
    span: Span
    function: DefId
    why: str

    def to_diagnostic(self) -> Diagnostic:
        message = self.why or f"`{self.function.path}` cannot be called from device code"
        return Diagnostic(
            Severity.ERROR, "K0903", message, Label(self.span, f"`{self.function.name}` is host-only", self.owner)
        )


@dataclass(frozen=True, slots=True)
class ExternOnHost:
    """A function of an ``extern`` block that is not ``#[device]``."""

    owner: DefId
    span: Span
    function: DefId

    def to_diagnostic(self) -> Diagnostic:
        message = f"`{self.function.name}` is an external host function and cannot be called from device code"
        note = SubDiagnostic("help", 'declare external device functions in a `#[device] extern "C"` block')
        return Diagnostic(Severity.ERROR, "K0904", message, Label(self.span, "called here", self.owner), (), (note,))


@dataclass(frozen=True, slots=True)
class UnsupportedType:
    """A value of a type that device code cannot hold."""

    owner: DefId
    span: Span
    ty: str
    what: str

    def to_diagnostic(self) -> Diagnostic:
        label = Label(self.span, f"this has type `{self.ty}`", self.owner)
        return Diagnostic(Severity.ERROR, "K0900", f"unsupported: {self.what} in device code", label)


@dataclass(frozen=True, slots=True)
class UnsupportedConstruct:
    """An expression that MIR building does not lower (``Body.unsupported``)."""

    owner: DefId
    span: Span
    construct: str

    def to_diagnostic(self) -> Diagnostic:
        label = Label(self.span, "not supported in device code", self.owner)
        return Diagnostic(Severity.ERROR, "K0900", f"unsupported: {self.construct} in device code", label)


@dataclass(frozen=True, slots=True)
class UnsupportedLibrary:
    """A library function that this compiler cannot compile yet."""

    function: DefId

    def to_diagnostic(self) -> Diagnostic:
        message = f"unsupported: `{self.function.path}` in device code"
        return Diagnostic(Severity.ERROR, "K0900", message, Label(Span(0, 0), "called here", self.function))


@dataclass(frozen=True, slots=True)
class HeapAllocation:
    """``what`` allocates."""

    owner: DefId
    span: Span
    what: str

    def to_diagnostic(self) -> Diagnostic:
        message = (
            "heap allocation is not supported in kernels (no device allocator); use fixed-size arrays or SharedArray"
        )
        return Diagnostic(Severity.ERROR, "K0905", message, Label(self.span, f"`{self.what}` allocates", self.owner))


@dataclass(frozen=True, slots=True)
class FormattedOutput:
    """``what`` formats text at run time."""

    owner: DefId
    span: Span
    what: str

    def to_diagnostic(self) -> Diagnostic:
        message = "text formatting is not supported in kernels; use `gpu_printf!`"
        return Diagnostic(Severity.ERROR, "K0906", message, Label(self.span, f"`{self.what}` formats text", self.owner))


@dataclass(frozen=True, slots=True)
class UnknownItem:
    """Something real that this compiler does not know, in device code."""

    owner: DefId
    span: Span
    what: str

    def to_diagnostic(self) -> Diagnostic:
        message = f"unsupported: `{self.what}` is not known to this compiler and cannot be used in device code"
        note = SubDiagnostic("note", "items of crates outside the library are known to host code only")
        return Diagnostic(Severity.ERROR, "K0907", message, Label(self.span, "used here", self.owner), (), (note,))


@dataclass(frozen=True, slots=True)
class IntrinsicAbi:
    """A numbered intrinsic of upstream's generated interface, which this compiler calls by name only."""

    owner: DefId
    span: Span
    path: str

    def to_diagnostic(self) -> Diagnostic:
        message = f"cuda-intrinsics ABI mismatch: `{self.path}` is not an intrinsic of this compiler"
        help_ = SubDiagnostic("help", "call the intrinsic by its name, such as `cuda_intrinsics::sreg::lane_id`")
        return Diagnostic(Severity.ERROR, "K0907", message, Label(self.span, "used here", self.owner), (), (help_,))


@dataclass(frozen=True, slots=True)
class IntrinsicAddress:
    """An intrinsic converted to a ``fn`` pointer, or (``is_callable``) passed as ``impl Fn``."""

    owner: DefId
    span: Span
    intrinsic: DefId
    is_callable: bool = False

    def to_diagnostic(self) -> Diagnostic:
        name = self.intrinsic.path
        message = f"`{name}` must be called directly and cannot be converted to a function pointer"
        if self.is_callable:
            message = (
                f"generated CUDA intrinsics require direct call-site lowering: `{name}` cannot be passed as a callable"
            )
        label = Label(self.span, "an intrinsic has no address", self.owner)
        help_ = SubDiagnostic("help", "wrap it in a function of your own and pass that")
        return Diagnostic(Severity.ERROR, "K0908", message, label, (), (help_,))


@dataclass(frozen=True, slots=True)
class UninhabitedVariant:
    """A ``SetDiscriminant`` to a variant that no value has."""

    owner: DefId
    span: Span
    variant: str

    def to_diagnostic(self) -> Diagnostic:
        message = f"`SetDiscriminant` cannot select uninhabited variant `{self.variant}`"
        label = Label(self.span, "no value of this variant exists", self.owner)
        return Diagnostic(Severity.ERROR, "K0909", message, label)


@dataclass(frozen=True, slots=True)
class ThreadLocal:
    """A thread-local static."""

    owner: DefId
    span: Span
    static: DefId

    def to_diagnostic(self) -> Diagnostic:
        message = f"unsupported: the thread-local static `{self.static.name}` in device code"
        return Diagnostic(Severity.ERROR, "K0900", message, Label(self.span, "used here", self.owner))


@dataclass(frozen=True, slots=True)
class NotUnrolled:
    """A loop with ``#[unroll]`` that stays a loop."""

    owner: DefId
    span: Span
    why: str

    def to_diagnostic(self) -> Diagnostic:
        message = f"loop not unrolled: {self.why}"
        note = SubDiagnostic("note", "the loop is compiled as written; `#[unroll]` changes nothing here")
        label = Label(self.span, "this loop has `#[unroll]`", self.owner)
        return Diagnostic(Severity.WARNING, "K0910", message, label, (), (note,))


@dataclass(frozen=True, slots=True)
class UnrollFactor:
    """A factor of ``#[unroll]`` that is not allowed, known only for concrete generic arguments."""

    owner: DefId
    span: Span
    factor: int

    def to_diagnostic(self) -> Diagnostic:
        message = f"partial unroll factor must be in 2..=1024, or 0 for full unrolling; it is {self.factor} here"
        return Diagnostic(Severity.ERROR, "E0080", message, Label(self.span, "for this loop", self.owner))


@dataclass(frozen=True, slots=True)
class LaunchBoundValue:
    """``#[launch_bounds]`` that come out wrong for one instance."""

    owner: DefId
    span: Span
    why: str

    def to_diagnostic(self) -> Diagnostic:
        return Diagnostic(Severity.ERROR, "E0080", self.why, Label(self.span, "for this instance", self.owner))


@dataclass(frozen=True, slots=True)
class InstantiationLimit:
    """Instantiation does not end: ``f::<T>`` needs ``f::<Wrapper<T>>`` needs ..."""

    owner: DefId
    span: Span
    function: DefId

    def to_diagnostic(self) -> Diagnostic:
        message = f"reached the recursion limit while instantiating `{self.function.path}`"
        note = SubDiagnostic("note", "each instantiation needs another one with larger types")
        return Diagnostic(
            Severity.ERROR, "K0902", message, Label(self.span, "instantiated here", self.owner), (), (note,)
        )


def describe(def_id: DefId, kernel: DefId) -> str:
    """How a chain names a function."""
    if def_id is kernel:
        return f"kernel `{def_id.name}`"
    return "a closure" if def_id.kind is DefKind.CLOSURE else f"`{def_id.name}`"


def with_chain(diagnostic: Diagnostic, chain: tuple[CallSite, ...], kernel: DefId) -> Diagnostic:
    """Add how the faulty place is reached, and move the primary label out of the library into user code."""
    notes = list(diagnostic.children)
    primary = diagnostic.primary
    owner = primary.owner
    for site in chain:
        if isinstance(owner, DefId) and owner.krate is not kernel.krate:
            library = f"in `{owner.path}`"
            primary = Label(site.span, primary.message, site.caller.def_id)
            notes.insert(0, SubDiagnostic("note", f"the fault is {library}, which this reaches"))
            owner = site.caller.def_id
        else:
            caller = site.caller.def_id
            text = f"called from {describe(caller, kernel)}"
            notes.append(SubDiagnostic("note", text, (Label(site.span, "", caller),)))
    return replace(diagnostic, primary=primary, children=tuple(notes))
