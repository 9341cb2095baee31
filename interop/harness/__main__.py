"""Starts the servers, runs the JUnit tests tagged `interop` against them, prints a table of the
results and stops everything again. Exits with 0 only if Maven and every test passed."""

import argparse
import shlex
import signal
import sys
import tempfile
import threading
from pathlib import Path

import browser
import fake_gcs
import go
import results
import servers
import typescript
from process import Process
from settings import Settings, forget_callers_servers

ROOT = Path(__file__).resolve().parents[2]
TARGET = ROOT / "interop" / "target"
LOGS = TARGET / "logs"
MODULES = ["interop", "interop/spring-boot", "interop/spring-boot-3.5"]
TARGETS = [ROOT / module / "target" for module in MODULES]
STOP_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
# The profile has these tests, and skips those of the modules that they depend on.
MAVEN = ["mvn", "-B", "verify", "-Pinterop", "-pl", ",".join(MODULES), "-am"]
# All modules but one don't have a test of that name.
MAVEN += ["-Dsurefire.failIfNoSpecifiedTests=false"]


def main() -> int:
    options = _options()
    forget_callers_servers()
    for number in STOP_SIGNALS:
        signal.signal(number, _interrupt)
    LOGS.mkdir(parents=True, exist_ok=True)
    browser.report_missing_programs()
    try:
        typescript.install()
        fake_gcs.install()
        go.build()
        with tempfile.TemporaryDirectory(prefix="interop-", ignore_cleanup_errors=True) as data:
            with servers.running(Path(data), LOGS, with_gcs=True) as settings:
                if options.servers:
                    return _serve(settings)
                return _test(settings, options.maven)
    except KeyboardInterrupt:
        print("Stopped.", flush=True)
        return 130
    except RuntimeError as failure:
        print(failure, file=sys.stderr)
        return 1


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="interop/run", description=__doc__)
    parser.add_argument(
        "--servers",
        action="store_true",
        help="only run the servers, until Ctrl-C",
    )
    parser.add_argument(
        "maven", nargs="*", help="arguments for Maven, after --, for example -Dtest=NexusTest"
    )
    return parser.parse_args()


def _interrupt(*_: object) -> None:
    """Once only: a second Ctrl-C must not leave servers behind."""
    for number in STOP_SIGNALS:
        signal.signal(number, lambda *_: None)
    raise KeyboardInterrupt


def _serve(settings: Settings) -> int:
    for name, value in settings.exported().items():
        print(f"export {name}={shlex.quote(value)}")
    print("# Servers are up, Ctrl-C stops them", flush=True)
    threading.Event().wait()
    return 0


def _test(settings: Settings, arguments: list[str]) -> int:
    results.clear(TARGETS)
    with Process("Maven", MAVEN + arguments, settings.environment(), ROOT) as maven:
        status = maven.wait()
    found = results.read(TARGETS)
    results.show(found)
    good = status == 0 and found and all(result.outcome != "FAILED" for result in found)
    if not good:
        print(f"FAILED (Maven's status: {status}); the servers' logs: {LOGS}", file=sys.stderr)
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
