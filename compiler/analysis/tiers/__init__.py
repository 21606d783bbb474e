"""Safety tiers: which `unsafe` blocks a body has, what each of them promises, and which need no `unsafe` at all.

What it is: :mod:`unsafe_blocks`, over HIR and types; :mod:`shared_references`, `&mut` parameters of
kernels. How far the promises are kept is decided where the other analyses' verdicts are at hand
(``compiler.semantics.safety``).

Assumes: bodies without type errors. Guarantees: an obligation is an operation for which the language demands `unsafe`.
Example: ``unsafe { SUMS[i] = x }`` has one obligation, of kind "mutable static".
"""
