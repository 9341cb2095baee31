"""The identities on the S3 server: the run's own, which may do everything, and one for each
policy of SECURITY.md, so that the documented policies are tested."""

import re
from pathlib import Path
from typing import Mapping

SECURITY = Path(__file__).resolve().parents[2] / "SECURITY.md"
JSON_BLOCK = re.compile(r"^```json\n(.*?)^```$", re.DOTALL | re.MULTILINE)
LEAST = ("worker", "reader", "operator")


def configuration(environment: Mapping[str, str]) -> dict[str, object]:
    """SeaweedFS's configuration; the secret of an identity is its name with "-secret"."""
    policies = dict(zip(LEAST, JSON_BLOCK.findall(SECURITY.read_text()), strict=True))
    owner = {
        "name": "owner",
        "credentials": [
            _credentials(environment["AWS_ACCESS_KEY_ID"], environment["AWS_SECRET_ACCESS_KEY"])
        ],
        "actions": ["Admin", "Read", "Write", "List", "Tagging"],
    }
    least = [
        {
            "name": name,
            "credentials": [_credentials(name, f"{name}-secret")],
            "policyNames": [name],
        }
        for name in policies
    ]
    return {
        "identities": [owner, *least],
        "policies": [{"name": name, "content": text} for name, text in policies.items()],
    }


def _credentials(access_key: str, secret_key: str) -> dict[str, str]:
    return {"accessKey": access_key, "secretKey": secret_key}
