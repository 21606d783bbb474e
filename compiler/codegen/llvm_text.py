"""dialect-llvm to LLVM 22 IR text.

What it is: a printer; it decides nothing. What it assumes: the module holds only ``llvm`` operations
(``convert-nvvm`` has run) and verifies. What it guarantees: every attribute of every operation is printed or the
printer stops with an :class:`IRError`; all functions are ``convergent``. Example::

    text = llvm_text(module, debug_info=True)
    # define ptx_kernel void @k(ptr %x, i64 %0) #0 !dbg !4 { ...
"""

from __future__ import annotations

from collections.abc import Iterable

from compiler.codegen.debug_info import DebugInfo
from compiler.codegen.llvm_constants import constant_text, initializer_text
from compiler.codegen.llvm_instructions import ATTRIBUTES_KEPT, INSTRUCTIONS, FunctionText
from compiler.codegen.llvm_metadata import Metadata
from compiler.codegen.llvm_types import attribute_words, symbol, type_text
from compiler.dialects.llvm.ops_arith import AddressOfOp, ConstantOp, PoisonOp, UndefOp, ZeroOp
from compiler.dialects.llvm.ops_control import GlobalOp, LLVMFuncOp
from compiler.ir.attributes import ArrayAttr, Attribute, StringAttr
from compiler.ir.builtin import ModuleOp
from compiler.ir.core import Block, Operation, Value
from compiler.ir.errors import IRError
from compiler.ir.location import UNKNOWN_LOC
from compiler.ir.types import FunctionType

TRIPLE = "nvptx64-nvidia-cuda"
DATA_LAYOUT = "e-i64:64-i128:128-v16:16-v32:32-n16:32:64"  # kernel-language.md 6.3
BASE_ATTRIBUTES = "convergent nounwind"


def llvm_text(module: ModuleOp, debug_info: bool = False, triple: str = TRIPLE, data_layout: str = DATA_LAYOUT) -> str:
    """The module as LLVM IR text for ``triple``."""
    return ModuleText(module, debug_info).text(triple, data_layout)


class ModuleText:
    """Text of one module: symbols, then attribute groups, then metadata."""

    def __init__(self, module: ModuleOp, debug_info: bool) -> None:
        self.module = module
        self.metadata = Metadata()
        self.debug = DebugInfo(module, self.metadata) if debug_info else None
        self.groups: dict[str, int] = {}
        self.intrinsics: dict[str, str] = {}
        self.symbol_spaces: dict[str, int] = {}
        for op in module.body.ops:
            if isinstance(op, GlobalOp):
                self.symbol_spaces[op.sym_name.value] = op.address_space

    def text(self, triple: str, data_layout: str) -> str:
        lines: list[str] = []
        for op in self.module.body.ops:
            if isinstance(op, GlobalOp):
                lines.append(self.global_text(op))
            elif isinstance(op, LLVMFuncOp):
                lines.append("")
                lines.extend(self.function_lines(op))
            else:
                raise IRError(f"'{op.op_name}' op has no LLVM IR form; run convert-nvvm first")
        head = [f'target datalayout = "{data_layout}"', f'target triple = "{triple}"', ""]
        tail = ["", *self.intrinsics.values(), ""] if self.intrinsics else [""]
        tail += [f"attributes #{number} = {{ {text} }}" for text, number in self.groups.items()]
        tail += self.metadata.lines()
        return "\n".join(head + lines + tail) + "\n"

    # ---- globals

    def global_text(self, op: GlobalOp) -> str:
        ty = op.global_type.type
        declared = not {"value", "undef", "zero"} & op.attributes.keys()
        linkage = op.linkage.value if op.linkage is not None else ("external" if declared else "")
        words = [symbol(op.sym_name.value), "=", "external" if declared else linkage]
        words.append("unnamed_addr" if op.unnamed_addr is not None else "")
        words.append(f"addrspace({op.address_space})" if op.address_space else "")
        words.append("externally_initialized" if op.externally_initialized is not None else "")
        words += ["constant" if op.constant is not None else "global", type_text(ty)]
        if op.value is not None:
            words.append(initializer_text(op.value, ty, self.symbol_spaces))
        elif not declared:
            words.append("undef" if op.undef is not None else "zeroinitializer")
        text = " ".join(word for word in words if word)
        return f"{text}, align {op.alignment.value}" if op.alignment is not None else text

    # ---- functions

    def function_lines(self, op: LLVMFuncOp) -> list[str]:
        if op.is_declaration:
            return [f"declare {self.function_head(op, None)}"]
        printer = FunctionPrinter(self, op)
        scope = self.debug.subprogram(op) if self.debug is not None else None
        dbg = f" !dbg !{scope}" if scope is not None else ""
        return [f"define {self.function_head(op, printer)}{dbg} {{", *printer.body(scope), "}"]

    def function_head(self, op: LLVMFuncOp, printer: FunctionPrinter | None) -> str:
        ty = op.type
        words = [op.linkage.value] if op.linkage is not None and op.linkage.value != "external" else []
        if op.cconv is not None:
            words.append(op.cconv.value)
        if op.res_attrs is not None:
            words.append(attribute_words(op.res_attrs))
        words.append(result_text(ty))
        attrs: tuple[Attribute, ...] = op.arg_attrs.elements if op.arg_attrs is not None else ()
        args: list[str] = []
        for i, arg_ty in enumerate(ty.inputs):
            extra = attribute_words(attrs[i]) if i < len(attrs) else ""
            name = printer.names[op.regions[0].entry.args[i]] if printer is not None else ""
            args.append(" ".join(word for word in (type_text(arg_ty), extra, name) if word))
        group = self.group(function_attributes(op))
        return f"{' '.join(words)} {symbol(op.sym_name.value)}({', '.join(args)}) #{group}"

    def group(self, text: str) -> int:
        return self.groups.setdefault(text, len(self.groups))

    def declare_intrinsic(self, name: str, results: str, args: Iterable[str]) -> None:
        if name not in self.intrinsics:
            self.intrinsics[name] = f"declare {results} {symbol(name)}({', '.join(args)})"


class FunctionPrinter(FunctionText):
    """Names and lines of one function body."""

    def __init__(self, module: ModuleText, op: LLVMFuncOp) -> None:
        super().__init__(module.group(BASE_ATTRIBUTES), module.declare_intrinsic, module.metadata)
        self.module = module
        self.op = op
        self.taken: set[str] = set()
        self.suffixes: dict[str, int] = {}  # last number given to a name
        self.next_number = 0
        region = op.regions[0]
        for i, block in enumerate(region.blocks):
            self.labels[block] = f"bb{i}"
            self.taken.add(f"bb{i}")
        self.incoming: dict[Block, list[tuple[Block, list[Value]]]] = {block: [] for block in region.blocks}
        for block in region.blocks:
            for arg in block.args:
                self.name_value(arg)
            for inner in block.ops:
                self.name_results(inner)
            self.record_edges(block)

    def name_results(self, op: Operation) -> None:
        literal = self.literal(op)
        for res in op.results:
            if literal is not None:
                self.names[res] = literal
            else:
                self.name_value(res)

    def literal(self, op: Operation) -> str | None:
        if isinstance(op, ConstantOp):
            return constant_text(op.value)
        if isinstance(op, AddressOfOp):
            return symbol(op.global_name.name)
        if isinstance(op, ZeroOp):
            return "null" if type_text(op.result.type).startswith("ptr") else "zeroinitializer"
        if isinstance(op, UndefOp):
            return "undef"
        return "poison" if isinstance(op, PoisonOp) else None

    def name_value(self, value: Value) -> None:
        hint = value.name_hint
        if not hint:
            self.names[value] = f"%{self.next_number}"
            self.next_number += 1
            return
        base = (
            hint
            if hint.replace("_", "a").replace(".", "a").isalnum() and not hint[0].isdigit()
            else f"v.{len(self.taken)}"
        )
        name, n = base, self.suffixes.get(base, 0)
        while name in self.taken:
            n += 1
            name = f"{base}.{n}"
        self.suffixes[base] = n
        self.taken.add(name)
        self.names[value] = f"%{name}"

    def record_edges(self, block: Block) -> None:
        if not block.ops:
            return
        last = block.ops[-1]
        for i, target in enumerate(last.successors):
            if target.args:
                values = last.operands if len(last.successors) == 1 else last.segment(i + 1)
                self.incoming[target].append((block, values))

    def body(self, scope: int | None) -> list[str]:
        lines: list[str] = []
        debug = self.module.debug
        names = self.names
        for i, block in enumerate(self.op.regions[0].blocks):
            lines.append(f"{self.labels[block]}:")
            if i > 0:
                lines.extend(self.phi(block, position) for position in range(len(block.args)))
            for op in block.ops:
                emit = INSTRUCTIONS.get(type(op))
                if emit is None:
                    if self.literal(op) is None:
                        raise IRError(f"'{op.op_name}' op has no LLVM IR form")
                    continue
                if not op.attributes.keys() <= ATTRIBUTES_KEPT[type(op)]:
                    unknown = op.attributes.keys() - ATTRIBUTES_KEPT[type(op)]
                    raise IRError(f"'{op.op_name}' op has attributes with no LLVM IR form: {sorted(unknown)}")
                text = emit(self, op)
                if op.results:
                    text = f"{names[op.results[0]]} = {text}"
                if scope is not None and debug is not None and op.loc is not UNKNOWN_LOC:
                    text = f"{text}, !dbg !{debug.location(op.loc, scope)}"
                elif scope is not None and debug is not None and text.find("call ") >= 0:
                    text = f"{text}, !dbg !{debug.artificial(scope)}"  # LLVM wants a location on inlinable calls
                lines.append(f"  {text}")
        return lines

    def phi(self, block: Block, position: int) -> str:
        arg = block.args[position]
        pairs = ", ".join(
            f"[ {self.names[values[position]]}, %{self.labels[source]} ]" for source, values in self.incoming[block]
        )
        return f"  {self.names[arg]} = phi {type_text(arg.type)} {pairs}"


def result_text(ty: FunctionType) -> str:
    return type_text(ty.results[0]) if ty.results else "void"


def function_attributes(op: LLVMFuncOp) -> str:
    """Function attributes as the words of one attribute group."""
    words = [BASE_ATTRIBUTES]
    for attr in op.passthrough.elements if op.passthrough is not None else ():
        if isinstance(attr, StringAttr):
            words.append(attr.value)
        elif isinstance(attr, ArrayAttr):
            key, value = attr.elements
            assert isinstance(key, StringAttr) and isinstance(value, StringAttr)
            words.append(f'"{key.value}"="{value.value}"')
        else:
            raise IRError(f"function attribute {attr} has no LLVM IR form")
    return " ".join(words)
