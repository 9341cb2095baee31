"""Rehearses a release. Everything that it makes is in release/target; the folder that Maven Central
would have is release/target/central."""

import argparse
import shutil
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Callable

import central
import comparison
import consumers
import program
import rules
import signing
import workspace
from maven import SETTINGS, Maven, run
from poms import GROUP, Pom
from workspace import WORK

UNPUBLISHED = {"test-fixtures", "examples", "docs"}
PREFIX = "temporal-external-storage"
QUICK = ["-Dmaven.test.skip", "-Dspotless.check.skip", "-Prelease"]


class Rehearsal:
    def __init__(self, version: str):
        self.version = version
        self.repository = WORK / "central"
        self.summary: list[tuple[str, str, float]] = []
        shutil.rmtree(WORK, ignore_errors=True)
        for folder in (WORK, self.repository, WORK / "logs"):
            folder.mkdir()
        (WORK / "settings.xml").write_text(SETTINGS)

    def maven(self, local_repository: str) -> Maven:
        folder = WORK / local_repository
        if not folder.exists():
            workspace.copy_local_repository(folder)
        return Maven(folder, WORK / "settings.xml", WORK / "logs")

    def step(self, name: str, action: Callable[[], str]) -> None:
        started = time.monotonic()
        result = action()
        self.summary.append((name, result, time.monotonic() - started))
        print(f"{name}: {result}", flush=True)

    def run(self) -> None:
        with signing.throwaway_key() as keys:
            self.step("Version", self._set_version)
            self.step("Builds", lambda: self._build(keys))
            self.step("Reproducible", self._compare)
            self.step("Central's rules", lambda: self._check(keys))
        self.step("Dependencies", self._weigh)
        consumers.create(WORK / "consumer")
        for jdk, home in consumers.jdks().items():
            self.step(f"Maven consumer on JDK {jdk}", lambda: self._consume(jdk, home))
        self.step("Gradle consumer", self._consume_with_gradle)
        self._try_program()

    def _set_version(self) -> str:
        first = WORK / "first"
        workspace.copy_sources(first)
        maven = self.maven("build-repository")
        command = [str(first / "release" / "set-version"), self.version]
        command += [f"-Dmaven.repo.local={maven.local_repository}"]
        run("set-version", command, first, maven.logs / "set-version.log")
        shutil.copytree(first, WORK / "second" / "elsewhere")
        return self.version

    def _build(self, keys: dict[str, str]) -> str:
        """The second build has another folder, time zone and language, and does not sign."""
        other = {"TZ": "Pacific/Apia", "LC_ALL": "C", "LANG": "C"}
        with central.stand_in(self.repository) as url, ThreadPoolExecutor() as threads:
            first = threads.submit(
                self.maven("build-repository").run, "first-build", WORK / "first",
                "deploy", *QUICK, f"-DcentralBaseUrl={url}", environment=keys,
            )
            second = threads.submit(
                self.maven("second-repository").run, "second-build", WORK / "second" / "elsewhere",
                "package", *QUICK, environment=other,
            )
            first.result()
            second.result()
        return "two, the first signed and uploaded"

    def _compare(self) -> str:
        second = WORK / "second" / "elsewhere"
        return _none(
            comparison.differences(WORK / "first", second),
            f"{len(comparison.artifacts(second))} files are identical",
        )

    def _check(self, keys: dict[str, str]) -> str:
        modules = set(Pom(self.repository, WORK / "first" / "pom.xml").modules())
        names = {f"{PREFIX}-parent"} | {name for name in modules - UNPUBLISHED}
        found = rules.problems(self.repository, self.version, names, keys)
        files = sum(1 for file in self.repository.rglob("*") if file.is_file())
        return _none(found, f"{len(names)} components, {files} files")

    def _weigh(self) -> str:
        weights = []
        for artifact in ("core", "s3", "gcs", "codec-http", "lifecycle", "spring-boot-starter"):
            jars = consumers.runtime_jars(
                self.maven("consumer-repository"), WORK / f"probe-{artifact}",
                self.repository, self.version, f"{PREFIX}-{artifact}",
            )
            size = sum(jar.stat().st_size for jar in jars) / 1e6
            weights.append(f"{artifact} {len(jars)} jars, {size:.1f} MB")
        return "; ".join(weights)

    def _consume(self, jdk: str, home: str) -> str:
        return consumers.run_maven(
            self.maven("consumer-repository"), WORK / "consumer", self.repository, self.version,
            jdk, home,
        )

    def _consume_with_gradle(self) -> str:
        return consumers.run_gradle(
            WORK / "consumer", self.repository, self.version, WORK / "logs"
        )

    def _try_program(self) -> None:
        cli = self.repository / GROUP.replace(".", "/") / f"{PREFIX}-cli" / self.version
        home = program.unpack(
            cli / f"{PREFIX}-cli-{self.version}-bin.tar.gz", WORK / "program"
        )
        self.step("Program", lambda: program.try_commands(home, self.version))
        self.step("Its man page", lambda: program.check_man_page(home))
        self.step("Its systemd unit", lambda: program.check_unit(home, WORK / "systemd"))


def _none(problems: list[str], result: str) -> str:
    if problems:
        raise RuntimeError("\n".join(problems))
    return result


def main() -> int:
    parser = argparse.ArgumentParser(prog="release/dry-run", description=__doc__)
    parser.add_argument("--version", default="0.1.0", help="the version to rehearse: %(default)s")
    rehearsal = Rehearsal(parser.parse_args().version)
    started = time.monotonic()
    try:
        rehearsal.run()
    except RuntimeError as failure:
        print(f"The rehearsal failed:\n{failure}", file=sys.stderr)
        return 1
    print(f"\nA release of {rehearsal.version} would succeed. Its files are in {rehearsal.repository}")
    for name, result, seconds in rehearsal.summary:
        print(f"{seconds:6.0f} s  {name}: {result}")
    print(f"{time.monotonic() - started:6.0f} s  in all")
    return 0


sys.exit(main())
