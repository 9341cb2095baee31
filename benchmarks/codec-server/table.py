"""Collects the results and writes them as a table in Markdown."""

from collections import defaultdict
from statistics import median
from typing import Callable, Sequence

from load import Load


class Results:
    """By scenario and contender, a load for each round."""

    def __init__(self) -> None:
        self._rounds: dict[str, dict[str, list[Load]]] = defaultdict(lambda: defaultdict(list))

    def add(self, scenario: str, contender: str, load: Load) -> None:
        self._rounds[scenario][contender].append(load)

    def markdown(self, contenders: Sequence[str]) -> str:
        """Medians of the rounds; a ratio is the median of the rounds' own ratios."""
        lines = [
            f"| | {' | '.join(contenders)} | ratio |",
            f"| --- |{' ---: |' * len(contenders)} ---: |",
        ]
        for scenario, by_contender in self._rounds.items():
            loads = [by_contender[name] for name in contenders]
            lines.append(_row(f"{scenario}, requests/s", loads, _rate, "{:,.1f}"))
            lines.append(_row(f"{scenario}, ms to the last byte", loads, _milliseconds, "{:,.0f}"))
        return "\n".join(lines)


def _row(name: str, loads: Sequence[list[Load]], of: Callable[[Load], float], form: str) -> str:
    values = [form.format(median(map(of, rounds))) for rounds in loads]
    ratio = median(of(ours) / of(other) for ours, other in zip(*loads))
    return f"| {name} | {' | '.join(values)} | {ratio:.2f} |"


def _rate(load: Load) -> float:
    return load.requests_per_second


def _milliseconds(load: Load) -> float:
    return 1000 * median(load.seconds)
