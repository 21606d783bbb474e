"""Launch contracts against the kernel's body and against the launches in host code.

What it is: :mod:`launch`, a launch as data; :mod:`check`, what is missing, unused or contradictory. Everything here
is a warning or a hint: the host checks a contract when it launches, so nothing is certain to be wrong in the program.

Assumes: attributes without errors. Guarantees: a number that is not a constant in the source is never compared.
Example::

    contract_findings(db, items, facts, launches)    # launches: of this kernel
"""
