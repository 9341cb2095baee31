"""The parts of `every_path.py`, which lists the names on the wire."""
