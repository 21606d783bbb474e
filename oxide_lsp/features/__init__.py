"""What the server can say about a file, one file per feature, without a word of LSP.

Assumes: plain data of :mod:`compiler.semantics.api`; positions are byte offsets.
Guarantees: no feature imports another's sibling handler, pygls or lsprotocol; each can be tested with hand-made data.

Example: :func:`oxide_lsp.features.code_lens.title` words a lens from a kernel and what its last run gave.
"""
