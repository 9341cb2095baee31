"""What was measured, as Markdown."""

from dataclasses import dataclass, field
from statistics import median
from typing import Sequence


@dataclass(frozen=True)
class Table:
    """Cells of a row in the order of the columns."""

    columns: Sequence[str]
    rows: list[Sequence[str]] = field(default_factory=list)

    def markdown(self) -> str:
        lines = [self.columns, ["---"] * len(self.columns), *self.rows]
        return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)


@dataclass(frozen=True)
class Target:
    what: str
    wanted: str
    measured: str
    met: bool

    def row(self) -> Sequence[str]:
        return (self.what, self.wanted, self.measured, "met" if self.met else "**missed**")


@dataclass(frozen=True)
class Section:
    title: str
    text: str
    tables: list[Table]
    targets: list[Target]
    bars: dict[str, dict[str, float]] = field(default_factory=dict)
    """For a chart: milliseconds by group and bar."""
    highlights: list[Sequence[str]] = field(default_factory=list)
    """The lines for the project's README: what was measured, and the result."""

    def markdown(self) -> str:
        return "\n\n".join(
            [f"## {self.title}", self.text, *(table.markdown() for table in self.tables)]
        )


def summary(sections: Sequence[Section]) -> str:
    """The targets of all sections."""
    table = Table(("target", "wanted", "measured", ""))
    table.rows.extend(target.row() for section in sections for target in section.targets)
    return table.markdown()


def at_least(what: str, wanted: float, measured: float) -> Target:
    return Target(what, f"≥ {wanted:g} ×", f"{measured:.2f} ×", measured >= wanted)


def at_most(what: str, wanted: float, measured: float, unit: str) -> Target:
    return Target(what, f"≤ {wanted:g} {unit}", f"{measured:.3g} {unit}", measured <= wanted)


def ratio(times: Sequence[float], ours: Sequence[float]) -> float:
    """The speed relative to others: the median of the ratios of the rounds, so that a temporary
    slowdown of the machine affects both sides."""
    return median(time / own for time, own in zip(times, ours, strict=True))
