"""Names the compiler itself stands for: derives it expands, attribute macros it reads, items its attributes generate.

Guarantees: tables only. Source: kernel-language.md sections 1.1, 1.2 and 2; the Rust reference for derives and
attributes.

>>> "Clone" in BUILTIN_DERIVES
True
"""

from __future__ import annotations

from typing import Final

from compiler.hir.item_tree import Attr, Item
from compiler.resolve.scope import Namespace

_TOOLS = ("oxide::", "rustfmt::", "clippy::", "rustc_", "diagnostic::", "miri::")

BUILTIN_DERIVES: Final = frozenset(
    (
        *("Clone", "Copy", "Debug", "Default", "Eq", "Hash", "Ord", "PartialEq", "PartialOrd", "ConstParamTy"),
        "DeviceCopy",
    )
)

# Attributes that leave their item as it is (as far as names go). Any other attribute on a module may rewrite all of it.
INERT_ATTRIBUTES: Final = frozenset(
    [
        "allow",
        "automatically_derived",
        "cfg",
        "cfg_attr",
        "cold",
        "cooperative_launch",
        "cluster_launch",
        "constant",
        "convergent",
        "cuda_module",
        "deny",
        "deprecated",
        "derive",
        "device",
        "doc",
        "expect",
        "export_name",
        "feature",
        "forbid",
        "fundamental",
        "global_allocator",
        "ignore",
        "inline",
        "kernel",
        "lang",
        "launch_bounds",
        "launch_contract",
        "link",
        "link_name",
        "link_section",
        "macro_export",
        "macro_use",
        "must_use",
        "no_implicit_prelude",
        "no_mangle",
        "non_exhaustive",
        "path",
        "prelude_import",
        "proc_macro",
        "pure",
        "readonly",
        "recursion_limit",
        "register_tool",
        "repr",
        "rustc_builtin_macro",
        "rustc_intrinsic",
        "should_panic",
        "target_feature",
        "test",
        "track_caller",
        "type_length_limit",
        "unroll",
        "used",
        "warn",
    ]
)

GENERATED_BY_CUDA_MODULE: Final = (
    (Namespace.TYPES, "LoadedModule"),
    (Namespace.VALUES, "load"),
    (Namespace.VALUES, "load_named"),
    (Namespace.VALUES, "from_module"),
    (Namespace.VALUES, "load_async"),
    (Namespace.VALUES, "load_async_named"),
)


def attribute_name(attr: Attr) -> str:
    """The last segment of an attribute's path; tool attributes (``oxide::shared``) keep theirs."""
    return attr.path if attr.path.startswith(_TOOLS) else attr.path.rpartition("::")[2]


def attribute_named(item: Item, name: str) -> Attr | None:
    """The first attribute of that name, however its path is written."""
    for attr in item.attrs:
        if attribute_name(attr) == name:
            return attr
    return None


def may_be_rewritten(item: Item) -> bool:
    """Whether an attribute macro that is not known stands on the item."""
    return any(attribute_name(attr) not in INERT_ATTRIBUTES and not attr.path.startswith(_TOOLS) for attr in item.attrs)
