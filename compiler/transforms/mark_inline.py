"""mark-inline: which functions are inlined before anything else runs.

What it is: device functions small enough, or called once, get ``inline = "always"``, so that locals passed by address
are split into registers before LLVM's first simplification sees them. What it assumes: the call graph of one kernel.
What it guarantees: recursive functions are left alone; a kernel grows to at most ``KERNEL_BUDGET`` operations by
this. Before and after::

    "mir.func"() ({...}) {sym_name = "helper"}
    "mir.func"() ({...}) {sym_name = "helper", inline = "always"}
"""

from __future__ import annotations

from collections import Counter

from compiler.dialects.mir import ops as mir
from compiler.ir.attributes import StringAttr
from compiler.ir.builtin import ModuleOp

FUNCTION_BUDGET = 400
KERNEL_BUDGET = 20_000


def mark_inline(module: ModuleOp) -> ModuleOp:
    """Set ``inline`` in place; returns the module."""
    functions = {
        op.sym_name.value: op for op in module.body.ops if isinstance(op, mir.FuncOp) and not op.is_declaration
    }
    calls = {name: _calls(op) for name, op in functions.items()}
    n_sites = Counter(callee for found in calls.values() for callee in found.elements() if callee in functions)
    sizes: dict[str, int] = {}
    for name in bottom_up(calls, functions):
        op = functions[name]
        size = sum(len(block.ops) for block in op.regions[0].blocks)
        recursive = False
        for callee, count in calls[name].items():
            if callee == name or (callee in functions and callee not in sizes):
                recursive = True
            elif callee in functions and functions[callee].attributes.get("inline") == ALWAYS:
                size += count * sizes[callee]
        sizes[name] = size
        if op.kernel is not None or recursive:
            if recursive:
                op.attributes.pop("inline", None)
            continue
        if size <= FUNCTION_BUDGET or (n_sites[name] == 1 and size <= KERNEL_BUDGET):
            op.attributes["inline"] = ALWAYS
    return module


ALWAYS = StringAttr("always")


def _calls(op: mir.FuncOp) -> Counter[str]:
    """Direct callees of a function with the number of calls."""
    return Counter(
        inner.callee.name for block in op.regions[0].blocks for inner in block.ops if isinstance(inner, mir.CallOp)
    )


def bottom_up(calls: dict[str, Counter[str]], functions: dict[str, mir.FuncOp]) -> list[str]:
    """Function names, callees before callers except inside cycles."""
    order: list[str] = []
    state: dict[str, bool] = {}
    for root in functions:
        stack = [(root, iter(calls[root]))] if root not in state else []
        if stack:
            state[root] = False
        while stack:
            name, callees = stack[-1]
            for callee in callees:
                if callee in functions and callee not in state:
                    state[callee] = False
                    stack.append((callee, iter(calls[callee])))
                    break
            else:
                state[name] = True
                order.append(name)
                stack.pop()
    return order
