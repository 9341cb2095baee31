"""A child process that never outlives the run."""

import os
import signal
import subprocess
import time
from pathlib import Path
from typing import Callable, Mapping, Optional, Sequence

GRACE_SECONDS = 15.0
POLL_SECONDS = 0.1


class Process:
    """A command in a process group of its own, so that its children are stopped with it and
    Ctrl-C reaches only the harness, which then stops everything in order."""

    def __init__(
        self,
        name: str,
        command: Sequence[str],
        environment: Mapping[str, str],
        folder: Optional[Path] = None,
        log: Optional[Path] = None,
    ):
        self.name = name
        self._log = log
        output = log.open("wb") if log else None
        try:
            self._child = subprocess.Popen(
                command,
                cwd=folder,
                env=environment,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT if log else None,
                start_new_session=True,
            )
        finally:
            if output:
                output.close()

    def __enter__(self) -> "Process":
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def wait(self) -> int:
        return self._child.wait()

    def await_ready(self, is_ready: Callable[[], bool], seconds: float) -> None:
        """Returns when `is_ready` does; fails if the process ends or the time is up before."""
        deadline = time.monotonic() + seconds
        while not is_ready():
            if self._child.poll() is not None:
                raise RuntimeError(f"{self.name} ended with {self._child.returncode}: {self._log}")
            if time.monotonic() > deadline:
                raise RuntimeError(f"{self.name} did not respond within {seconds:.0f} s: {self._log}")
            time.sleep(POLL_SECONDS)

    def stop(self) -> None:
        """Asks the whole group to end, waits for the command itself, then ends what is left."""
        self._signal(signal.SIGTERM)
        try:
            self._child.wait(GRACE_SECONDS)
        except subprocess.TimeoutExpired:
            print(f"{self.name} did not stop in {GRACE_SECONDS:.0f} s: killed", flush=True)
        self._signal(signal.SIGKILL)
        self._child.wait()

    def _signal(self, number: signal.Signals) -> None:
        try:
            os.killpg(self._child.pid, number)
        except ProcessLookupError:
            pass
