"""import-mir: monomorphic MIR to dialect-mir.

What it is: the one place where the front end and the IR meet. What it assumes: ``MonoItems`` without errors. What it
guarantees: one ``mir.func`` per function, ``mir.static`` per static and constant in memory, a verified module; a
construct that cannot be compiled is an ``unsupported: ...`` diagnostic at the user's span, and its function becomes a
trap. Example::

    imported = import_mir(db, mono_items(db, instance), ImportOptions(locate=locate))
    if not imported.diagnostics: lower_module(imported.module)
"""

from __future__ import annotations

from compiler.base.dataclass import dataclass, field
from compiler.diagnostics.model import Diagnostic, Label, Severity, SubDiagnostic
from compiler.dialects.mir import ops as mir
from compiler.dialects.mir.types import MIR_PTR
from compiler.ir.attributes import (
    ArrayAttr,
    Attribute,
    DenseArrayAttr,
    DictAttr,
    IntegerAttr,
    StringAttr,
    TypeAttr,
    UnitAttr,
)
from compiler.ir.builtin import ModuleOp
from compiler.ir.collection import collector_paused
from compiler.ir.core import Region
from compiler.ir.location import FileLineColLoc
from compiler.ir.types import I32, I64, FunctionType
from compiler.mir import body as m
from compiler.mir.mono.model import MonoItems, MonoStatic
from compiler.query import Database
from compiler.transforms.import_mir.enums import write_discriminant
from compiler.transforms.import_mir.function import FunctionImport, ImportOptions, KernelFacts, ModuleImport
from compiler.transforms.import_mir.kernel_abi import FunctionSignature, Parameter, signature
from compiler.transforms.import_mir.operands import array_element, image
from compiler.transforms.import_mir.places import place_value
from compiler.transforms.import_mir.rvalues import assign
from compiler.transforms.import_mir.terminators import terminate
from compiler.transforms.import_mir.types import Unsupported, restrict_align

__all__ = ["ImportOptions", "ImportedModule", "KernelFacts", "import_mir"]


@dataclass(slots=True)
class ImportedModule:
    module: ModuleOp
    diagnostics: list[Diagnostic] = field(default_factory=list)


def import_mir(db: Database, items: MonoItems, options: ImportOptions | None = None) -> ImportedModule:
    """The module of one kernel and everything it reaches."""
    with collector_paused():
        return _import_items(ModuleImport(db, items, options or ImportOptions()))


def _import_items(module: ModuleImport) -> ImportedModule:
    items = module.items
    for static in items.statics:
        import_static(module, static)
    for function in items.functions:
        f = FunctionImport(module, function)
        try:
            module.module.body.append(import_function(f))
        except Unsupported as reason:
            module.diagnostics.append(unsupported(f, str(reason)))
    for name, align in module.dynamic_shared.items():
        declare_dynamic_shared(module, name, align)
    for name, (inputs, outputs) in module.externs.items():
        attributes: dict[str, Attribute] = {
            "sym_name": StringAttr(name),
            "function_type": TypeAttr(FunctionType(inputs, outputs)),
        }
        module.module.body.append(mir.FuncOp((), (), attributes, [Region()]))
    return ImportedModule(module.module, module.diagnostics)


def unsupported(f: FunctionImport, reason: str) -> Diagnostic:
    """At the user's span; code reached in a library names the chain of calls."""
    notes: list[SubDiagnostic] = []
    owner, span = f.body.def_id, f.span
    for site in f.module.items.chains.get(f.function.instance, ()):
        label = Label(site.span, "", site.caller.def_id)
        notes.append(SubDiagnostic("note", f"reached from `{site.caller.def_id.name}`", (label,)))
    return Diagnostic(
        Severity.ERROR, "K0900", f"unsupported: {reason}", Label(span, "not supported in device code yet", owner),
        children=tuple(notes),
    )  # fmt: skip


# ---------------------------------------------------------------- statics


def import_static(module: ModuleImport, static: MonoStatic) -> None:
    attributes: dict[str, Attribute] = {
        "sym_name": StringAttr(static.symbol),
        "space": StringAttr(static.space),
        "size": IntegerAttr(static.size, I64),
        "align": IntegerAttr(static.align, I64),
    }
    if static.initializer is not None:
        attributes["value"] = image(module, static.initializer)
        elem = None if static.initializer.relocations else array_element(module, static.ty)
        if elem is not None:
            attributes["elem_type"] = TypeAttr(elem)
    if static.mutable:
        attributes["mutable"] = UnitAttr()
    module.module.body.append(mir.StaticOp((), (), attributes))


def declare_dynamic_shared(module: ModuleImport, name: str, align: int) -> None:
    align = max(align, module.options.kernel.dynamic_shared_align)
    attributes: dict[str, Attribute] = {
        "sym_name": StringAttr(name),
        "space": StringAttr("shared"),
        "size": IntegerAttr(0, I64),
        "align": IntegerAttr(align, I64),
        "extern": UnitAttr(),
    }
    module.module.body.append(mir.StaticOp((), (), attributes))


# ---------------------------------------------------------------- functions


def import_function(f: FunctionImport) -> mir.FuncOp:
    body = f.body
    inputs = [body.locals[i].ty for i in range(1, body.arg_count + 1)]
    f.loc = f.module.locate(body.def_id, body.span)
    sig = signature(f.types, inputs, body.locals[0].ty, f.function.is_kernel)
    bind_locals(f, sig)
    f.blocks = [f.new_block() for _ in body.blocks]
    f.goto(f.blocks[0])
    for i, block in enumerate(body.blocks):
        f.block = f.blocks[i]
        import_block(f, i, block)
    ty = FunctionType(sig.inputs(), () if f.function.is_kernel else sig.outputs())
    return mir.FuncOp((), (), function_attributes(f, sig, ty), [f.region], loc=f.module.locate(body.def_id, body.span))


def bind_locals(f: FunctionImport, sig: FunctionSignature) -> None:
    """Entry arguments, then an alloca for every local that needs memory of its own."""
    if sig.sret:
        f.addresses[0] = f.entry.add_arg(MIR_PTR, "ret")
    for i, parameter in enumerate(sig.parameters):
        bind_parameter(f, i + 1, parameter)
    for local, decl in enumerate(f.body.locals):
        if local not in f.addresses:
            facts = f.types.of(decl.ty)
            if not facts.is_zst and not facts.layout.is_unsized:
                f.addresses[local] = f.alloca(facts, decl.name or "")


def bind_parameter(f: FunctionImport, local: m.Local, parameter: Parameter) -> None:
    name = f.body.locals[local].name or f"arg{local}"
    args = [f.entry.add_arg(ty, name) for ty in parameter.types]
    if parameter.kind in ("indirect", "byval"):
        f.addresses[local] = args[0]
    elif parameter.kind != "none":
        facts = parameter.facts
        address = f.addresses[local] = f.alloca(facts, name)
        for arg, offset in zip(args, parameter.offsets or (0,), strict=True):
            f.store(arg, f.field(address, offset), restrict_align(facts.align, offset))


def import_block(f: FunctionImport, index: int, block: m.BasicBlock) -> None:
    def_id = f.body.def_id
    locate = f.module.locate
    for statement in block.statements:
        f.span = statement.span
        f.loc = locate(def_id, statement.span)
        if isinstance(statement, m.Assign):
            assign(f, statement)
        elif isinstance(statement, m.SetDiscriminant):
            write_discriminant(f, place_value(f, statement.place), statement.variant_index)
    f.span = block.terminator.span
    f.loc = locate(def_id, block.terminator.span)
    terminate(f, index, block.terminator)


def function_attributes(f: FunctionImport, sig: FunctionSignature, ty: FunctionType) -> dict[str, Attribute]:
    attributes: dict[str, Attribute] = {
        "sym_name": StringAttr(f.function.symbol),
        "function_type": TypeAttr(ty),
    }
    if f.function.is_kernel:
        attributes["kernel"] = launch_facts(f.module.options.kernel)
        attrs = [p.attributes() for p in sig.parameters for _ in p.types]
        if any(isinstance(a, DictAttr) and a.entries for a in attrs):
            attributes["arg_attrs"] = ArrayAttr(tuple(attrs))
    if f.function.inline:
        attributes["inline"] = StringAttr(f.function.inline)
    loc = f.module.locate(f.body.def_id, f.body.span)
    if isinstance(loc, FileLineColLoc):
        attributes["subprogram"] = DictAttr(
            (
                ("name", StringAttr(f.body.def_id.name or f.function.symbol)),
                ("file", StringAttr(loc.file)),
                ("line", IntegerAttr(loc.line, I32)),
            )
        )
    return attributes


def launch_facts(kernel: KernelFacts) -> DictAttr:
    """An exact block replaces the bound (kernel-language.md 1.6)."""
    entries: list[tuple[str, Attribute]] = []
    if kernel.block is not None:
        entries.append(("reqntid", DenseArrayAttr(kernel.block, I32)))
    elif kernel.max_threads is not None:
        entries.append(("maxntid", DenseArrayAttr((kernel.max_threads, 1, 1), I32)))
    if kernel.min_blocks:
        entries.append(("minctasm", IntegerAttr(kernel.min_blocks, I32)))
    if kernel.cluster is not None:
        entries.append(("cluster_dim", DenseArrayAttr(kernel.cluster, I32)))
    return DictAttr(tuple(entries))
