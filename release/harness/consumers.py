"""Projects that use the release from the folder that Maven Central would have."""

import os
import re
import shutil
import subprocess
from pathlib import Path

from maven import Maven, run
from poms import GROUP
from workspace import ROOT

ARRIVED = re.compile(r"Java \d+: \d+ bytes arrived unchanged")
OLDEST_GRADLE = 8
PROBE = """\
<project>
  <modelVersion>4.0.0</modelVersion>
  <groupId>com.example</groupId>
  <artifactId>probe</artifactId>
  <version>1</version>
  <repositories>
    <repository><id>release</id><url>{repository}</url></repository>
  </repositories>
  <dependencies>
    <dependency>
      <groupId>{group}</groupId><artifactId>{artifact}</artifactId><version>{version}</version>
    </dependency>
  </dependencies>
</project>
"""


def create(folder: Path) -> None:
    shutil.copytree(ROOT / "release" / "consumer", folder)
    server = "src/main/java/consumer/MapS3.java"
    shutil.copy2(ROOT / "consumers" / server, folder / server)


def jdks() -> dict[str, str]:
    """The homes of the JDKs to run consumers on, by their feature version: the default and 25."""
    default = subprocess.run(
        ["java", "-XshowSettings:properties", "-version"], capture_output=True, text=True, check=True
    ).stderr
    home = re.search(r"java\.home = (.*)", default)
    version = re.search(r"java\.specification\.version = (.*)", default)
    if not home or not version:
        raise RuntimeError("java does not print its version")
    found = {version[1]: os.environ.get("JAVA_HOME", home[1])}
    for javac in sorted(Path("/usr/lib/jvm").glob("*25*/bin/javac")):
        found.setdefault("25", str(javac.parents[1]))
    return found


def run_maven(maven: Maven, folder: Path, repository: Path, version: str, jdk: str, home: str) -> str:
    arguments = [f"-Drelease.repository={repository.as_uri()}", f"-Drelease.version={version}"]
    log = maven.run(
        f"consumer-maven-{jdk}", folder, "clean", "compile", "exec:exec", *arguments,
        environment={"JAVA_HOME": home},
    )
    _verify_origin(maven.local_repository, version)
    return _result(log)


def _verify_origin(local_repository: Path, version: str) -> None:
    """Each of our artifacts must have come from the folder, not from an installation."""
    for folder in (local_repository / GROUP.replace(".", "/")).glob(f"*/{version}"):
        origin = (folder / "_remote.repositories").read_text()
        if ">release=" not in origin:
            raise RuntimeError(f"{folder.parent.name} did not come from the release")


def run_gradle(folder: Path, repository: Path, version: str, logs: Path) -> str:
    gradle = shutil.which("gradle")
    if not gradle:
        return "not tried: there is no gradle on the PATH"
    found = subprocess.run([gradle, "--version"], capture_output=True, text=True).stdout
    number = re.search(r"Gradle (\d+)\.\S*", found)
    if not number or int(number[1]) < OLDEST_GRADLE:
        return f"not tried: it needs Gradle {OLDEST_GRADLE}, and {gradle} is {number[0] if number else 'unknown'}"
    log = logs / "consumer-gradle.log"
    command = [gradle, "--no-daemon", "run", f"-PreleaseRepository={repository.as_uri()}"]
    home = {"GRADLE_USER_HOME": str(folder.parent / "gradle-home")}
    run("consumer-gradle", [*command, f"-PreleaseVersion={version}"], folder, log, home)
    return _result(log)


def _result(log: Path) -> str:
    arrived = ARRIVED.search(log.read_text())
    if not arrived:
        raise RuntimeError(f"The consumer did not print its result, see {log}")
    return arrived[0]


def runtime_jars(
    maven: Maven, folder: Path, repository: Path, version: str, artifact: str
) -> list[Path]:
    """What a project without anything else gets with one of our artifacts."""
    folder.mkdir()
    probe = PROBE.format(
        repository=repository.as_uri(), group=GROUP, artifact=artifact, version=version
    )
    (folder / "pom.xml").write_text(probe)
    output = folder / "classpath.txt"
    maven.run(
        f"probe-{artifact}", folder,
        "org.apache.maven.plugins:maven-dependency-plugin:3.11.0:build-classpath",
        "-DincludeScope=runtime", f"-Dmdep.outputFile={output}",
    )
    return [Path(jar) for jar in output.read_text().split(":") if jar]
