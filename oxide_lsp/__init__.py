"""The Oxide language server: everything between an editor and the compiler.

Assumes: a client that speaks the Language Server Protocol on the process's standard streams.
Guarantees: standard output carries protocol messages only; nothing LLVM, ptxas, a driver or a kernel does ends this
process, because all of that happens in worker processes (:mod:`oxide_lsp.workers`).

Example: ``oxide-lsp`` or ``python -m oxide_lsp`` starts the server; see :mod:`oxide_lsp.server` for the table of what
it answers.
"""
