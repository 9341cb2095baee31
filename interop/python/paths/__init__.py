"""What `every_path.py` consists of; it says what the names on the wire are."""
