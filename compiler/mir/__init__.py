"""MIR: control-flow graphs over places, in rustc's vocabulary (see body.py)."""
