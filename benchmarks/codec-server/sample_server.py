"""Runs the sample's codec server unchanged, except for its hard-coded addresses."""

import asyncio
import os
import sys

sys.path.insert(0, sys.argv[1])

from aiohttp import web  # noqa: E402
from external_storage import codec_server  # noqa: E402

codec_server.S3_ENDPOINT = os.environ["S3_ENDPOINT"]
codec_server.S3_BUCKET = os.environ["S3_BUCKET"]
codec_server.S3_ACCESS_KEY = os.environ["AWS_ACCESS_KEY_ID"]
codec_server.S3_SECRET_KEY = os.environ["AWS_SECRET_ACCESS_KEY"]


class Site(web.TCPSite):
    def __init__(self, runner: web.BaseRunner, host: str, _: int):
        super().__init__(runner, host, int(sys.argv[2]))


web.TCPSite = Site
asyncio.run(codec_server.main())
