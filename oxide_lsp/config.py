"""The settings, once: names, types, defaults, descriptions.

Assumes: clients send settings nested (``{"lens": {"run": {"enable": false}}}``) or dotted, with or without the
leading ``oxide``.
Guarantees: an unknown name is ignored, a value of the wrong type leaves the default, and both are reported as text,
never raised; ``initializationOptions`` and ``workspace/configuration`` are read the same way; ``json_schema()`` is
what the VS Code extension contributes (a test compares them).

>>> config, problems = Config.parse({"lens": {"run": {"enable": False}}, "target": 90})
>>> config["lens.run.enable"], config["target"], problems
(False, 'auto', ['oxide.target: expected a string, got 90'])
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from compiler.diagnostics.families import FAMILIES, LEVELS, UNDOCUMENTED_UNSAFE, SeverityRules
from compiler.diagnostics.model import Diagnostic
from compiler.semantics.api import Analysis

SECTION = "oxide"


@dataclass(frozen=True, slots=True)
class Setting:
    """One setting. ``choices`` empty: any value of the default's type."""

    name: str
    default: bool | int | float | str
    description: str
    choices: tuple[str, ...] = ()
    minimum: float | None = None

    def problem(self, value: Any) -> str | None:
        """Why a client's value cannot be used, or None."""
        kind = type(self.default)
        is_number = isinstance(value, (int, float)) and not isinstance(value, bool)
        fits = is_number if kind in (int, float) else isinstance(value, kind)
        if not fits:
            return f"{SECTION}.{self.name}: expected a {_JSON_TYPES[kind]}, got {value!r}"
        if self.choices and value not in self.choices:
            return f"{SECTION}.{self.name}: expected one of {', '.join(self.choices)}, got {value!r}"
        if self.minimum is not None and value < self.minimum:
            return f"{SECTION}.{self.name}: expected at least {self.minimum:g}, got {value!r}"
        return None


_JSON_TYPES: dict[type, str] = {bool: "boolean", int: "number", float: "number", str: "string"}

SETTINGS: tuple[Setting, ...] = (
    Setting("target", "auto", "GPU architecture to compile for (`sm_90`); `auto` takes the GPU found, else sm_80."),
    Setting("diagnostics.enable", True, "Report errors and warnings in files that hold or belong to kernels."),
    Setting("findings.borrow", "error", "Borrow errors: reported as they are, or as at most this.", LEVELS),
    Setting("findings.convergence", "error", "Barriers and warp operations not reached by all: at most this.", LEVELS),
    Setting("findings.disjointness", "error", "Races between threads: at most this.", LEVELS),
    Setting("findings.bounds", "error", "Accesses that are always out of bounds: at most this.", LEVELS),
    Setting("findings.tiers", "error", "What `unsafe` blocks and safety tiers show: at most this.", LEVELS),
    Setting("findings.contracts", "error", "Launch contracts against bodies and launches: at most this.", LEVELS),
    Setting("findings.lints", "error", "Lints: at most this.", LEVELS),
    Setting("findings.undecided", "hint", "What a safety analysis could not decide is reported as this.", LEVELS),
    Setting("findings.undocumentedUnsafe", "off",
            "An `unsafe` block without a `// SAFETY:` comment is reported as this.", LEVELS),
    Setting("hover.types.enable", True, "Show the inferred type on hover."),
    Setting("hover.mir.enable", True, "Show the MIR of the hovered line on hover."),
    Setting("hover.llvm.enable", True, "Show the LLVM IR of the hovered line on hover."),
    Setting("hover.ptx.enable", True, "Show the PTX of the hovered line on hover."),
    Setting("hover.maxLines", 24, "Longest excerpt of one stage in a hover, in lines.", minimum=1),
    Setting("inlayHints.types.enable", True, "Show inferred types after bindings in kernels."),
    Setting("lens.run.enable", True, "Show the Run lens above each kernel."),
    Setting("lens.benchmark.enable", True, "Show the Benchmark lens above each kernel."),
    Setting("lens.check.enable", False, "Show the Check lens above each kernel: a run on the emulator under all its "
            "checks, for races, barriers, bounds and uninitialised reads."),
    Setting("run.device", "auto", "Where to run kernels; `auto` is the GPU if there is one, else the CPU emulator.",
            ("auto", "gpu", "cpu")),
    Setting("run.elements", 0, "Elements per generated buffer for a run; 0 chooses.", minimum=0),
    Setting("run.seed", 0, "Seed of the generated inputs.", minimum=0),
    Setting("run.budgetSeconds", 20.0, "A run or benchmark still going after this long is ended.", minimum=0.05),
    Setting("codegen.budgetSeconds", 10.0, "A compilation still going after this long is ended.", minimum=0.05),
    Setting("features.generic.enable", "auto",
            "Features rust-analyzer has too (outline, hovers, hints); `auto` is off where it is active.",
            ("auto", "on", "off")),
)  # fmt: skip

_BY_NAME = {setting.name: setting for setting in SETTINGS}


class Config:
    """Values of every setting."""

    __slots__ = ("_values",)

    def __init__(self, values: dict[str, Any] | None = None) -> None:
        self._values: dict[str, Any] = {setting.name: setting.default for setting in SETTINGS}
        self._values.update(values or {})

    def __getitem__(self, name: str) -> Any:
        return self._values[name]

    def severities(self) -> SeverityRules:
        """How severe each family of findings is to be."""
        caps = {family: self[f"findings.{family}"] for family in FAMILIES}
        exact = {UNDOCUMENTED_UNSAFE: self["findings.undocumentedUnsafe"]}
        return SeverityRules({**caps, "undecided": self["findings.undecided"]}, exact)

    def found_in(self, analysis: Analysis, file: str, found: Iterable[Diagnostic]) -> list[Diagnostic]:
        """What is said of a file: what was found and the optional lints that are on, each as severe as it is to be."""
        optional = analysis.undocumented_unsafe(file) if self["findings.undocumentedUnsafe"] != "off" else ()
        return self.severities().apply((*found, *optional))

    @classmethod
    def parse(cls, sent: Any) -> tuple[Config, list[str]]:
        """A configuration from what a client sent, and what was wrong with it."""
        values: dict[str, Any] = {}
        problems: list[str] = []
        for name, value in _flatten(sent):
            setting = _BY_NAME.get(name)
            if setting is None or value is None:
                continue
            problem = setting.problem(value)
            if problem is None:
                values[name] = type(setting.default)(value)
            else:
                problems.append(problem)
        return cls(values), problems

    def as_dict(self) -> dict[str, Any]:
        """Every setting with its value, for status dumps."""
        return dict(self._values)


def _flatten(sent: Any, prefix: str = "") -> list[tuple[str, Any]]:
    """(dotted name, value) pairs; a leading ``oxide`` is dropped."""
    if not isinstance(sent, dict):
        return []
    pairs: list[tuple[str, Any]] = []
    for key, value in sent.items():
        name = f"{prefix}{key}"
        if isinstance(value, dict):
            pairs += _flatten(value, name + ".")
        else:
            pairs.append((name.removeprefix(SECTION + "."), value))
    return pairs


def json_schema() -> dict[str, dict[str, Any]]:
    """The ``contributes.configuration.properties`` of the VS Code extension, for the settings the server reads."""
    properties: dict[str, dict[str, Any]] = {}
    for setting in SETTINGS:
        entry: dict[str, Any] = {
            "type": _JSON_TYPES[type(setting.default)],
            "default": setting.default,
            "markdownDescription": setting.description,
            "scope": "window",
        }
        if setting.choices:
            entry["enum"] = list(setting.choices)
        if setting.minimum is not None:
            entry["minimum"] = setting.minimum
        properties[f"{SECTION}.{setting.name}"] = entry
    return properties
