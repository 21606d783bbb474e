"""Item trees after an edit: only the item that holds the edit is read again.

What it is: :func:`compiler.hir.lower_items.lower_items` with a memory of the last text of each file. The change
between two texts is one span; when it lies inside one item, and that item's new text is again one whole item of the
same kind and name without faults, the rest of the tree is kept and later spans are moved.

Assumes: ``lower_items`` is a pure function of the text. Guarantees: the result equals that of lowering the whole text
(a test compares them over random edits); where that is not certain, the whole text is lowered.

Example: typing in the body of one of 700 functions lexes that function, not the file.
"""

from __future__ import annotations

from dataclasses import replace
from weakref import WeakKeyDictionary

from compiler.base.span import Span
from compiler.hir.item_tree import Item, ItemSpans, ItemTree
from compiler.hir.lower_items import LoweredItems, lower_items
from compiler.query import Database

Cfg = tuple[str, ...]
_memory: WeakKeyDictionary[Database, dict[str, tuple[bytes, Cfg, LoweredItems]]] = WeakKeyDictionary()


def relower(db: Database, file: str, text: bytes, cfg: Cfg) -> LoweredItems:
    """The items of ``text``, helped by those of the file's last text in this database."""
    files = _memory.setdefault(db, {})
    last = files.get(file)
    made: LoweredItems | None = None
    if last is not None and last[1] == cfg:
        made = last[2] if last[0] == text else relowered(last[0], text, last[2], cfg)
    if made is None:
        made = lower_items(text, cfg)
    files[file] = (text, cfg, made)
    return made


def change_between(old: bytes, new: bytes) -> tuple[int, int]:
    """(length of the common start, length of the common end after it)."""
    start = _common(old, new, min(len(old), len(new)))
    return start, _common_end(old, new, min(len(old), len(new)) - start)


def _common(a: bytes, b: bytes, limit: int) -> int:
    if a[:limit] == b[:limit]:
        return limit
    low, high = 0, limit  # a[:low] == b[:low], a[:high] != b[:high]
    while high - low > 1:
        middle = (low + high) // 2
        if a[low:middle] == b[low:middle]:
            low = middle
        else:
            high = middle
    return low


def _common_end(a: bytes, b: bytes, limit: int) -> int:
    if limit <= 0:
        return 0
    if a[len(a) - limit :] == b[len(b) - limit :]:
        return limit
    low, high = 0, limit
    while high - low > 1:
        middle = (low + high) // 2
        if a[len(a) - middle : len(a) - low] == b[len(b) - middle : len(b) - low]:
            low = middle
        else:
            high = middle
    return low


def relowered(old: bytes, new: bytes, last: LoweredItems, cfg: Cfg) -> LoweredItems | None:
    """The items of ``new`` from those of ``old``, or None if the change is not inside one item."""
    if last.faults:
        return None
    start, end = change_between(old, new)
    delta = len(new) - len(old)
    spliced = _splice(last.tree.items, last.spans, new, (start, len(old) - end, delta), cfg)
    if spliced is None:
        return None
    return LoweredItems(ItemTree(spliced[0], last.tree.inner_attrs), spliced[1], ())


_Change = tuple[int, int, int]  # changed span of the old text, change of length
_Items = tuple[tuple[Item, ...], tuple[ItemSpans, ...]]


def _splice(
    items: tuple[Item, ...], spans: tuple[ItemSpans, ...], new: bytes, change: _Change, cfg: Cfg
) -> _Items | None:
    start, end, delta = change
    for index, span in enumerate(spans):
        if span.full.start < start and end < span.full.end:
            made = _descend(items[index], span, new, change, cfg)
            if made is None:
                return None
            later = tuple([_shifted(s, delta) for s in spans[index + 1 :]]) if delta else spans[index + 1 :]
            return (*items[:index], made[0], *items[index + 1 :]), (*spans[:index], made[1], *later)
    return None


def _descend(item: Item, spans: ItemSpans, new: bytes, change: _Change, cfg: Cfg) -> tuple[Item, ItemSpans] | None:
    """The changed item: through its children if one of them holds the change, else read again."""
    if spans.children:
        inner = _splice(item.children, spans.children, new, change, cfg)
        if inner is not None:
            full = Span(spans.full.start, spans.full.end + change[2])
            return replace(item, children=inner[0]), ItemSpans(full, inner[1])
    first, last = spans.full.start, spans.full.end + change[2]
    made = lower_items(new[first:last], cfg)
    if made.faults or len(made.tree.items) != 1 or made.tree.inner_attrs:
        return None
    found, found_spans = made.tree.items[0], made.spans[0]
    if found_spans.full != Span(0, last - first) or (found.kind, found.name) != (item.kind, item.name):
        return None
    return replace(found, disambiguator=item.disambiguator), _shifted(found_spans, first)


def _shifted(spans: ItemSpans, offset: int) -> ItemSpans:
    start, end = spans.full
    children = tuple([_shifted(child, offset) for child in spans.children]) if spans.children else ()
    return ItemSpans(Span(start + offset, end + offset), children)
