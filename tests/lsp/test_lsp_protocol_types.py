"""``lsprotocol`` loaded quickly is ``lsprotocol``: in a process of its own, class by class.

Assumes and guarantees: as :mod:`oxide_lsp.protocol_types`. Example: ``_answers(True) == _answers(False)``.
"""

from __future__ import annotations

import subprocess
import sys

_SCRIPT = """
import sys
if sys.argv[1] == "quick":
    from oxide_lsp.protocol_types import load
    load()
    load()
import attrs
from lsprotocol import types
from pygls.protocol import default_converter
converter = default_converter()
change = {"textDocument": {"uri": "file:///a", "version": 3}, "contentChanges": [
    {"range": {"start": {"line": 1, "character": 2}, "end": {"line": 1, "character": 2}}, "text": "x"}, {"text": "y"}]}
print(converter.structure(change, types.DidChangeTextDocumentParams))
edit = types.TextEdit(types.Range(types.Position(0, 1), types.Position(0, 2)), "z")
print(edit, edit == attrs.evolve(edit), converter.unstructure(types.WorkspaceEdit(changes={"u": [edit]})))
print(types.Position(1, 2) < types.Position(1, 3), types.Position(1, 2) == types.Position(1, 2))
try:
    types.Position(-1, "x")
except Exception as error:
    print(type(error).__name__)
for name, cls in sorted(types.ALL_TYPES_MAP.items()):
    if isinstance(cls, type) and attrs.has(cls):
        print(name, [(f.name, str(f.type), repr(f.default)) for f in attrs.fields(cls)])
"""


def _answers(kind: str) -> str:
    done = subprocess.run([sys.executable, "-c", _SCRIPT, kind], capture_output=True, text=True, check=True)
    return done.stdout


def test_quickly_loaded_classes_are_the_same() -> None:
    quick, ordinary = _answers("quick"), _answers("ordinary")
    assert quick.count("\n") > 500
    assert quick == ordinary
