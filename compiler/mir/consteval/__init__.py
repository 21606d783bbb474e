"""Compile-time evaluation: an interpreter over MIR with byte-addressed memory.

What it is: const items, statics, array lengths, const generic arguments, discriminants, promoteds and const blocks
become values; panics and faults become E0080 at the place they happened. Assumes MIR bodies of well-typed code.
Guarantees termination (step and frame limits).

Example: ``const_value_of(db, def_id, args)`` in :mod:`compiler.mir.consteval.queries`.
"""

from compiler.mir.consteval.queries import const_outcome, const_value_of, eval_const, static_initializer

__all__ = ["const_outcome", "const_value_of", "eval_const", "static_initializer"]
