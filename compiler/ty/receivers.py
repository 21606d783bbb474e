"""What ``self: T`` may be: a type that dereferences to ``Self`` (E0307, E0801, E0658).

What it is: rustc's ``check_method_receiver``. Assumes: the signature has no other error. Guarantees: silent where the
type is not known; types that hold a ``Self`` but are not known to be receivers are a feature of their own.

Example: ``fn f(self: u32)`` in ``impl S`` is E0307; ``fn f(self: &&Self)`` is fine.
"""

from __future__ import annotations

from compiler.diagnostics.model import Diagnostic, Label, Severity, SubDiagnostic
from compiler.hir import nodes as h
from compiler.hir.def_id import DefId
from compiler.query import Database
from compiler.resolve.attrs import has_feature
from compiler.resolve.lang import lang_item
from compiler.resolve.params import param_table
from compiler.ty import types as t
from compiler.ty.autoderef import steps
from compiler.ty.collect import fn_sig, type_of
from compiler.ty.infcx import InferCtxt
from compiler.ty.sketches import is_sketched
from compiler.ty.traits.env import param_env
from compiler.ty.traits.fulfill import evaluate

_HELP = "use `self`, `&self`, `&mut self`, or a type such as `Pin<&mut Self>` that leads to `Self`"
_MESSAGES = {
    "E0307": "invalid `self` parameter type: `{}`",
    "E0801": "invalid generic `self` parameter type: `{}`",
    "E0658": "`{}` cannot be used as the type of `self` without the `arbitrary_self_types` feature",
}


def check_receiver(db: Database, def_id: DefId, decl: h.FnDecl, found: list[Diagnostic]) -> None:
    """Report a typed ``self`` that no method call could fit."""
    if decl.self_kind != "typed" or def_id.parent is None:
        return
    ty = t.erase_regions(fn_sig(db, def_id).inputs[0])
    if ty.flags & t.HAS_ERROR or is_sketched(db, ty):
        return
    code = _fault(db, def_id, ty, t.erase_regions(type_of(db, def_id.parent)))
    if code and not (code == "E0658" and has_feature(db, def_id.krate, "arbitrary_self_types")):
        label = Label(decl.params[0].ty.span, "does not lead to `Self`", def_id)
        message = _MESSAGES[code].format(ty)
        found.append(Diagnostic(Severity.ERROR, code, message, label, (), (SubDiagnostic("help", _HELP),)))


def _fault(db: Database, def_id: DefId, ty: t.Ty, self_ty: t.Ty) -> str:
    icx = InferCtxt(db, param_env(db, def_id))
    receiver = lang_item(db, "legacy_receiver")
    n_outer = param_table(db, def_id).parent_count
    is_stable = True
    for step in steps(icx, ty, raw=True, unsize=False):
        if isinstance(step.ty, t.ParamTy) and step.ty.index >= n_outer:
            return "E0801"
        if icx.probe(lambda at=step.ty: icx.unify(self_ty, at)):  # type: ignore[misc]
            return "" if is_stable else "E0658"
        implements = receiver is not None and evaluate(icx, t.TraitPredicate(t.TraitRef(receiver, (step.ty,))))
        is_stable = is_stable and implements is not False
    return "E0307"
