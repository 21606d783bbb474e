"""Uniformity and convergence: which values are the same for a warp, block, cluster or grid, and whether operations
that a group must reach together are.

What it is: abstract interpretation of the monomorphic MIR a kernel reaches. :mod:`values` are hash-consed terms over
thread coordinates, each with the widest group for which it is the same (:mod:`levels`); :mod:`interpret` and
:mod:`calls` run bodies over them, once for each tuple of argument terms; :mod:`verdict` judges each convergent
operation: proved by levels, violated by two concrete threads (:mod:`evaluate`), or undecided. Which operations are
convergent is said by the library, with ``#[oxide::convergent(scope)]``.

Assumes: kernels without type errors; memory is race-free, so that a load is as uniform as its address. Guarantees: an
error has a witness; nothing undecided is reported as proved. Example::

    convergence(db, instance, Geometry(block=(256, 1, 1), rank=1)).findings
"""
