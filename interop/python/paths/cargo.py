"""A payload of 300 KiB that gzip can't shrink, and that its receiver can check."""

import base64
import hashlib
from dataclasses import dataclass

from temporalio.exceptions import ApplicationError

BLOCKS = 9_600  # of 32 bytes each
INPUT = "-input"
RESULT = "-result"


@dataclass(frozen=True)
class Cargo:
    """As JSON {"run", "path", "filler"}; filler is base64 of SHA-256("{run}/{path}/{i}"), i from 0
    to 9599, one after the other. So each path has its own payload, in every language."""

    run: str
    path: str
    filler: str

    @staticmethod
    def of(run: str, path: str) -> "Cargo":
        blocks = (hashlib.sha256(f"{run}/{path}/{i}".encode()).digest() for i in range(BLOCKS))
        return Cargo(run, path, base64.b64encode(b"".join(blocks)).decode())

    def to(self, path: str) -> "Cargo":
        """The same run's cargo for another path."""
        return Cargo.of(self.run, path)

    def to_result(self) -> "Cargo":
        """The result for this input, after checking that the input is unchanged."""
        self.expect(self.path)
        return self.to(self.path.removesuffix(INPUT) + RESULT)

    def expect(self, path: str) -> None:
        """Fails with a non-retryable error unless this is the cargo of that path."""
        if self != self.to(path):
            raise ApplicationError(
                f"{path} carried another cargo, called {self.path!r}",
                type="WrongCargo",
                non_retryable=True,
            )
