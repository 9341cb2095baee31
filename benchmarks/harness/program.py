"""A child process that replies to each line of JSON with another."""

import json
import os
import signal
import subprocess
from pathlib import Path
from typing import Any, Mapping, Sequence

GRACE_SECONDS = 15.0


class Program:
    """It ends when its input ends; its stderr is written to a log."""

    def __init__(self, command: Sequence[str], environment: Mapping[str, str], log: Path):
        self._log = log
        with log.open("ab") as errors:
            self._child = subprocess.Popen(
                command,
                env=environment,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=errors,
                text=True,
                start_new_session=True,
            )

    def __enter__(self) -> "Program":
        return self

    def __exit__(self, *_: object) -> None:
        self._child.stdin.close()
        try:
            self._child.wait(GRACE_SECONDS)
        except subprocess.TimeoutExpired:
            os.killpg(self._child.pid, signal.SIGKILL)
            self._child.wait()

    def ask(self, **command: Any) -> Any:
        self._child.stdin.write(json.dumps(command) + "\n")
        self._child.stdin.flush()
        return self.hear()

    def hear(self) -> Any:
        response = self._child.stdout.readline()
        if not response:
            status = self._child.wait(GRACE_SECONDS)
            raise RuntimeError(f"{self._child.args[-2:]} ended with {status}: see {self._log}")
        return json.loads(response)
