"""The plan of the year as steps and the day's indicator as a bar: one SVG for a file and for the page."""

from __future__ import annotations

from collections.abc import Iterator
from xml.sax.saxutils import escape

from affil.answers.kpi import Kpi
from affil.reports.values import date_text, in_text, part_text
from affil.words import Words

WIDTH, HEIGHT = 640, 260
LEFT, TOP, MONTH, TALL = 44, 34, 48, 150  # the field of twelve months; 100 % is as tall as it
BASE = TOP + TALL
INK, PLAN, FULL, LIMITED, GRID = "#17212b", "#8a5a00", "#1f4a6b", "#9dbbd1", "#d5dde4"


def kpi_svg(found: Kpi, words: Words, standalone: bool = True) -> str:
    """The chart; `standalone`: with the head of a file of its own. Without a headcount only the plan is drawn, which it says."""
    head = '<?xml version="1.0" encoding="UTF-8"?>\n' if standalone else ""
    title, body = escape(words("kpi.chart.title", date=date_text(found.as_of))), "".join(_parts(found, words))
    return (
        f'{head}<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" class="kpi" '
        f'font-family="Arial, sans-serif" font-size="12" fill="{INK}"><title>{title}</title>{body}</svg>\n'
    )


def _parts(found: Kpi, words: Words) -> Iterator[str]:
    yield _rect(0, 0, WIDTH, HEIGHT, "#ffffff")
    yield _text(LEFT, 18, words("kpi.chart.title", date=date_text(found.as_of)), weight="bold")
    for percent in (0, 50, 100):
        yield f'<path d="M{LEFT} {_y(percent)}h{12 * MONTH}" stroke="{GRID}"/>'
        yield _text(LEFT - 6, _y(percent) + 4, f"{percent}", anchor="end")
    yield from _bar(found)
    yield _steps(found)
    yield from _share(found, words)
    for number, month in enumerate(words.raw("kpi.chart.months")):
        yield _text(LEFT + number * MONTH + MONTH // 2, BASE + 18, month, anchor="middle")
    yield from _legend(found, words)


def _bar(found: Kpi) -> Iterator[str]:
    """Fully checked below, with limits above it."""
    if not found.whole:
        return
    full = TALL * found.officials.full / found.whole
    both = TALL * found.officials.counted("limited") / found.whole
    yield _rect(_month(found) + 8, BASE - both, MONTH - 16, both - full, LIMITED)
    yield _rect(_month(found) + 8, BASE - full, MONTH - 16, full, FULL)


def _share(found: Kpi, words: Words) -> Iterator[str]:
    """Over the bar, and over the steps of the plan, with white around it: it must be read where they meet."""
    if not found.whole:
        return
    top = BASE - TALL * found.officials.counted("limited") / found.whole
    share = in_text(part_text(found.done, found.whole), words)
    yield _text(
        _month(found) + MONTH // 2, round(top) + (15 if top < TOP + 20 else -5), f"{share} %", "middle", "bold", halo=True
    )


def _month(found: Kpi) -> int:
    return LEFT + (found.as_of.month - 1) * MONTH


def _steps(found: Kpi) -> str:
    path = f"M{LEFT} {_y(found.by_month[0])}" + "".join(f"V{_y(percent)}h{MONTH}" for percent in found.by_month)
    return f'<path d="{path}" fill="none" stroke="{PLAN}" stroke-width="2"/>'


def _legend(found: Kpi, words: Words) -> Iterator[str]:
    line = BASE + 42
    yield f'<path d="M{LEFT} {line - 4}h18" stroke="{PLAN}" stroke-width="2"/>' + _text(LEFT + 24, line, words("kpi.chart.plan"))
    if not found.whole:
        yield _text(LEFT + 170, line, words("kpi.chart.no_share"))
        return
    yield _rect(LEFT + 170, line - 10, 18, 12, FULL) + _text(LEFT + 194, line, words("kpi.chart.full"))
    yield _rect(LEFT + 330, line - 10, 18, 12, LIMITED) + _text(LEFT + 354, line, words("kpi.chart.limited"))
    yield _text(LEFT, line + 20, words("kpi.chart.of", whole=found.whole))


def _y(percent: float) -> int:
    return round(BASE - TALL * percent / 100)


def _rect(x: float, y: float, width: float, height: float, fill: str) -> str:
    """A path: the page has a style of its own for the rectangles of its drawings."""
    return f'<path d="M{x:.0f} {y:.1f}h{width:.0f}v{height:.1f}h-{width:.0f}z" fill="{fill}"/>'


def _text(x: int, y: int, text: str, anchor: str = "start", weight: str = "normal", halo: bool = False) -> str:
    behind = ' stroke="#ffffff" stroke-width="3" paint-order="stroke"' if halo else ""
    return f'<text x="{x}" y="{y}" text-anchor="{anchor}" font-weight="{weight}"{behind}>{escape(text)}</text>'
