"""``macro_rules!``: definitions, matching, transcription; and the macros the compiler expands itself."""
