"""Every check of a file, gathered: syntax, names, signatures, types, matches, borrows, and what its kernels reach.

What it is: the one list of checks. A check is a function ``(db, definition) -> diagnostics``; they run in an order in
which later ones assume that earlier ones found no error in the same body.

Assumes: the crate of the file is loaded. Guarantees: host code that is not reached from a kernel gets syntax errors
only, unless everything is asked for; no diagnostic twice; order by position.

Example: ``file_diagnostics(db, "/k.rs", False)``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace

from compiler.diagnostics.families import family_of
from compiler.diagnostics.model import Diagnostic, Severity
from compiler.hir import nodes as h
from compiler.hir.def_id import DefId, DefKind
from compiler.query import Database, query
from compiler.resolve.attribute_rules import inner_attribute_faults
from compiler.resolve.def_map import def_map, local_map
from compiler.resolve.edition_words import reserved_words
from compiler.resolve.lint_levels import severity_at
from compiler.resolve.lowering import body, body_diagnostics, signature, signature_diagnostics
from compiler.resolve.source import CONTAINERS, container_items, syntax_diagnostics
from compiler.semantics.absolute import absolute
from compiler.semantics.definitions import BODY_OWNERS, crate_definitions, file_definitions, file_of, user_crates
from compiler.semantics.reach import device_reach, kernel_reach

Check = Callable[[Database, DefId], Iterable[Diagnostic]]


def _type_errors(db: Database, owner: DefId) -> Iterable[Diagnostic]:
    from compiler.ty.infer import infer

    return infer(db, owner).diagnostics


def _pattern_errors(db: Database, owner: DefId) -> Iterable[Diagnostic]:
    from compiler.mir.build.check_match import check_match

    return check_match(db, owner)


def _unneeded_unsafe(db: Database, owner: DefId) -> Iterable[Diagnostic]:
    from compiler.analysis.tiers.unsafe_blocks import unused_unsafe

    return unused_unsafe(db, owner)


def _value_errors(db: Database, owner: DefId) -> Iterable[Diagnostic]:
    """A constant or static without parameters has a value, whether anything uses it or not; so have the anonymous
    constants of a body."""
    from compiler.ty.generics import all_params

    if owner.parent is None or owner.parent.kind is DefKind.TRAIT or all_params(db, owner):
        return ()
    lowered = body(db, owner)
    found = [owner] if owner.kind in (DefKind.CONST, DefKind.STATIC) else []
    return _faults_of_values(db, found + (_computed_constants(owner, lowered.store) if lowered is not None else []))


def _anonymous_value_errors(db: Database, def_id: DefId) -> Iterable[Diagnostic]:
    """Array lengths, discriminants and const arguments of a signature without parameters have values."""
    from compiler.ty.generics import all_params

    decl = signature(db, def_id)
    if decl is None or not decl.store.anon_consts or all_params(db, def_id):
        return ()
    return _faults_of_values(db, _computed_constants(def_id, decl.store))


def _computed_constants(owner: DefId, store: h.ExprStore) -> list[DefId]:
    """The anonymous constants that are more than a literal or a path."""
    return [
        DefId(owner, DefKind.ANON_CONST, "", i)
        for i, const in enumerate(store.anon_consts)
        if const.kind != "unroll" and not isinstance(store.exprs[const.expr], h.Literal | h.PathExpr)
    ]


def _faults_of_values(db: Database, constants: list[DefId]) -> list[Diagnostic]:
    from compiler.mir.consteval.queries import outcome_of

    return [d for const in constants for d in outcome_of(db, const).diagnostics if d.code == "E0080"]


def _attribute_errors(db: Database, def_id: DefId) -> Iterable[Diagnostic]:
    from compiler.resolve.attribute_rules import attribute_faults
    from compiler.resolve.attrs import kernel_fact_diagnostics

    return (*attribute_faults(db, def_id), *kernel_fact_diagnostics(db, def_id))


def _item_errors(db: Database, def_id: DefId) -> Iterable[Diagnostic]:
    from compiler.ty.item_checks import item_diagnostics

    return item_diagnostics(db, def_id)


def _borrow_errors(db: Database, owner: DefId) -> Iterable[Diagnostic]:
    from compiler.analysis.borrowck import borrow_check

    if has_errors(item_check(db, owner)):  # lifetimes that the signature leaves out explain what follows
        return ()
    return borrow_check(db, owner)


def _overflowing_literals(db: Database, owner: DefId) -> Iterable[Diagnostic]:
    from compiler.analysis.lints.literals import overflowing_literals

    return overflowing_literals(db, owner)


def _known_panics(db: Database, owner: DefId) -> Iterable[Diagnostic]:
    from compiler.analysis.lints.known_panics import known_panics

    return known_panics(db, owner)


def _needless_mut(db: Database, owner: DefId) -> Iterable[Diagnostic]:
    from compiler.analysis.borrowck.unused_mut import unused_mut

    return unused_mut(db, owner)


def _unread_variables(db: Database, owner: DefId) -> Iterable[Diagnostic]:
    from compiler.analysis.lints.unused_variables import unused_variables

    return unused_variables(db, owner)


def _unused_results(db: Database, owner: DefId) -> Iterable[Diagnostic]:
    from compiler.analysis.lints.must_use import unused_results

    return unused_results(db, owner)


def _unreachable_code(db: Database, owner: DefId) -> Iterable[Diagnostic]:
    from compiler.analysis.lints.unreachable import unreachable_code

    return unreachable_code(db, owner)


def _mismatched_lifetimes(db: Database, owner: DefId) -> Iterable[Diagnostic]:
    from compiler.analysis.lints.lifetime_syntaxes import mismatched_lifetimes

    return mismatched_lifetimes(db, owner)


def _unneeded_parens(db: Database, owner: DefId) -> Iterable[Diagnostic]:
    from compiler.analysis.lints.unused_parens import unused_parens

    return unused_parens(db, owner)


BODY_CHECKS: tuple[Check, ...] = (
    body_diagnostics,
    _type_errors,
    _pattern_errors,
    _borrow_errors,
    _value_errors,
    _unneeded_unsafe,
    _needless_mut,
    _unread_variables,
    _unused_results,
    _unreachable_code,
    _unneeded_parens,
    _mismatched_lifetimes,
    _overflowing_literals,
    _known_panics,
)
ITEM_CHECKS: tuple[Check, ...] = (signature_diagnostics, _attribute_errors, _item_errors, _anonymous_value_errors)


def has_errors(diagnostics: Iterable[Diagnostic]) -> bool:
    """Whether any is an error."""
    return any(d.severity is Severity.ERROR for d in diagnostics)


def _stops(diagnostics: Iterable[Diagnostic]) -> bool:
    """Errors that leave later checks nothing to stand on. What bindings of one pattern do to each other (no code) is
    none."""
    return any(d.severity is Severity.ERROR and d.code for d in diagnostics)


@query
def body_check(db: Database, owner: DefId) -> tuple[Diagnostic, ...]:
    """All diagnostics of one body, item-relative; checks after the first that finds errors are not run. Lints have the
    level that attributes give them."""
    found: list[Diagnostic] = []
    for check in BODY_CHECKS:
        found += check(db, owner)
        if _stops(found):
            break
    return tuple(d for f in found if (d := _at_its_level(db, owner, f)) is not None)


def _at_its_level(db: Database, owner: DefId, found: Diagnostic) -> Diagnostic | None:
    if found.severity is not Severity.WARNING or family_of(found.code) != "lints":
        return found
    severity = severity_at(db, owner, found.code, found.primary.span)
    if severity is None:
        return None
    return found if severity is found.severity else replace(found, severity=severity)


@query
def item_check(db: Database, def_id: DefId) -> tuple[Diagnostic, ...]:
    """All diagnostics of one item's signature and attributes, item-relative."""
    return tuple(d for check in ITEM_CHECKS for d in check(db, def_id))


def _syntax_only(diagnostics: Iterable[Diagnostic]) -> list[Diagnostic]:
    return [d for d in diagnostics if d.code == "syntax"]


@query
def checked_definitions(db: Database, file: str, check_all: bool) -> tuple[DefId, ...]:
    """Definitions of a file that are checked in full: device code, with all items its bodies declare."""
    own = file_definitions(db, file)
    reached = set(device_reach(db))
    found = [d for d in own if check_all or d in reached]
    local_items = [d for d in device_reach(db) if d not in set(own) and file_of(db, d) == file]
    return tuple(dict.fromkeys([*found, *local_items, *_declared_in(db, found)]))


def _declared_in(db: Database, owners: list[DefId]) -> list[DefId]:
    """Items that the bodies of ``owners`` declare, and the bodies of those."""
    found: list[DefId] = []
    work = [d for d in owners if d.kind in BODY_OWNERS]
    while work:
        local = local_map(db, work.pop())
        items = list(local.locations) if local is not None else []
        items += [m for d in items if d.kind in CONTAINERS for m in container_items(db, d)]
        found += items
        work += [d for d in items if d.kind in BODY_OWNERS]
    return found


@query
def definition_diagnostics(db: Database, file: str, check_all: bool) -> list[Diagnostic]:
    """Diagnostics of the items and bodies of a file, item-relative."""
    checked = set(checked_definitions(db, file, check_all))
    found: list[Diagnostic] = []
    for def_id in dict.fromkeys((*file_definitions(db, file), *checked)):
        db.checkpoint()
        full = def_id in checked or def_id.kind not in BODY_OWNERS
        items = item_check(db, def_id)
        found += items if full else _syntax_only(items)
        if def_id.kind in BODY_OWNERS:
            found += body_check(db, def_id) if def_id in checked else _syntax_only(body_diagnostics(db, def_id))
            local = local_map(db, def_id) if def_id in checked else None
            found += local.diagnostics if local is not None else ()
    return found


@query
def unused_items(db: Database) -> dict[str, tuple[Diagnostic, ...]]:
    """``dead_code`` and ``unused_imports`` of the user's crates by file, item-relative."""
    from compiler.analysis.lints.dead_code import dead_code, dead_items
    from compiler.analysis.lints.unused_imports import unused_imports

    out: dict[str, list[Diagnostic]] = {}
    for krate in user_crates(db):
        definitions = crate_definitions(db, krate)
        found = unused_imports(db, definitions)
        for group, members in dead_items(db, definitions).items():
            found += [(members[0], d) for d in dead_code(db, {group: members})]
        for owner, diagnostic in found:
            severity = severity_at(db, owner, diagnostic.code, diagnostic.primary.span)
            if severity is not None:
                out.setdefault(file_of(db, owner), []).append(replace(diagnostic, severity=severity))
    return {file: tuple(each) for file, each in out.items()}


@query
def file_diagnostics(db: Database, file: str, check_all: bool) -> tuple[Diagnostic, ...]:
    """All diagnostics of a file, absolute, sorted by position."""
    from compiler.semantics.kernel_checks import kernel_diagnostics

    relative = _without_kernels(db, file, check_all)
    if not has_errors(relative):
        relative += kernel_diagnostics(db, file)
    return _of_file(db, file, relative)


def early_diagnostics(db: Database, file: str, check_all: bool) -> tuple[tuple[Diagnostic, ...], bool]:
    """What can be said of a file before its kernels are analysed as a whole, and whether that is everything: an
    editor shows it at once, with what was known of the kernels before.
    """
    from compiler.semantics.kernel_checks import known_kernel_diagnostics

    relative = _without_kernels(db, file, check_all)
    is_all = has_errors(relative)
    if not is_all:
        known, is_all = known_kernel_diagnostics(db, file)
        relative += known
    return _of_file(db, file, relative), is_all


def _without_kernels(db: Database, file: str, check_all: bool) -> list[Diagnostic]:
    relative = list(definition_diagnostics(db, file, check_all))
    for krate in user_crates(db):
        relative += def_map(db, krate).diagnostics
    if not has_errors(relative) and not has_errors(_syntax(db, file)):
        relative += unused_items(db).get(file, ())
    return relative


def _syntax(db: Database, file: str) -> tuple[Diagnostic, ...]:
    return syntax_diagnostics(db, file) + reserved_words(db, file) + inner_attribute_faults(db, file)


def _of_file(db: Database, file: str, relative: list[Diagnostic]) -> tuple[Diagnostic, ...]:
    absolutes = [absolute(db, d) for d in relative]
    found = [*_syntax(db, file), *(d for d in absolutes if d.primary.file == file)]
    return tuple(sorted(dict.fromkeys(found), key=_position))


@query
def reach_diagnostics(db: Database, kernel: DefId) -> tuple[Diagnostic, ...]:
    """What keeps one kernel from being compiled: its file's syntax, its crates' names, the bodies it reaches; absolute.

    Errors of other kernels do not count: a kernel can be looked at and run while its neighbour is edited.
    """
    relative = [d for krate in user_crates(db) for d in def_map(db, krate).diagnostics]
    for def_id in kernel_reach(db, kernel):
        db.checkpoint()
        relative += item_check(db, def_id)
        if def_id.kind in BODY_OWNERS:
            relative += body_check(db, def_id)
            local = local_map(db, def_id)
            relative += local.diagnostics if local is not None else ()
    found = [*_syntax(db, file_of(db, kernel)), *(absolute(db, d) for d in relative)]
    return tuple(sorted(dict.fromkeys(found), key=_position))


def _position(d: Diagnostic) -> tuple[int, int, str]:
    return d.primary.span.start, d.primary.span.end, d.code
