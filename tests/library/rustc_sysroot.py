"""Builds the library with rustc, as an oracle for names, types, borrows and results.

What it is: `build(out)` copies `compiler/library` to a scratch folder, adapts the few spellings that only our compiler
knows, and compiles every crate with rustc against our own `core`, so that a mistake in the library is rustc's error.
What it assumes: rustc 1.95 on the path (`RUSTC_BOOTSTRAP=1` unlocks `no_core`); tests skip without it.
What it guarantees: the adaptations are mechanical (see `adapt`): auto traits get their keyword, body-less device
intrinsics get a diverging body, derives get rustc's own macros. Everything else is the shipped text.

    >>> sysroot = build(Path("/tmp/x"))            # doctest: +SKIP
    >>> sysroot.errors                             # doctest: +SKIP
    []
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from dataclasses import dataclass, field
from pathlib import Path

from compiler.library import LibraryCrate, library_crates

DERIVES = ("Clone", "Copy", "Debug", "Default", "Eq", "Hash", "Ord", "PartialEq", "PartialOrd")

_AUTO_TRAIT = re.compile(r"#\[oxide::auto_trait\]\s*\n(\s*)pub (unsafe )?trait")
_INTRINSIC = re.compile(r'(#\[oxide::intrinsic = "[^"]*"\]\n *(?:pub )?(?:const )?(?:unsafe )?fn [^{]*?);\n')
_TYPE_FACT = re.compile(r"((?<![\w:])intrinsics::(?:size_of|align_of|needs_drop|variant_count|type_name)::<T>\(\))")
_BUILTIN_MACRO = re.compile(r"#\[rustc_builtin_macro\]\n(?=pub macro )")
_OFFSET_OF = re.compile(r'#\[lang = "offset_of"\]\n#\[rustc_intrinsic\]\n(pub const fn offset_of<[^;]*);')
_BUILTIN = re.compile(r"#\[rustc_builtin_macro\]\n(\s*#\[macro_export\]\n\s*macro_rules! (\w+))")
_RUSTC_BUILTINS = frozenset((
    "concat", "stringify", "line", "column", "file", "module_path", "include", "include_str", "include_bytes", "env",
    "option_env", "cfg", "compile_error", "format_args",
))  # fmt: skip

BUILTINS_STUB = """#![feature(compiler_builtins, no_core)]
#![compiler_builtins]
#![no_core]
"""


@dataclass(slots=True)
class Sysroot:
    """Where the crates were built, and what rustc said."""

    directory: Path
    library_directory: Path
    errors: list[str] = field(default_factory=list)


def adapt(text: str) -> str:
    """Library source as rustc accepts it."""
    text = _TYPE_FACT.sub(r"const { \1 }", text)
    text = _AUTO_TRAIT.sub(lambda m: f"{m[1]}pub {m[2] or ''}auto trait", text)
    text = text.replace('#[lang = "RangeInclusiveStruct"]', '#[lang = "RangeInclusive"]')
    text = _INTRINSIC.sub(r"\1 { loop {} }\n", text)
    text = _OFFSET_OF.sub(r"\1 { loop {} }", text)  # rustc has a lang item of that name with other parameters
    text = _BUILTIN_MACRO.sub("", text)
    return _BUILTIN.sub(lambda m: m[0] if m[2] in _RUSTC_BUILTINS else m[1], text)


def custom_mir(text: str) -> str:
    """rustc has no intrinsics of the names of MIR's parts; ours are never called."""
    return re.sub(r"#\[rustc_intrinsic\]\n( *pub const fn [^;]*);", r"\1 { loop {} }", text)


def funnel_shifts(text: str) -> str:
    """rustc 1.95 knows rotations as funnel shifts only."""
    for name, which in (("rotate_left", "unchecked_funnel_shl"), ("rotate_right", "unchecked_funnel_shr")):
        declared = f"pub const fn {name}<T: Copy>(x: T, shift: u32) -> T;"
        assert declared in text
        body = f"{{ unsafe {{ {which}(x, x, shift % (const {{ size_of::<T>() }} as u32 * 8)) }} }}"
        text = text.replace(declared, declared[:-1] + body)
        text += f"#[rustc_intrinsic]\npub const unsafe fn {which}<T: Copy>(a: T, b: T, shift: u32) -> T;\n"
    return text


def derive_macros() -> str:
    """Declarations of rustc's derive macros, for our `core`."""
    names = ["derive", *DERIVES]
    macros = "\n".join(f"    #[rustc_builtin_macro]\n    pub macro {name}($item:item) {{}}" for name in names)
    return f"#[doc(hidden)]\npub mod rustc_derives {{\n{macros}\n}}\n"


def copy_adapted(crates: list[LibraryCrate], destination: Path) -> dict[str, Path]:
    """Copies each crate's folder, adapted; returns the root file of each."""
    roots: dict[str, Path] = {}
    for crate in crates:
        folder = crate.root_path.parent
        target = destination / crate.name
        shutil.rmtree(target, ignore_errors=True)
        for source in folder.rglob("*.rs"):
            copied = target / source.relative_to(folder)
            copied.parent.mkdir(parents=True, exist_ok=True)
            copied.write_text(adapt(source.read_text()))
        roots[crate.name] = target / crate.root_path.name
    core = roots["core"]
    core.write_text(core.read_text() + derive_macros())
    intrinsics = core.parent / "intrinsics.rs"
    intrinsics.write_text(funnel_shifts(intrinsics.read_text()))
    parts = core.parent / "intrinsics" / "mir.rs"
    parts.write_text(custom_mir(parts.read_text()))
    clone = core.parent / "clone.rs"
    clone.write_text(clone.read_text() + "#[doc(hidden)]\npub unsafe trait TrivialClone: Clone {}\n")
    prelude = core.parent / "prelude" / "mod.rs"
    names = ", ".join((*DERIVES, "derive"))
    prelude.write_text(
        prelude.read_text().replace("pub mod v1 {", f"pub mod v1 {{\n    pub use crate::rustc_derives::{{{names}}};", 1)
    )
    return roots


def rustc(arguments: list[str]) -> subprocess.CompletedProcess[str]:
    """Runs rustc with its unstable features unlocked."""
    environment = {**os.environ, "RUSTC_BOOTSTRAP": "1"}
    return subprocess.run(["rustc", *arguments], capture_output=True, text=True, env=environment, check=False)


def build(out: Path, *, emit: str = "metadata", only: str | None = None) -> Sysroot:
    """Compiles the library crates in dependency order into a sysroot under `out`."""
    target = subprocess.run(["rustc", "-vV"], capture_output=True, text=True, check=True).stdout
    host = re.search(r"host: (\S+)", target)
    assert host is not None
    libraries = out / "sysroot" / "lib" / "rustlib" / host[1] / "lib"
    libraries.mkdir(parents=True, exist_ok=True)
    crates = library_crates()
    roots = copy_adapted(crates, out / "src")
    result = Sysroot(out / "sysroot", libraries)
    for crate in crates:
        if only is not None and crate.name not in only.split(","):
            continue
        done = rustc(compile_arguments(crate, roots[crate.name], result, emit))
        if done.returncode != 0:
            result.errors.append(f"{crate.name}:\n{done.stderr}")
            break
        if crate.name == "core":
            stub = out / "src" / "compiler_builtins.rs"
            stub.write_text(BUILTINS_STUB)
            rustc(compile_arguments(LibraryCrate("compiler_builtins", stub, ()), stub, result, emit))
    return result


def compile_arguments(crate: LibraryCrate, root: Path, sysroot: Sysroot, emit: str) -> list[str]:
    """The command line for one crate."""
    names = [found.name[3:].split(".")[0] for found in sorted(sysroot.library_directory.glob("lib*.rmeta"))]
    externs = [f"--extern={name}" for name in names if name in crate.deps and name != "core"]
    return [
        *externs,
        "-Zcrate-attr=feature(coverage_attribute)",
        "-Zunstable-options",
        str(root),
        "--crate-name",
        crate.name,
        "--crate-type",
        "rlib",
        "--edition",
        crate.edition,
        f"--emit={emit}",
        "--sysroot",
        str(sysroot.directory),
        "-L",
        str(sysroot.library_directory),
        "--out-dir",
        str(sysroot.library_directory),
        "-Cpanic=abort",
        "-Copt-level=2",
        "--cap-lints",
        "warn",
        "-Coverflow-checks=off",
        "-Cdebug-assertions=off",
        "-Awarnings",
    ]
