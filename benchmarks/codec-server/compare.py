"""Measures two codec servers in turn, on the same S3 server, and prints a table in Markdown.

Both get requests from the same client and are started as documented: the example's
`codec-server`, and `external_storage/codec_server.py` of a clone of temporalio/samples-python."""

import argparse
import asyncio
import os
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "interop" / "harness"))
sys.path.insert(0, str(ROOT / "interop" / "python"))

import contenders  # noqa: E402
import servers  # noqa: E402
import table  # noqa: E402
from load import ask, load  # noqa: E402
from scenarios import Scenario, prepare, too_large  # noqa: E402
from settings import forget_callers_servers  # noqa: E402


async def main(options: argparse.Namespace, logs: Path) -> None:
    with contenders.running(options.samples, logs) as urls:
        print("Storing payloads", file=sys.stderr)
        scenarios = await prepare(options.rounds)
        await _check_responses(scenarios, urls)
        results = table.Results()
        for number in range(options.rounds):
            print(f"Round {number + 1} of {options.rounds}", file=sys.stderr)
            for scenario in scenarios:
                turns = list(urls.items())
                for name, url in turns if number % 2 == 0 else reversed(turns):
                    results.add(scenario.name, name, await load(url, scenario, number))
        print(results.markdown(list(urls)))
        path, body = too_large()
        for name, url in urls.items():
            status, _ = await ask(url, path, body)
            print(f"\n{name}: {status} to a /decode of {len(body):,} bytes")


async def _check_responses(scenarios: list[Scenario], urls: dict[str, str]) -> None:
    """Sends each request to both once as a warm-up; wrong responses end the run."""
    for scenario in scenarios:
        responses = [await ask(url, scenario.path, scenario.warm_up) for url in urls.values()]
        if any(status != 200 for status, _ in responses) or len({data for _, data in responses}) > 1:
            raise SystemExit(f"{scenario.name}: {[status for status, _ in responses]}, or not the same")
        for url in urls.values():
            await load(url, scenario, round_number=None)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="benchmarks/codec-server/run", description=__doc__)
    parser.add_argument("samples", type=Path, help="folder of the clone of samples-python")
    parser.add_argument("--rounds", type=int, default=7)
    return parser.parse_args()


if __name__ == "__main__":
    chosen = _options()
    forget_callers_servers()
    with tempfile.TemporaryDirectory(prefix="codec-servers-", ignore_cleanup_errors=True) as data:
        folder = Path(data)
        with servers.running(folder, folder) as settings:
            os.environ.update(settings.environment())
            asyncio.run(main(chosen, folder))
