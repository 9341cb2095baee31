"""Maven, with a local repository of its own."""

import os
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Mapping

# What the plugin for Maven Central needs to find. The user's own settings, such as mirrors, stay.
SETTINGS = """\
<settings>
  <servers>
    <server><id>central</id><username>nobody</username><password>none</password></server>
  </servers>
</settings>
"""


@dataclass(frozen=True)
class Maven:
    local_repository: Path
    settings: Path
    logs: Path

    def run(
        self, name: str, folder: Path, *arguments: str, environment: Mapping[str, str] = {}
    ) -> Path:
        """Returns the log; raises a RuntimeError that names it if Maven fails."""
        log = self.logs / f"{name}.log"
        command = ["mvn", "-B", "-gs", str(self.settings)]
        command += [f"-Dmaven.repo.local={self.local_repository}", *arguments]
        run(name, command, folder, log, environment)
        return log


def run(
    name: str, command: list[str], folder: Path, log: Path, environment: Mapping[str, str] = {}
) -> None:
    with log.open("wb") as output:
        code = subprocess.run(
            command,
            cwd=folder,
            env={**os.environ, **environment},
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
        ).returncode
    if code:
        lines = log.read_text(errors="replace").splitlines()
        errors = [line for line in lines if "ERROR" in line] or lines[-20:]
        raise RuntimeError("\n".join([*errors[:15], f"{name} failed with {code}, see {log}"]))
