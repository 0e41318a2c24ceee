"""The comparison as one HTML page: plots in SVG, a table for each processor, no scripts and nothing from elsewhere."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from html import escape
from math import log2

from code_quality.dynamic import Runs
from code_quality.report import HEADINGS, LIMIT, Comparison, Result, cells, transaction_ratio

_STYLE = """
body { font: 15px/1.5 system-ui, sans-serif; margin: 2em auto; max-width: 72em; color: #222 }
table { border-collapse: collapse; font-size: 12px } td, th { padding: 2px 8px; text-align: right; border-bottom: 1px solid #ddd }
td:first-child, th:first-child { text-align: left; font-family: monospace } .worse { color: #b00020 } .better { color: #00695c }
svg { background: #fafafa; border: 1px solid #eee } text { font: 11px system-ui, sans-serif } h2 { margin-top: 2em }
"""
_ROW, _LEFT, _WIDTH, _SPAN = 16, 170, 900, 2.0  # pixels; powers of two to either side of 1
_CLASSES = ("valu", "matrix", "salu", "branch", "sync", "smem", "lds", "vmem", "scratch")
_COLOURS = ("#00796b", "#512da8", "#fbc02d", "#e64a19", "#9e9e9e", "#8bc34a", "#0288d1", "#5d4037", "#c2185b")


def page(results: Sequence[Result]) -> str:
    """The whole page."""
    body = "".join(_section(result) for result in results)
    return (f"<!DOCTYPE html><html lang=en><meta charset=utf-8><title>AMD code: Crosswarp and clang's HIP mode</title>"
            f"<style>{_STYLE}</style><h1>AMD code: Crosswarp and clang's HIP mode</h1><p>Both compilers at -O3, from one LLVM; "
            f"run on the emulator with the same arguments. Ratios below 1 are in Crosswarp's favour.</p>{body}</html>\n")


def ratio_plot(result: Result) -> str:
    """The ratios of executed instructions as an SVG file."""
    drawn = _ratios(result, lambda r: r.ratio)
    style = "<style>text { font: 11px system-ui, sans-serif }</style>"
    head, _, rest = drawn.partition(">")
    return f'{head} xmlns="http://www.w3.org/2000/svg">{style}<rect width="100%" height="100%" fill="#fafafa"/>{rest}\n'


def _section(result: Result) -> str:
    plots = (("Executed instructions, ratio", lambda r: r.ratio), ("64-byte transactions, ratio", transaction_ratio))
    drawn = "".join(f"<h3>{title}</h3>{_ratios(result, value)}" for title, value in plots)
    return (f"<h2>{result.arch}</h2><p>{escape(result.summary())}</p>{drawn}"
            f"<h3>Executed instructions by class: Crosswarp above HIP, as a share of HIP's</h3>{_classes(result)}"
            f"<h3>All figures</h3>{_table(result)}")


def _ratios(result: Result, value: Callable[[Runs], float]) -> str:
    rows = sorted(((c.kernel, value(r)) for c, r in result.executed), key=lambda row: row[1])
    scale = (_WIDTH - _LEFT - 60) / (2 * _SPAN)
    middle = _LEFT + _SPAN * scale
    parts = [_line(middle + log2(r) * scale, len(rows), f"{r:g}") for r in (0.25, 0.5, 0.75, 1, 1.5, 2, 4)]
    for n, (kernel, ratio) in enumerate(rows):
        end = middle + max(-_SPAN, min(_SPAN, log2(ratio))) * scale
        colour = "#b00020" if ratio > LIMIT else "#00796b" if ratio < 1 else "#9e9e9e"
        y = n * _ROW + 4
        parts.append(f'<rect x="{min(middle, end):.1f}" y="{y}" width="{max(1.5, abs(end - middle)):.1f}" height="{_ROW - 5}" '
                     f'fill="{colour}"/>{_label(kernel, y)}<text x="{_WIDTH - 45}" y="{y + 10}">{ratio:.2f}</text>')
    return _svg(parts, len(rows) * _ROW + 24)


def _classes(result: Result) -> str:
    legend = "".join(f'<tspan fill="{colour}"> ■ {name}</tspan>' for name, colour in zip(_CLASSES, _COLOURS, strict=True))
    parts = [f'<text x="{_LEFT}" y="14">{legend}</text>']
    for n, (c, runs) in enumerate(result.executed):
        y = n * (_ROW + 8) + 24
        scale = (_WIDTH - _LEFT - 20) / 2 / max(1, runs.theirs.instructions)
        parts.append(_label(c.kernel, y + 4))
        for offset, side in ((0, runs.ours), (10, runs.theirs)):
            x = float(_LEFT)
            for name, colour in zip(_CLASSES, _COLOURS, strict=True):
                width = getattr(side, name) * scale
                parts.append(f'<rect x="{x:.1f}" y="{y + offset}" width="{width:.1f}" height="9" fill="{colour}"/>')
                x += width
    return _svg(parts, len(result.executed) * (_ROW + 8) + 30)


def _table(result: Result) -> str:
    head = "".join(f"<th>{heading}</th>" for heading in HEADINGS)
    return f"<table><tr>{head}</tr>{''.join(_table_row(c) for c in result.comparisons)}</table>"


def _table_row(c: Comparison) -> str:
    ratio = c.runs.ratio if c.runs else 1.0
    kind = "worse" if ratio > LIMIT else "better" if ratio < 0.995 else ""
    return f'<tr class="{kind}">' + "".join(f"<td>{escape(cell)}</td>" for cell in cells(c)) + "</tr>"


def _label(text: str, y: int) -> str:
    return f'<text x="{_LEFT - 6}" y="{y + 10}" text-anchor="end">{escape(text)}</text>'


def _line(x: float, rows: int, text: str) -> str:
    return (f'<line x1="{x:.1f}" x2="{x:.1f}" y1="0" y2="{rows * _ROW + 6}" stroke="#ccc"/>'
            f'<text x="{x:.1f}" y="{rows * _ROW + 18}" text-anchor="middle">{text}</text>')


def _svg(parts: Sequence[str], height: int) -> str:
    return f'<svg viewBox="0 0 {_WIDTH} {height}" width="{_WIDTH}" height="{height}">{"".join(parts)}</svg>'
