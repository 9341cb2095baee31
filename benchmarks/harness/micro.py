"""What single steps cost, measured with JMH."""

import json
import subprocess
from typing import Any

from bench import PACKAGE, Bench, class_path, say
from report import Section, Table, at_most

TEXT = """\
JMH, mean and error. Bytes are what is allocated for one operation. An inline payload is 1 KiB in a
serialization context; the cost of the routes is their time beyond that of the converter alone."""
FULL = ["-f", "2", "-wi", "4", "-w", "1", "-i", "5", "-r", "1"]
QUICK = ["-f", "1", "-wi", "3", "-w", "200ms", "-i", "5", "-r", "200ms"]
ALLOCATED = "gc.alloc.rate.norm"


def measure(bench: Bench) -> Section:
    results = _results(bench)
    table = Table(("", "time", "bytes"))
    table.rows.extend([_name(it), _time(it), f"{_bytes(it):,.0f}"] for it in results)
    targets = []
    for direction in ("encode", "encodeOne", "decode"):
        inline = {
            it["params"]["converters"]: it
            for it in results
            if it["benchmark"].endswith(f"InlinePayloadBenchmark.{direction}")
        }
        for route in ("NATIVE", "CODEC"):
            what = f"inline payload, {direction}, {route.lower()} route, over the bare converter"
            for wanted, unit, measured in ((100, "ns", _score), (256, "B", _bytes)):
                over = measured(inline[route]) - measured(inline["BARE"])
                targets.append(at_most(what, wanted, over, unit))
    return Section("Single steps", TEXT, [table], targets)


def _results(bench: Bench) -> list[dict[str, Any]]:
    file = bench.logs / "jmh.json"
    output = bench.logs / "jmh.log"
    options = QUICK if bench.quick else FULL
    # JMH's lock file is disabled, since it also waits for benchmarks of other users.
    command = ["java", "-Djmh.ignoreLock=true", *class_path()]
    command += ["org.openjdk.jmh.Main", f"{PACKAGE}.micro", *options]
    say("micro: JMH")
    command += ["-prof", "gc", "-foe", "true", "-rf", "json", "-rff", str(file), "-o", str(output)]
    subprocess.run(command, check=True, env=bench.settings.environment())
    return json.loads(file.read_text())


def _name(result: dict[str, Any]) -> str:
    kind, operation = result["benchmark"].split(".")[-2:]
    parameters = "".join(f", {value}" for value in result.get("params", {}).values())
    return f"{kind.removesuffix('Benchmark')}: {operation}{parameters}"


def _time(result: dict[str, Any]) -> str:
    metric = result["primaryMetric"]
    unit = metric["scoreUnit"].removesuffix("/op")
    return f"{_number(metric['score'])} ± {_number(metric['scoreError'])} {unit}"


def _number(value: float) -> str:
    return f"{value:,.0f}" if value >= 100 else f"{value:.3g}"


def _score(result: dict[str, Any]) -> float:
    return result["primaryMetric"]["score"]


def _bytes(result: dict[str, Any]) -> float:
    return next(
        metric["score"]
        for name, metric in result["secondaryMetrics"].items()
        if name.endswith(ALLOCATED)
    )
