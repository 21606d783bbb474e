"""Disjointness: whether two threads of a kernel can touch the same memory without an order between them.

What it is: the static race and bounds analysis of one kernel instance. Its parts, in the order they run:

- :mod:`verdict`: what is decided, as plain data (the witness, the verdict of a memory object, facts on bounds).

Assumes: the kernel's bodies have no errors. Guarantees: unknown is never a pass and never an error.

Example: two threads storing to element 0 of ``out`` give one :class:`~.verdict.Verdict` of kind ``ALARM`` whose
witness names a launch, two threads, and both source spans.
"""
