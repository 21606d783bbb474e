"""Worker processes for everything that can hang, abort or be poisoned: LLVM, ptxas, the emulator, the CUDA driver.

Assumes: a POSIX system with process groups.
Guarantees: the parent never waits longer than a job's budget, and a job's death is a value
(:class:`outcome.Crashed`), not an exception of the server.

Layout: ``frames`` the byte protocol; ``child`` the loop in the worker; ``jobs`` what a worker can do; ``outcome`` how
a job can end; ``process`` one child; ``pool`` the roles, their queues, restarts.
"""
