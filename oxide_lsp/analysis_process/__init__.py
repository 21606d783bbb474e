"""The analysis in a process of its own, so that neither start-up nor typing waits for it.

What it is: ``child`` runs the compiler's analysis host and answers calls on its standard input; ``remote`` is the
server's side of it, an :class:`compiler.semantics.api.AnalysisHost` like any other; ``frames`` what they say to each
other.

Assumes: everything in :mod:`compiler.semantics.api` is plain data, so it can be pickled. Guarantees: the protocol
side of the server imports no compiler pass and shares no interpreter lock with one; an analysis that dies (memory,
a stack overflow in C) is started again with the same texts.

Example: ``host = RemoteHost(start()); host.set_file("/k.rs", b"..."); host.analysis().diagnostics("/k.rs")``.
"""
