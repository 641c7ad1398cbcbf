"""Last touches to the tree: tables that scroll, labels of tasks, listings made by indentation."""

from __future__ import annotations

from xml.etree.ElementTree import Element

from content.rendering import code
from content.rendering.draft import Draft
from content.rendering.plain import spelled, spelled_words

_LONGEST_LABEL = 80
_TASK_BOUNDARY = frozenset({"ul", "ol", "p", "div", "aside", "blockquote", "pre", "details", "dl"})


def finish(root: Element, draft: Draft) -> None:
    """Wrap tables, label tasks and turn indented code into listings."""
    _replace(root, "pre", draft)
    _replace(root, "table", draft)
    for item in root.iter("li"):
        if item.get("class") == "task-list-item":
            _label_task(item)


def _replace(root: Element, tag: str, draft: Draft) -> None:
    count = 0
    for parent in list(root.iter()):
        for place, child in enumerate(list(parent)):
            if child.tag != tag:
                continue
            count += 1
            new = _listing(child, draft) if tag == "pre" else _scroller(child, count, draft)
            new.tail, child.tail = child.tail, None
            parent[place] = new


def _listing(listing: Element, draft: Draft) -> Element:
    """A mark for indented code; a fence indented without need is already one."""
    place = Element("p")
    body = spelled("".join(listing.itertext())).rstrip("\n")
    marks = [found for found in draft.pattern.finditer(body) if draft.block_of(found)]
    if marks:
        # Several in a row would be one listing; each mark stands for its own block.
        place.text = "\n".join(found[0] for found in marks)
        return place
    written = draft.as_written(body)
    place.text = draft.block(0, code.figure(written), written)
    return place


def _scroller(table: Element, number: int, draft: Draft) -> Element:
    heads = table.findall("./thead/tr/th")
    for cell in table.iter():
        side = cell.attrib.pop("align", "")
        if cell.tag == "th":
            _make_head(cell)
        if side in {"center", "right"}:
            cell.set("class", f"align-{side}")
    names = ", ".join(filter(None, (spelled_words(cell) for cell in heads)))
    label = draft.words.table.format(number, names[:_LONGEST_LABEL]).rstrip(" :：")
    attributes = {"class": "table-scroll", "tabindex": "0", "role": "region"}
    wrapper = Element("div", attributes)
    wrapper.set("aria-label", label.replace("&", "&amp;"))
    wrapper.append(table)
    return wrapper


def _make_head(cell: Element) -> None:
    """Say that the cell heads a column; the empty corner of a table heads nothing."""
    if spelled_words(cell).strip():
        cell.set("scope", "col")
    else:
        cell.tag = "td"


def _label_task(item: Element) -> None:
    """Put the box of a task and the words beside it into one label."""
    holder = item[0] if len(item) and item[0].tag == "p" and not (item.text or "").strip() else item
    label = Element("label")
    label.text, holder.text = holder.text, None
    for child in list(holder):
        if child.tag in _TASK_BOUNDARY:
            break
        holder.remove(child)
        label.append(child)
    holder.insert(0, label)
