"""Runs a script's coroutine and ends the process with a reliable status."""

import asyncio
import os
import sys
import traceback
from typing import Coroutine, NoReturn


def run(main: Coroutine[None, None, None]) -> NoReturn:
    """Exits with 0 or, after a stack trace, 1; without the interpreter's own clean-up, during which
    the SDK's threads sometimes abort the process (temporalio/sdk-python issue 300)."""
    status = 1
    try:
        asyncio.run(main)
        status = 0
    except BaseException:
        traceback.print_exc()
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(status)
