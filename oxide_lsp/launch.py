"""The ``oxide-lsp`` command. Starts the analysis process before it imports the protocol, so that the two load at once.

Assumes: standard input and output are the client's. Guarantees: as :mod:`oxide_lsp.server`.

Example: ``oxide-lsp``, ``python -m oxide_lsp`` and ``oxide lsp`` are all :func:`main`.
"""

from __future__ import annotations

import sys

from oxide_lsp.analysis_process.start import start


def main(argv: list[str] | None = None) -> int:
    """Serve one client, or answer an option."""
    argv = sys.argv[1:] if argv is None else argv
    is_question = any(a in ("-h", "--help", "--version", "--neovim-path") for a in argv)
    process = None if is_question else start()
    from oxide_lsp import protocol_types

    protocol_types.load()
    from oxide_lsp.server import main as serve_main

    return serve_main(argv, process)
