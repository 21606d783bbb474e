"""Generated programs whose results must be rustc's, on the emulator and on a GPU; ``python -m bench.differential``.

A program is a pure function of four 64-bit inputs that records a vector of 64-bit words. ``types``, ``expressions``,
``statements`` and ``idioms`` write programs, ``source`` assembles many of them into one file, ``execute`` runs the file
natively (rustc) and on the emulator, ``gpu`` on a GPU, ``answers`` keeps what rustc says in a file, ``mutate`` compares verdicts on programs that
must not compile.
"""
