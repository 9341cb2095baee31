"""The lines of the project's README with the results."""

import re
from pathlib import Path
from typing import Sequence

from report import Section, Table

BEGIN = "<!-- measured by benchmarks/run -->\n"
END = "<!-- end of what was measured -->\n"


def update(readme: Path, sections: Sequence[Section]) -> None:
    """Replaces these lines and leaves the rest unchanged."""
    table = Table(("", ""), [row for section in sections for row in section.highlights])
    text = readme.read_text()
    lines = f"{BEGIN}\n{table.markdown()}\n\n{END}"
    # A function, since a string would be interpreted as a template.
    readme.write_text(re.sub(f"{BEGIN}.*?{END}", lambda _: lines, text, flags=re.DOTALL))
