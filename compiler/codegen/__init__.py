"""From dialect-llvm to LLVM IR text, LLVM, PTX and its facts."""
