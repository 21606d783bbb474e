"""Builds the package with the library's store in it (see compiler/semantics/library_cache.py).

Assumes: setuptools reads everything else from pyproject.toml. Guarantees: a build where the store cannot be made is a
build without it; the first process of the user then makes it.

Example: ``pip install .``
"""

import os
import subprocess
import sys
from pathlib import Path

from setuptools import setup
from setuptools.command.build_py import build_py

HERE = Path(__file__).resolve().parent


class BuildWithLibrary(build_py):
    """The ordinary build, then the store beside the library's crates."""

    def run(self) -> None:
        super().run()
        if self.editable_mode:
            return
        built = Path(self.build_lib).resolve()
        command = [sys.executable, "-m", "compiler.semantics.prepare", "--into", str(built / "compiler" / "library")]
        files = [str(file) for file in sorted((HERE / "examples").glob("*.rs"))]
        environment = {**os.environ, "PYTHONPATH": str(built), "PYTHONDONTWRITEBYTECODE": "1"}
        subprocess.run([*command, *files], cwd=built, env=environment, check=False)


setup(cmdclass={"build_py": BuildWithLibrary})
