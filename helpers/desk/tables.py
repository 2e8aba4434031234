"""Tables as a reporter reads them: units in the headings, gaps that say so, sorted and searched without a heavy grid.

A pandas table shows this way in every notebook of the kit. The page is a plain HTML table, complete without its script;
the few lines of script add a search box and headings that sort, and work wherever the notebook's outputs are trusted,
with no kernel and no network.
"""

from __future__ import annotations

import math
import re
from html import escape
from typing import TYPE_CHECKING, Any

from ..provenance import QUALIFIERS

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["as_html", "install"]

MOST_ROWS = 200
SEARCHED_FROM = 9
UNITS = {"_s": "seconds", "_ms": "milliseconds", "_hz": "hertz", "_db": "decibels", "_m": "metres"}

_WORDS = "|".join(word for word in QUALIFIERS.values() if word)
_FIGURE = re.compile(rf"(?:(?:{_WORDS}) )?(-?(?:\d{{1,3}}(?:,\d{{3}})+|\d+)(?:\.\d+)?)", re.ASCII)

_SCRIPT = """\
(() => {
 const box = document.currentScript && document.currentScript.parentElement, table = box && box.querySelector('table');
 if (!table) return;
 const body = table.tBodies[0], rows = [...body.rows], count = box.querySelector('.kit-count'), all = count.textContent;
 [...table.tHead.rows[0].cells].forEach((head, at) => {
  const button = document.createElement('button');
  button.append(...head.childNodes); head.append(button);
  button.style.cssText = 'all:unset;cursor:pointer;font-weight:bold;outline:revert';
  button.title = 'Sort by this column';
  button.onclick = () => {
   const up = head.getAttribute('aria-sort') !== 'ascending';
   [...table.tHead.rows[0].cells].forEach(each => each.removeAttribute('aria-sort'));
   head.setAttribute('aria-sort', up ? 'ascending' : 'descending');
   const key = row => row.cells[at].dataset.v ?? row.cells[at].textContent;
   const numbers = rows.every(row => 'v' in row.cells[at].dataset);
   rows.sort((one, other) => {
    const [a, b] = [key(one), key(other)];
    // Gaps come last, whichever way.
    if (a === '' || b === '') return (a === '') - (b === '');
    return (up ? 1 : -1) * (numbers ? a - b : a.localeCompare(b, undefined, {numeric: true}));
   });
   body.append(...rows);
  };
 });
 if (rows.length < SEARCHED_FROM) return;
 const search = document.createElement('input');
 search.type = 'search'; search.placeholder = 'Search these rows';
 search.setAttribute('aria-label', 'Search these rows'); search.style.cssText = 'font:inherit;padding:.2em .5em';
 search.oninput = () => {
  const words = search.value.toLowerCase().split(/\\s+/);
  rows.forEach(row => { row.hidden = !words.every(word => row.textContent.toLowerCase().includes(word)); });
  const left = rows.filter(row => !row.hidden).length;
  count.textContent = left === rows.length ? all : `${left} of ${rows.length} rows`;
 };
 // Typing here is not a shortcut of the notebook's.
 search.onkeydown = event => event.stopPropagation();
 box.prepend(search);
})();
""".replace("SEARCHED_FROM", str(SEARCHED_FROM))


def install(shell: Any) -> None:
    """Have an IPython shell show pandas' tables this way; what they are as text stays pandas' own."""
    formatter = shell.display_formatter.formatters["text/html"]
    # By name: pandas is not loaded for it.
    formatter.for_type_by_name("pandas", "DataFrame", as_html)


def as_html(frame: pd.DataFrame) -> str:
    """A table as HTML: the first two hundred rows, and in words how many there are.

    A heading carries its unit, from ``frame.attrs["units"]`` or the name's ending (``_s`` is seconds). A cell with
    nothing in it shows a dash. A default index, counting from 0, is left out.
    """
    frame = _with_index(frame)
    shown = frame.head(MOST_ROWS)
    units = frame.attrs.get("units", {})
    numeric = [shown.iloc[:, at].dtype.kind in "iuf" for at in range(shown.shape[1])]
    heads = "".join(_head(str(name), units, right) for name, right in zip(shown.columns, numeric, strict=True))
    # Column by column: row by row, pandas would turn whole numbers into decimals.
    columns = [[_cell(value) for value in shown.iloc[:, at]] for at in range(shown.shape[1])]
    rows = "".join(f"<tr>{''.join(cells)}</tr>" for cells in zip(*columns, strict=True))
    many = f"{len(frame):,} row{'' if len(frame) == 1 else 's'}"
    many = many if len(shown) == len(frame) else f"The first {len(shown)} of {many}"
    return (
        f"<div class='kit-table' style='overflow-x:auto'><table><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody>"
        f"</table><p class='kit-count' role='status' style='opacity:.75;font-size:90%;margin:.2em 0'>{many}</p>"
        f"<script>{_SCRIPT}</script></div>"
    )


def _with_index(frame: pd.DataFrame) -> pd.DataFrame:
    """The table with its index as columns, where it is more than a count of the rows."""
    import pandas as pd

    if isinstance(frame.index, pd.RangeIndex) and frame.index.name is None:
        return frame
    whole = frame.copy(deep=False)
    for level in reversed(range(frame.index.nlevels)):
        name = frame.index.names[level]
        whole.insert(0, "" if name is None else name, frame.index.get_level_values(level), allow_duplicates=True)
    return whole


def _head(name: str, units: dict[str, str], right: bool) -> str:
    unit = units.get(name) or next((words for end, words in UNITS.items() if name.endswith(end)), "")
    small = f"<br><small style='font-weight:normal'>{escape(unit)}</small>" if unit else ""
    return f"<th scope='col' style='text-align:{'right' if right else 'left'}'>{escape(name)}{small}</th>"


def _cell(value: Any) -> str:
    import pandas as pd

    if isinstance(value, dict):
        value = [f"{name}: {one}" for name, one in value.items()]
    if isinstance(value, (list, tuple, set, frozenset)):
        several = sorted(value, key=str) if isinstance(value, (set, frozenset)) else value
        value = "; ".join(map(str, several)) or None
    if value is None or value is pd.NA or value is pd.NaT or (isinstance(value, float) and math.isnan(value)):
        return "<td data-v='' style='text-align:center;opacity:.6' title='nothing on record'>–</td>"
    if isinstance(value, bool) or type(value).__name__ == "bool_":
        return f"<td style='text-align:left'>{'yes' if value else 'no'}</td>"
    if hasattr(value, "__index__"):
        number = int(value)
        # A year is not 2,024.
        text = f"{number:,}" if abs(number) >= 10_000 else str(number)
        return f"<td data-v='{number}' style='text-align:right'>{text}</td>"
    if isinstance(value, float):
        return f"<td data-v='{float(value)!r}' style='text-align:right'>{_decimal(float(value))}</td>"
    if isinstance(value, pd.Timestamp):
        return f"<td style='text-align:left'>{value.date() if value == value.normalize() else value}</td>"
    text = str(value)
    figure = _FIGURE.fullmatch(text)
    if figure:
        # 'about 46' stands with 46 when sorted, not with the letter a.
        return f"<td data-v='{figure[1].replace(',', '')}' style='text-align:left'>{escape(text)}</td>"
    # Without it a long note would be squeezed into a column of single words.
    room = f"min-width:{min(len(text) // 4, 13)}em;max-width:40em;overflow-wrap:break-word"
    return f"<td style='text-align:left;{room}'>{escape(text)}</td>"


def _decimal(value: float) -> str:
    return f"{value:,.0f}" if abs(value) >= 1e6 else f"{value:.6g}"
