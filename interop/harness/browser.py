"""Finds the browser for the tests of the Web UI."""

import os
import shutil
import sys

CANDIDATES = {
    "CHROMIUM": (
        "chromium",
        "chromium-browser",
        "google-chrome",
        "/Applications/Chromium.app/Contents/MacOS/Chromium",
        "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    ),
    "CHROMEDRIVER": ("chromedriver",),
}
REMEDY = """\
{missing} not found: the tests of the Web UI will fail. They need Chromium or Chrome and the
chromedriver of the same version:
    Debian   apt-get install chromium chromium-driver
    macOS    brew install --cask google-chrome chromedriver
    others   set CHROMIUM and CHROMEDRIVER to the paths of the two programs
"""


def variables() -> dict[str, str]:
    """The paths of the installed programs. The caller's variables take precedence."""
    found = {name: _find(name, candidates) for name, candidates in CANDIDATES.items()}
    return {name: path for name, path in found.items() if path}


def report_missing_programs() -> None:
    missing = [name.lower() for name in CANDIDATES.keys() - variables().keys()]
    if missing:
        print(REMEDY.format(missing=" and ".join(sorted(missing))), file=sys.stderr, flush=True)


def _find(name: str, candidates: tuple[str, ...]) -> str | None:
    chosen = os.environ.get(name)
    paths = map(shutil.which, (chosen,) if chosen else candidates)
    return next(filter(None, paths), None)
