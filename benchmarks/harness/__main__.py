"""Measures external storage compared to other ways to use S3, and prints the results as Markdown.
The results of a full run are saved in `benchmarks/results`, with a chart, and in the README."""

import argparse
import os
import signal
import subprocess
import sys
import tempfile
from dataclasses import replace
from datetime import date
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.append(str(ROOT / "interop" / "harness"))

import bursts
import chart
import fulfillment
import machine
import memory
import micro
import readme
import replay
import servers
import transfers
from bench import MODULE, Bench, say
from report import Section, summary
from settings import Settings, forget_callers_servers

MEASUREMENTS = {
    "s3": transfers.measure,
    "fulfillment": fulfillment.measure,
    "replay": replay.measure,
    "memory": memory.measure,
    "bursts": bursts.measure,
    "micro": micro.measure,
}


def main() -> int:
    options = _options()
    caller = dict(os.environ)
    forget_callers_servers()
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, _interrupt)
    logs = MODULE / "target" / "logs"
    logs.mkdir(parents=True, exist_ok=True)
    try:
        with tempfile.TemporaryDirectory(prefix="benchmarks-", ignore_cleanup_errors=True) as data:
            with servers.running(Path(data), logs) as settings:
                settings = _elsewhere(settings, options.s3, caller) if options.s3 else settings
                return _run(Bench(settings, logs, options), options)
    except KeyboardInterrupt:
        print("Stopped.", flush=True)
        return 130


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="benchmarks/run", description=__doc__)
    parser.add_argument(
        "measurements", nargs="*", help=f"of {', '.join(MEASUREMENTS)}; default: all"
    )
    parser.add_argument("--quick", action="store_true", help="few rounds, to see that it works")
    parser.add_argument(
        "--s3",
        metavar="URL",
        help="another S3 server than SeaweedFS, with the region and credentials of AWS_REGION,"
        " AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, and the permission to create buckets",
    )
    parser.add_argument(
        "--transfers",
        metavar="COUNTxKIB/AT_ONCE",
        nargs="+",
        type=transfers.Scenario.parse,
        default=transfers.SCENARIOS,
        help="other sizes for s3, such as 20x300/1 64x1024/64",
    )
    parser.add_argument(
        "--orders", nargs="+", type=int, default=(200, 2000), help="other sizes for fulfillment"
    )
    options = parser.parse_args()
    if unknown := set(options.measurements) - set(MEASUREMENTS):
        parser.error(f"no such measurement: {', '.join(sorted(unknown))}")
    return options


def _interrupt(*_: object) -> None:
    """Once only: a second Ctrl-C must not leave servers behind."""
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, lambda *_: None)
    raise KeyboardInterrupt


def _elsewhere(settings: Settings, endpoint: str, caller: dict[str, str]) -> Settings:
    return replace(
        settings,
        s3_endpoint=endpoint,
        aws_region=caller.get("AWS_REGION", settings.aws_region),
        aws_access_key_id=caller["AWS_ACCESS_KEY_ID"],
        aws_secret_access_key=caller["AWS_SECRET_ACCESS_KEY"],
    )


def _run(bench: Bench, options: argparse.Namespace) -> int:
    """All measurements, also after one of them failed."""
    sections, status = [], 0
    for name in options.measurements or MEASUREMENTS:
        try:
            sections.append(MEASUREMENTS[name](bench))
            print(sections[-1].markdown(), end="\n\n", flush=True)
        except (RuntimeError, subprocess.CalledProcessError) as failure:
            say(f"{name} FAILED: {failure}")
            status = 1
    print(summary(sections), flush=True)
    if not sys.argv[1:]:
        _keep(machine.describe(bench), sections)
    return status


def _keep(measured_on: str, sections: list[Section]) -> None:
    results = MODULE / "results"
    results.mkdir(exist_ok=True)
    texts = ["# Benchmarks", measured_on, summary(sections), *(it.markdown() for it in sections)]
    (results / f"{date.today()}-{os.cpu_count()}-cores.md").write_text("\n\n".join(texts) + "\n")
    for section in sections:
        if section.bars:
            (results / "store.svg").write_text(chart.svg(section.bars))
    readme.update(ROOT / "README.md", sections)


if __name__ == "__main__":
    sys.exit(main())
