"""Lints of bodies: what rustc warns of by default (unused variables and assignments, results, unreachable code).

Each lint gives warnings; :mod:`compiler.resolve.lint_levels` says what attributes make of them. ``unused_mut`` is the
borrow checker's, ``unused_unsafe`` is with the other findings about ``unsafe``.
"""
