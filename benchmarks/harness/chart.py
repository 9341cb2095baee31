"""A chart of bars in groups, as SVG that is readable on light and dark pages."""

from xml.sax.saxutils import escape

WIDTH = 720
LEFT = 200
BAR = 18
GAP = 4
GROUP_GAP = 34
COLORS = ("#2f81f7", "#8b949e", "#b1bac4", "#d29922", "#a371f7")
STYLE = "text { font: 13px sans-serif; fill: #7d8590 } .title { font-weight: bold }"


def svg(groups: dict[str, dict[str, float]]) -> str:
    """One bar for each entry, as long as its value; groups below one another."""
    longest = max(value for bars in groups.values() for value in bars.values())
    scale = (WIDTH - LEFT - 80) / longest
    title = "Storing 300 KiB in S3, one at a time: ms by round-trip time to the server"
    parts = [_text(0, 16, title, "title")]
    y = 30
    for group, bars in groups.items():
        y += GROUP_GAP
        parts.append(_text(0, y - 8, group, "title"))
        for (name, value), color in zip(bars.items(), COLORS):
            parts.append(_text(0, y + 14, name))
            parts.append(
                f'<rect x="{LEFT}" y="{y}" width="{value * scale:.1f}" height="{BAR}"'
                f' rx="2" fill="{color}"/>'
            )
            parts.append(_text(LEFT + value * scale + 8, y + 14, f"{value:.3g}"))
            y += BAR + GAP
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{y + 8}"'
        f' viewBox="0 0 {WIDTH} {y + 8}" role="img" aria-label="{escape(title)}">'
    )
    return "\n".join([head, f"<style>{STYLE}</style>", *parts, "</svg>\n"])


def _text(x: float, y: float, text: str, kind: str = "label") -> str:
    return f'<text x="{x:.1f}" y="{y}" class="{kind}">{escape(text)}</text>'
