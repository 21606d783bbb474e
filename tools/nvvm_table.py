"""Make compiler/dialects/nvvm/intrinsics.tsv from the intrinsic catalogue.

What it is: a generator run by hand when the catalogue or LLVM changes: ``python tools/nvvm_table.py CATALOGUE.tsv``.
For each row it looks for the signature under which the LLVM in llvmlite knows the intrinsic, compiles a call for the
row's lowest target and compares the instruction with the catalogue's; rows LLVM does not know, or lowers otherwise,
get the PTX template as inline assembly. What it assumes: llvmlite with NVPTX. What it guarantees: every "llvm" row
compiled here. Example::

    python tools/nvvm_table.py ../shared/intrinsics-catalog.tsv --report
"""

from __future__ import annotations

import argparse
import csv
import itertools
import os
import re
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from compiler.codegen import llvm_machine
from compiler.codegen.target import Target, ptx_for
from compiler.dialects.nvvm.table import COLUMNS, split_types

OUTPUT = Path(__file__).resolve().parent.parent / "compiler" / "dialects" / "nvvm" / "intrinsics.tsv"
SCALARS = {
    "u32": "i32",
    "i32": "i32",
    "u64": "i64",
    "i64": "i64",
    "u16": "i16",
    "f32": "float",
    "f64": "double",
    "bool": "i1",
}
VIEWS = {"i32": ("i32", "<2 x half>", "<2 x bfloat>", "float"), "i16": ("i16", "half", "bfloat")}
CONSTRAINTS = {"i32": "r", "i64": "l", "i16": "h", "float": "f", "double": "d"}
CONVERGENT = re.compile(
    r"\.sync|\bbar|barrier|vote|match\.|elect|activemask|\baligned|wgmma|mma|ldmatrix|stmatrix|movmatrix|redux|shfl|nanosleep"
)
PURE_MODULES = frozenset(
    {"bf16", "bf16x2", "convert", "dotprod", "f16", "f16x2", "float", "prmt", "sreg", "grid", "shared"}
)


@dataclass(slots=True)
class Row:
    """One catalogue line, with what was decided about it."""

    module: str
    name: str
    args: list[str]
    result: str
    llvm: str
    ptx: str
    sm: str
    ptx_version: str
    form: str = ""
    text: str = ""
    constraints: str = ""
    operands: list[str] = field(default_factory=list)
    result_form: str = ""
    note: str = ""

    @property
    def key(self) -> str:
        return f"{self.module}.{self.name}"

    @property
    def mnemonic(self) -> str:
        return self.ptx.split(" ")[0].rstrip(";")

    def effects(self) -> str:
        words: list[str] = []
        if CONVERGENT.search(self.mnemonic):
            words.append("convergent")
        if self.name in ("clock", "clock64", "globaltimer", "smid", "nsmid", "warpid", "nwarpid"):
            words.append("volatile")
        elif (
            self.module not in PURE_MODULES and self.name not in ("gridid", "elect_sync") and self.module != "warp"
        ) or self.name in ("sync_mask",):
            words.append("memory")
        if self.result == "!":
            words.append("noreturn")
        if self.mnemonic.startswith(("mma", "movmatrix")):
            words = ["convergent"]
        return " ".join(words)

    def targets(self) -> Iterator[Target]:
        """Lowest targets to try, most general first."""
        words = re.findall(r"sm_(\d+)([af]?)", self.sm) or [("75", "")]
        for number, suffix in words:
            yield Target.parse(f"sm_{max(int(number), 75)}{suffix}")


def scalar_or_array(ty: str) -> tuple[str, int]:
    """LLVM scalar type and element count (0 for a scalar) of a Rust type; pointers are ``ptr``."""
    if ty.startswith("*"):
        return "ptr", 0
    if ty.startswith("["):
        element, _, count = ty[1:-1].partition(";")
        return SCALARS[element.strip()], int(count)
    return SCALARS[ty], 0


def flat_operands(row: Row) -> list[tuple[str, str]]:
    """(operand word, LLVM type) for each scalar argument, arrays flattened."""
    flat: list[tuple[str, str]] = []
    for i, arg in enumerate(row.args):
        ty, count = scalar_or_array(arg)
        flat += [(f"{i}.{k}", ty) for k in range(count)] if count else [(str(i), ty)]
    return flat


# ---------------------------------------------------------------- LLVM intrinsics


def in_child(work: Callable[[], str | None]) -> str | None:
    """The text ``work`` gives, computed in a forked child: LLVM aborts the process on some wrong signatures."""
    read_end, write_end = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(read_end)
        os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
        with os.fdopen(write_end, "w") as out:
            out.write(work() or "")
        os._exit(0)
    os.close(write_end)
    with os.fdopen(read_end) as answer:
        text = answer.read()
    os.waitpid(child, 0)
    return text or None


def known_signature(name: str, result: str, args: list[str]) -> bool:
    """Whether LLVM takes this declaration for its intrinsic: it then attaches the intrinsic's attributes."""
    text = in_child(lambda: llvm_machine.reparse(f"declare {result} @{name}({', '.join(args)})\n")) or ""
    line = next((line for line in text.splitlines() if line.startswith("declare") and f"@{name}(" in line), "")
    return bool(re.search(r"\) #\d+$", line))


def result_choices(row: Row) -> list[tuple[str, str]]:
    """(LLVM result type, result word) candidates."""
    if row.result in ("()", "!"):
        return [("void", "")]
    if row.result == "(u32, bool)":
        return [("{ i32, i1 }", "{i32, i1}")]
    ty, count = scalar_or_array(row.result)
    if count:
        return [(f"{{ {', '.join([view] * count)} }}", f"{count}*{view}") for view in VIEWS.get(ty, (ty,))]
    views = [(view, "=" if view == ty else f"={view}") for view in VIEWS.get(ty, (ty,))]
    if ty == "ptr":
        views += [("ptr addrspace(3)", "=ptr addrspace(3)"), ("ptr addrspace(7)", "=ptr addrspace(7)")]
    if ty == "i32":
        views += [("{ i32, i1 }", "first {i32, i1}"), ("i1", "=i1")]
    return views


def constant_choices(row: Row) -> list[tuple[list[str], list[str]]]:
    """(leading, trailing) constant operands the intrinsic may want besides the Rust arguments."""
    clamp = re.search(r"shfl.* (\d+), <register-or-immediate>;", row.ptx)
    if clamp:
        return [([], [f"#i32 {clamp.group(1)}"])]
    return [([], []), (["#i32 0"], []), ([], ["#i1 false"]), ([], ["#i1 true"])]


def argument_views(flat: list[tuple[str, str]]) -> Iterator[list[tuple[str, str]]]:
    """Ways to view the arguments: pointers in every space, 16-bit data as halves; equal types change together."""
    groups = sorted({ty for _, ty in flat})
    choices: list[list[tuple[str, ...]]] = []
    for ty in groups:
        n = sum(1 for _, t in flat if t == ty)
        if ty == "ptr":
            spaces = ("ptr addrspace(3)", "ptr addrspace(1)", "ptr", "ptr addrspace(7)")
            choices.append(list(itertools.product(spaces, repeat=n)))
        else:
            choices.append([(view,) * n for view in VIEWS.get(ty, (ty,))])
            if ty == "i32" and n > 1:  # the accumulator keeps i32 or float while the factors are halves
                choices[-1] += [("i32",) * k + (v,) * (n - k) for v in VIEWS["i32"][1:] for k in range(1, n)]
    for pick in itertools.product(*choices):
        queues = {ty: list(views) for ty, views in zip(groups, pick, strict=True)}
        yield [(word, queues[ty].pop(0)) for word, ty in flat]


def mma_order(row: Row, flat: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """Rust passes the accumulator first, PTX and LLVM take it after the factors; redux takes the mask last; packing
    conversions take the high half first (kernel-language.md 2.17 passes the low one first)."""
    if row.mnemonic.startswith("redux") or (row.module == "convert" and row.args == ["f32", "f32"]):
        return flat[::-1]
    if not row.mnemonic.startswith("mma"):
        return flat
    factors = [f for f in flat if f[0].split(".")[0] in ("1", "2")]
    accumulator = [f for f in flat if f[0].split(".")[0] == "0"]
    rest = [f for f in flat if f[0].split(".")[0] not in ("0", "1", "2")]
    return factors + accumulator + rest


def find_llvm(row: Row) -> bool:
    """Decide the row as an LLVM intrinsic if one signature is known and gives the catalogue's instruction."""
    if not row.llvm:
        return False
    flat = mma_order(row, flat_operands(row))
    natural = dict(flat)
    for suffix in ("", ".f32", ".v2f16", ".v2bf16", ".p3", ".p0"):
        for lead, trail in constant_choices(row):
            for views in argument_views(flat):
                types = (
                    [w[1:].split(" ")[0] for w in lead] + [ty for _, ty in views] + [w[1:].split(" ")[0] for w in trail]
                )
                for result, result_form in result_choices(row):
                    if known_signature(row.llvm + suffix, result, types):
                        words = [word if ty == natural[word] else f"{word}:{ty}" for word, ty in views]
                        if accept_llvm(row, row.llvm + suffix, result, result_form, types, lead + words + trail):
                            return True
    return False


def accept_llvm(row: Row, name: str, result: str, form: str, types: list[str], words: list[str]) -> bool:
    for target in row.targets():
        for immediates in (False, True):
            values = []
            for i, (word, ty) in enumerate(zip(words, types, strict=True)):
                is_imm = immediates and ty.startswith("i") and "<immediate>" in row.ptx and i == len(words) - 1
                values.append(
                    f"{ty} {word.split(' ')[-1]}" if word.startswith("#") else f"{ty} {'1' if is_imm else f'%a{i}'}"
                )
            text = call_module(name, result, types, values)
            version = ptx_for(target, tuple(map(int, row.ptx_version.split("."))))
            ptx = in_child(partial(llvm_machine.try_compile, text, str(target), version))
            if ptx is not None and instruction_found(row, ptx):
                row.form, row.text, row.result_form = "llvm", name, form
                row.operands = list(words)
                if immediates and "<immediate>" in row.ptx:
                    row.operands[-1] += ":imm"
                return True
    return False


def call_module(name: str, result: str, types: list[str], values: list[str]) -> str:
    params = ", ".join(f"{ty} %a{i}" for i, ty in enumerate(types))
    head = f"define {result} @f({params}) {{\n"
    call = f"call {result} @{name}({', '.join(values)})"
    body = f"  {call}\n  ret void\n" if result == "void" else f"  %r = {call}\n  ret {result} %r\n"
    return f"{head}{body}}}\ndeclare {result} @{name}({', '.join(types)})\n"


def instruction_found(row: Row, ptx: str) -> bool:
    mnemonic = row.mnemonic
    if mnemonic in ptx:
        return True
    spellings = {
        "bar.sync": "barrier.sync.aligned", "mov.u32": row.ptx.split(", ")[-1].rstrip(";"),
        "mov.u64": row.ptx.split(", ")[-1].rstrip(";"), "mov.b32": row.ptx.split(", ")[-1].rstrip(";"),
    }  # fmt: skip
    other = spellings.get(mnemonic)
    if other and (other in ptx or mnemonic in ptx):
        return True
    words = mnemonic.split(".")  # the same instruction may spell default qualifiers
    return any(all(w in line for w in words) for line in ptx.splitlines() if line.strip().startswith(words[0]))


# ---------------------------------------------------------------- inline assembly


def make_asm(row: Row) -> bool:
    """Decide the row as inline assembly from its template."""
    special = SPECIAL.get(row.name)
    if special is not None:
        row.form = "asm"
        row.text, row.constraints, operands, row.result_form = special
        row.operands = operands.split("|") if operands else []
        return True
    if "%" in row.ptx.replace("%gridid", "") or row.module in ("tma",):
        return False
    queue = mma_order(row, flat_operands(row))
    outputs, row.result_form = asm_outputs(row)
    template, constraints, n = row.ptx, [f"={c}" for c in outputs], len(outputs)
    slots = re.findall(r"\[<address>\]|<register-list:\d+>|<immediate>|<register-or-immediate>|<register>", template)
    taken = 0
    for slot in slots:
        count = int(slot[15:-1]) if slot.startswith("<register-list") else 1
        if taken < len(outputs):
            text, taken = ", ".join(f"${taken + k}" for k in range(count)), taken + count
        else:
            words = []
            for _ in range(count):
                if not queue:
                    return False
                word, ty = queue.pop(0)
                constraint, word = asm_operand(slot, word, ty, row)
                if constraint == "":
                    return False
                constraints.append(constraint)
                row.operands.append(word)
                words.append(f"${n}")
                n += 1
            text = ", ".join(words)
        replacement = (
            f"{{{text}}}" if slot.startswith("<register-list") else f"[{text}]" if slot.startswith("[") else text
        )
        template = template.replace(slot, replacement, 1)
    if queue or "<" in template:
        return False
    if "memory" in row.effects():
        constraints.append("~{memory}")
    row.form, row.text, row.constraints = "asm", template, ",".join(constraints)
    return True


def asm_outputs(row: Row) -> tuple[list[str], str]:
    if row.result in ("()", "!"):
        return [], ""
    ty, count = scalar_or_array(row.result)
    if count:
        return [CONSTRAINTS[ty]] * count, f"{count}*{ty}"
    return [CONSTRAINTS.get(ty, "l")], "="


def asm_operand(slot: str, word: str, ty: str, row: Row) -> tuple[str, str]:
    if slot == "<immediate>":
        return "n", f"{word}:imm"
    if ty == "ptr":
        space = ""
        if ".shared::cluster" in row.mnemonic or ".shared" in row.mnemonic:
            space = ":ptr addrspace(3)"
        elif ".global" in row.mnemonic:
            space = ":ptr addrspace(1)"
        return "l", f"{word}{space}"
    return CONSTRAINTS.get(ty, ""), word


def shuffle_u64(kind: str, clamp: int) -> tuple[str, str, str, str]:
    text = (
        "{\\n\\t.reg .b32 lo, hi;\\n\\tmov.b64 {lo, hi}, $1;\\n\\t"
        f"shfl.sync.{kind}.b32 lo, lo, $2, {clamp}, $3;\\n\\tshfl.sync.{kind}.b32 hi, hi, $2, {clamp}, $3;\\n\\t"
        "mov.b64 $0, {lo, hi};\\n\\t}"
    )
    return text, "=l,l,r,r", "1|2|0", "="


SHARED = "ptr addrspace(3)"
TENSOR = "ptr addrspace(6)"
Special = tuple[str, str, str, str]  # template, constraints, operands, result word


def predicate(instruction: str, constraints: str, operands: str, handle: bool = False) -> Special:
    """An instruction whose result is the predicate ``p``, given as 0 or 1; ``h`` is a 128-bit handle of $1 and $2."""
    declared = ".reg .b128 h;\\n\\tmov.b128 h, {$1, $2};\\n\\t" if handle else ""
    text = f"{{\\n\\t.reg .pred p;\\n\\t{declared}{instruction}\\n\\tselp.b32 $0, 1, 0, p;\\n\\t}}"
    return text, f"=r,{constraints}", operands, "=i32"


def clc_ctaid(axis: str) -> Special:
    read = f"clusterlaunchcontrol.query_cancel.get_first_ctaid::{axis}.b32.b128 $0, h;"
    return f"{{\\n\\t.reg .b128 h;\\n\\tmov.b128 h, {{$1, $2}};\\n\\t{read}\\n\\t}}", "=r,l,l", "0|1", "="


def tma_load(rank: int, multicast: str = "") -> Special:
    """Global to shared: destination, tensor map and coordinates, mbarrier, and the CTA mask of a multicast."""
    coordinates = ", ".join(f"${2 + i}" for i in range(rank))
    mnemonic = f"cp.async.bulk.tensor.{rank}d.shared::cluster.global.tile.mbarrier::complete_tx::bytes{multicast}"
    text = f"{mnemonic} [$0], [$1, {{{coordinates}}}], [${2 + rank}]" + (f", ${3 + rank};" if multicast else ";")
    words = [f"0:{SHARED}", "1", *(str(2 + i) for i in range(rank)), f"{2 + rank}:{SHARED}"]
    letters = ["l", "l", *("r" * rank), "l"]
    if multicast:
        words.append(str(3 + rank))
        letters.append("h")
    return text, ",".join([*letters, "~{memory}"]), "|".join(words), ""


def tma_store(rank: int) -> Special:
    coordinates = ", ".join(f"${2 + i}" for i in range(rank))
    text = f"cp.async.bulk.tensor.{rank}d.global.shared::cta.tile.bulk_group [$1, {{{coordinates}}}], [$0];"
    words = [f"0:{SHARED}", "1", *(str(2 + i) for i in range(rank))]
    return text, ",".join(["l", "l", *("r" * rank), "~{memory}"]), "|".join(words), ""


def tcgen05_mma(group: int) -> Special:
    """Dense, with no output lane disabled."""
    mask = ", ".join("z" for _ in range(4 * group))
    text = (
        "{\\n\\t.reg .pred p;\\n\\t.reg .b32 z;\\n\\tmov.b32 z, 0;\\n\\tsetp.ne.b32 p, $4, 0;\\n\\t"
        f"tcgen05.mma.cta_group::{group}.kind::f16 [$0], $1, $2, $3, {{{mask}}}, p;\\n\\t}}"
    )
    return text, "r,l,l,r,r,~{memory}", "0|1|2|3|4:i32", ""


def tcgen05_mma_ws(kind: str, collector: str = "") -> Special:
    """The third argument, a descriptor of A in shared memory, is unused: A is in tensor memory."""
    text = (
        "{\\n\\t.reg .pred p;\\n\\tsetp.ne.b32 p, $4, 0;\\n\\t"
        f"tcgen05.mma.ws.cta_group::1.kind::{kind}{collector} [$0], [$1], $2, $3, p;\\n\\t}}"
    )
    return text, "r,r,l,r,r,~{memory}", "0|1|3|4|5:i32", ""


def wgmma(shape: str, kind: str, scales: str) -> Special:
    """One product as a whole region, fence to wait: the accumulator is memory, so nothing may stay in flight."""
    registers = ", ".join(f"${i}" for i in range(32))
    text = (
        "{\\n\\t.reg .pred p;\\n\\tsetp.eq.b32 p, 1, 1;\\n\\twgmma.fence.sync.aligned;\\n\\t"
        f"wgmma.mma_async.sync.aligned.{shape}.f32.{kind}.{kind} {{{registers}}}, $32, $33, p, {scales};\\n\\t"
        "wgmma.commit_group.sync.aligned;\\n\\twgmma.wait_group.sync.aligned 0;\\n\\t}"
    )
    constraints = ["=f"] * 32 + ["l", "l"] + [str(i) for i in range(32)] + ["~{memory}"]
    return text, ",".join(constraints), "|".join(["1", "2", *(f"0.{i}" for i in range(32))]), "32*float@0"


def immediate(instruction: str) -> Special:
    """A count that is constant once inlined: LLVM checks an asm operand later than an intrinsic's argument."""
    return f"{instruction} $0;", "n,~{memory}", "0:imm", ""


SPECIAL: dict[str, Special] = {
    "cp_async_wait_group": immediate("cp.async.wait_group"),
    "cp_async_bulk_wait_group": immediate("cp.async.bulk.wait_group"),
    "cp_async_bulk_wait_group_read": immediate("cp.async.bulk.wait_group.read"),
    "wgmma_wait_group": immediate("wgmma.wait_group.sync.aligned"),
    "shuffle_u64_sync": shuffle_u64("idx", 31),
    "shuffle_xor_u64_sync": shuffle_u64("bfly", 31),
    "shuffle_down_u64_sync": shuffle_u64("down", 31),
    "shuffle_up_u64_sync": shuffle_u64("up", 0),
    "breakpoint": ("brkpt;", "", "", ""),
    "pmevent": ("pmevent $0;", "n", "0:imm", ""),
    "gridid": ("mov.u64 $0, %gridid;", "=l", "", "="),
    "mbarrier_arrive_cluster": (
        "mbarrier.arrive.release.cluster.shared::cluster.b64 _, [$0];", "l,~{memory}", "0", "",
    ),
    "mbarrier_arrive_expect_tx": (
        "mbarrier.arrive.expect_tx.release.cta.shared::cta.b64 $0, [$1], $2;", "=l,l,r,~{memory}", f"0:{SHARED}|2", "=",
    ),
    "mbarrier_arrive_expect_tx_cluster": (
        "mbarrier.arrive.expect_tx.relaxed.cluster.shared::cta.b64 $0, [$1], $2;", "=l,l,r,~{memory}",
        f"0:{SHARED}|2", "=",
    ),
    "mbarrier_try_wait_parity": predicate(
        "mbarrier.try_wait.parity.shared::cta.b64 p, [$1], $2;", "l,r,~{memory}", f"0:{SHARED}|1"
    ),
    "mbarrier_try_wait_parity_cluster": predicate(
        "mbarrier.try_wait.parity.acquire.cluster.shared::cta.b64 p, [$1], $2;", "l,r,~{memory}", f"0:{SHARED}|1"
    ),
    "clc_query_is_canceled": predicate(
        "clusterlaunchcontrol.query_cancel.is_canceled.pred.b128 p, h;", "l,l", "0|1", handle=True
    ),
    **{f"clc_query_get_first_ctaid_{axis}": clc_ctaid(axis) for axis in "xyz"},
    "dsmem_read_u32": (
        (
            "{\\n\\t.reg .b64 a;\\n\\tmapa.shared::cluster.u64 a, $1, $2;\\n\\t"
            "ld.shared::cluster.u32 $0, [a];\\n\\t}"
        ),
        "=r,l,r,~{memory}", f"0:{SHARED}|1", "=",
    ),
    **{f"cp_async_bulk_tensor_{rank}d_g2s": tma_load(rank) for rank in range(1, 6)},
    **{f"cp_async_bulk_tensor_{rank}d_s2g": tma_store(rank) for rank in range(1, 6)},
    "cp_async_bulk_tensor_2d_g2s_multicast": tma_load(2, ".multicast::cluster"),
    "cp_async_bulk_tensor_2d_g2s_multicast_cg2": tma_load(2, ".multicast::cluster.cta_group::2"),
    "tcgen05_mma_f16": tcgen05_mma(1),
    "tcgen05_mma_f16_cg2": tcgen05_mma(2),
    "tcgen05_mma_ws_f16": tcgen05_mma_ws("f16"),
    "tcgen05_mma_ws_bf16": tcgen05_mma_ws("f16"),
    "tcgen05_mma_ws_tf32": tcgen05_mma_ws("tf32"),
    **{f"tcgen05_mma_ws_{t}": tcgen05_mma_ws("f8f6f4", ".collector::b0::discard")
       for t in ("e4m3", "e5m2", "e2m3", "e3m2", "e2m1")},
    "wgmma_mma_m64n64k16_f32_bf16": wgmma("m64n64k16", "bf16", "1, 1, 0, 0"),
    "wgmma_mma_m64n64k16_f32_f16": wgmma("m64n64k16", "f16", "1, 1, 0, 0"),
    "wgmma_mma_m64n64k8_f32_tf32": wgmma("m64n64k8", "tf32", "1, 1"),
}  # fmt: skip
# tcgen05.mma forms whose kind, group and collector are immediates: LLVM's own intrinsics.
SELECTOR_MMA: dict[str, str] = {
    "tcgen05_mma_shared": f"0:{TENSOR}|1|2|3|4",
    "tcgen05_mma_tensor": f"0:{TENSOR}|1:{TENSOR}|2|3|4",
    "tcgen05_mma_tensor_ashift": f"0:{TENSOR}|1:{TENSOR}|2|3|4",
    "tcgen05_mma_sp_shared": f"0:{TENSOR}|1|2|3|4|5:{TENSOR}",
    "tcgen05_mma_sp_tensor": f"0:{TENSOR}|1:{TENSOR}|2|3|4|5:{TENSOR}",
    "tcgen05_mma_sp_tensor_ashift": f"0:{TENSOR}|1:{TENSOR}|2|3|4|5:{TENSOR}",
    "tcgen05_mma_ws_shared": f"0:{TENSOR}|1|2|3|4",
    "tcgen05_mma_ws_shared_zero_col_mask": f"0:{TENSOR}|1|2|3|4|5",
    "tcgen05_mma_ws_sp_shared": f"0:{TENSOR}|1|2|3|4|5:{TENSOR}",
    "tcgen05_mma_ws_sp_shared_zero_col_mask": f"0:{TENSOR}|1|2|3|4|5:{TENSOR}|6",
    "tcgen05_mma_ws_sp_tensor": f"0:{TENSOR}|1:{TENSOR}|2|3|4|5:{TENSOR}",
    "tcgen05_mma_ws_sp_tensor_zero_col_mask": f"0:{TENSOR}|1:{TENSOR}|2|3|4|5:{TENSOR}|6",
    "tcgen05_mma_ws_tensor": f"0:{TENSOR}|1:{TENSOR}|2|3|4",
    "tcgen05_mma_ws_tensor_zero_col_mask": f"0:{TENSOR}|1:{TENSOR}|2|3|4|5",
}
# Rows the catalogue does not have: operations of the language's library made of several instructions.
EXTRA: tuple[tuple[str, str, str, str], ...] = (
    ("wgmma_mma_m64n64k16_f32_bf16", "[f32; 32], u64, u64", "sm_90a", "8.0"),
    ("wgmma_mma_m64n64k16_f32_f16", "[f32; 32], u64, u64", "sm_90a", "8.0"),
    ("wgmma_mma_m64n64k8_f32_tf32", "[f32; 32], u64, u64", "sm_90a", "8.0"),
)
LDMATRIX_B8 = "sm_100a or sm_101a or sm_103a or sm_110a or sm_120a or sm_121a"


# ---------------------------------------------------------------- main


def read_catalogue(path: Path) -> list[Row]:
    with path.open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
        return [
            Row(
                r["module"],
                r["name"],
                split_types(r["args"]),
                r["result"],
                r["llvm"],
                r["ptx"],
                r["sm"],
                r["ptx_version"],
            )
            for r in reader
        ]


def decide(row: Row) -> bool:
    if row.key == "debug.trap":
        row.form, row.text = "llvm", "llvm.trap"
        return True
    if row.name in SELECTOR_MMA:
        row.form, row.text = "llvm", row.llvm
        n = len(row.args)
        row.operands = [*SELECTOR_MMA[row.name].split("|"), *(f"{i}:imm" for i in range(n - 3, n))]
        return True
    if not row.sm and ("m16n16" in row.ptx or "m8n16" in row.ptx):
        row.sm, row.ptx_version = LDMATRIX_B8, "8.6"
    if row.name in SPECIAL or row.module in ("matrix", "tcgen05", "wgmma"):
        if make_asm(row):
            return True
        row.operands = []
    if find_llvm(row):
        return True
    row.operands = []
    return make_asm(row)


def table_line(row: Row) -> str:
    return "\t".join([
        row.key, ", ".join(row.args), row.result, row.form, row.text, row.constraints, "|".join(row.operands),
        row.result_form, row.effects(), row.sm, row.ptx_version,
    ])  # fmt: skip


def main() -> int:
    llvm_machine.reparse("")  # initialise LLVM once, before forking
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("catalogue", type=Path)
    parser.add_argument("--report", action="store_true", help="list the rows that have no lowering")
    parser.add_argument("--only", default="", help="modules or rows to do again, comma separated; the others are kept")
    options = parser.parse_args()
    rows = [row for row in read_catalogue(options.catalogue) if row.name and row.args is not None]
    rows += [Row("oxide", name, split_types(args), "()", "", "wgmma", sm, ptx) for name, args, sm, ptx in EXTRA]
    chosen = set(options.only.split(",")) if options.only else None
    old = {}
    if chosen is not None:
        old = {line.partition("\t")[0]: line for line in OUTPUT.read_text(encoding="utf-8").splitlines()[1:]}
    lines, missing = ["\t".join(COLUMNS)], []
    for row in rows:
        if chosen is not None and row.key in old and not chosen & {row.module, row.key}:
            lines.append(old[row.key])
        elif decide(row):
            lines.append(table_line(row))
        else:
            missing.append(row)
    OUTPUT.write_text("\n".join(lines) + "\n", encoding="utf-8")
    print(f"{len(lines) - 1} rows, {len(missing)} without a lowering", file=sys.stderr)
    if options.report:
        for row in missing:
            print(f"  {row.key}: {row.llvm or '-'} | {row.ptx}", file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main())
