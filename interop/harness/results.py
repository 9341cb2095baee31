"""Reads the JUnit reports that Maven left, and prints them as one table."""

import xml.etree.ElementTree as ElementTree
from dataclasses import dataclass
from pathlib import Path
from typing import Iterator

REPORTS = "*-reports/TEST-*.xml"


@dataclass(frozen=True)
class Result:
    test: str
    outcome: str
    seconds: float


def clear(targets: list[Path]) -> None:
    """Removes the reports of earlier runs, which would be mistaken for those of this run."""
    for report in _reports(targets):
        report.unlink()


def read(targets: list[Path]) -> list[Result]:
    return [result for report in _reports(targets) for result in _cases(report)]


def _reports(targets: list[Path]) -> list[Path]:
    return [report for target in targets for report in sorted(target.glob(REPORTS))]


def _cases(report: Path) -> Iterator[Result]:
    for case in ElementTree.parse(report).iter("testcase"):
        test = f"{case.get('classname', '').rpartition('.')[2]}.{case.get('name')}"
        yield Result(test, _outcome(case), float(case.get("time", "0").replace(",", "")))


def _outcome(case: ElementTree.Element) -> str:
    if case.find("failure") is not None or case.find("error") is not None:
        return "FAILED"
    return "skipped" if case.find("skipped") is not None else "passed"


def show(results: list[Result]) -> None:
    width = max((len(result.test) for result in results), default=0)
    print()
    for result in results:
        print(f"{result.test:<{width}}  {result.outcome}  {result.seconds:8.1f} s")
    failed = sum(result.outcome == "FAILED" for result in results)
    skipped = sum(result.outcome == "skipped" for result in results)
    passed = len(results) - failed - skipped
    print(f"\n{passed} passed, {failed} failed, {skipped} skipped", flush=True)
