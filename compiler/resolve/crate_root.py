"""Which crate root a file belongs to.

What it is: :func:`root_of`, which follows the ``mod x;`` declarations of each target of the package (library, binaries,
examples, tests, benchmarks) until one reaches the file. Without a manifest, ``main.rs`` and ``lib.rs`` beside the file
or a few folders above are tried.

Assumes: absolute file names with ``/``; ``texts`` are open files and win over the disk. Guarantees: only declarations
are read, whatever their ``cfg``; a file that nothing declares is its own root.

Example: ``root_of("/p/src/util.rs", {})`` is ``/p/src/main.rs`` when that declares ``mod util;``.
"""

from __future__ import annotations

import posixpath
from functools import lru_cache
from pathlib import Path

from compiler.resolve.cargo import find_manifest, package_at
from compiler.syntax.lexer import EOF, IDENT, STR
from compiler.syntax.source_text import read_text

_ROOT_NAMES = ("lib.rs", "main.rs")
_FOLDERS_ABOVE = 4

Declaration = tuple[tuple[str, ...], str, tuple[str, ...]]


def root_of(file: str, texts: dict[str, bytes]) -> str:
    """The root file of the crate a file belongs to; the file itself when nothing declares it."""
    roots = _candidates(file)
    if file not in roots:
        for root in roots:
            if _reaches(root, file, texts):
                return root
    return file


def _candidates(file: str) -> list[str]:
    manifest = find_manifest(file)
    if manifest is not None:
        return list(package_at(manifest, ()).roots)
    folders = list(Path(file).parents)[:_FOLDERS_ABOVE]
    return [(folder / name).as_posix() for folder in folders for name in _ROOT_NAMES]


def _reaches(root: str, file: str, texts: dict[str, bytes]) -> bool:
    work, seen = [(root, posixpath.dirname(root))], {root}
    while work:
        current, directory = work.pop()
        text = _text(current, texts)
        for outer, name, explicit in declared_modules(text) if text is not None else ():
            for found, inner in _places(current, directory, outer, name, explicit):
                if found == file:
                    return _text(found, texts) is not None
                if found not in seen:
                    seen.add(found)
                    work.append((found, inner))
    return False


def _text(file: str, texts: dict[str, bytes]) -> bytes | None:
    if file in texts:
        return texts[file]
    path = Path(file)
    return path.read_bytes() if path.is_file() else None


def _places(
    current: str, directory: str, outer: tuple[str, ...], name: str, explicit: tuple[str, ...]
) -> list[tuple[str, str]]:
    """(file, folder of its submodules) that a declaration may mean."""
    folder = posixpath.join(directory, *outer)
    base = folder if outer else posixpath.dirname(current)
    written = [posixpath.normpath(posixpath.join(base, path)) for path in explicit]
    own = posixpath.join(folder, name)
    return [(path, posixpath.dirname(path)) for path in written] + [(f"{own}.rs", own), (f"{own}/mod.rs", own)]


@lru_cache(maxsize=512)
def declared_modules(text: bytes) -> tuple[Declaration, ...]:
    """(inline modules around it, name, what its ``path`` attributes say) of every ``mod x;`` of a text.

    >>> declared_modules(b'mod a { #[path = "z.rs"] mod b; } mod c;')
    ((('a',), 'b', ('z.rs',)), ((), 'c', ()))
    """
    if b"mod" not in text:
        return ()
    tokens = read_text(text).tokens
    kinds, words = tokens.kinds, tokens.texts
    out: list[Declaration] = []
    around: list[str] = []
    paths: list[str] = []
    for at, kind in enumerate(kinds):
        if kind == EOF:
            break
        if kind == IDENT and words[at] == "path" and kinds[at + 1] == "=" and kinds[at + 2] == STR:
            paths.append(words[at + 2].strip('"'))
        elif kind == "mod" and kinds[at + 1] == IDENT and kinds[at + 2] == ";":
            out.append((tuple(n for n in around if n), words[at + 1], tuple(paths)))
        elif kind == "{":
            is_module = at > 1 and kinds[at - 1] == IDENT and kinds[at - 2] == "mod"
            around.append((paths[-1] if paths else words[at - 1]) if is_module else "")
            paths = []
        elif kind == "}":
            del around[-1:]
            paths = []
        elif kind == ";":
            paths = []
    return tuple(out)
