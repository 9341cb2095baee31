"""Where each cargo of a run was stored: finds it by its name in the bucket and the histories."""

import gzip
import json
import os
import re
from collections import defaultdict
from typing import AsyncIterator, Iterator, Optional

from connection import s3_client
from google.protobuf.message import Message
from gzip_codec import ENCODING
from temporalio.api.common.v1 import Payload
from temporalio.api.history.v1 import HistoryEvent
from temporalio.client import Client

REFERENCE = b"temporal.api.sdk.v1.ExternalStorageReference"
SUFFIXES = ("", "-child", "-failing", "-receiver", "-terminated", "-nexus")
WORKFLOW = "/wi/"
UUID = r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"
TIME = r"\d{4}-\d\d-\d\dT\d\d%3A\d\d%3A\d\dZ"


async def table(client: Client, run: str) -> dict[str, dict]:
    """By path: whether it is stored, its keys, and where histories have it inline or by key."""
    rows: dict[str, dict] = defaultdict(lambda: {"stored": False, "keys": [], "history": {}})
    paths: dict[str, str] = {}
    async for key, body in _objects(run):
        path = _path(run, Payload.FromString(body))
        if path:
            paths[key] = path
            rows[path]["stored"] = True
            rows[path]["keys"].append(_anonymous(key, run))
    async for place, payload in _payloads(client, run):
        key = _key(payload)
        path = paths.get(key) if key else _path(run, payload)
        if path:
            rows[path]["history"][place] = "reference" if key else "inline"
    return rows


async def _objects(run: str) -> AsyncIterator[tuple[str, bytes]]:
    """All objects that may belong to the run: those that do not belong to other workflows."""
    bucket = os.environ["S3_BUCKET"]
    async with s3_client() as s3:
        async for page in s3.get_paginator("list_objects_v2").paginate(Bucket=bucket):
            keys = [entry["Key"] for entry in page.get("Contents", [])]
            for key in keys:
                if run in key or WORKFLOW not in key:
                    found = await s3.get_object(Bucket=bucket, Key=key)
                    yield key, await found["Body"].read()


async def _payloads(client: Client, run: str) -> AsyncIterator[tuple[str, Payload]]:
    async for event in _events(client, run):
        attributes = event.WhichOneof("attributes")
        name = attributes.removesuffix("_event_attributes")
        for found in _within(getattr(event, attributes), name):
            yield found


async def _events(client: Client, run: str) -> AsyncIterator[HistoryEvent]:
    ids = [f"every-path-{run}{suffix}" for suffix in SUFFIXES]
    schedule = await client.get_schedule_handle(f"every-path-{run}").describe()
    ids += [result.action.workflow_id for result in schedule.info.recent_actions]
    for workflow_id in ids:
        last = await client.get_workflow_handle(workflow_id).fetch_history()
        started = last.events[0].workflow_execution_started_event_attributes
        for run_id in {started.first_execution_run_id, started.original_execution_run_id}:
            handle = client.get_workflow_handle(workflow_id, run_id=run_id)
            async for event in handle.fetch_history_events():
                yield event


def _within(message: Message, place: str) -> Iterator[tuple[str, Payload]]:
    if isinstance(message, Payload):
        yield place, message
        return
    for field, value in message.ListFields():
        if field.message_type is None:
            continue
        for item in _items(field, value):
            yield from _within(item, f"{place}.{field.name}")


def _items(field, value) -> list[Message]:
    if field.message_type.GetOptions().map_entry:
        return [item for item in value.values() if isinstance(item, Message)]
    return [value] if isinstance(value, Message) else list(value)


def _path(run: str, payload: Payload) -> Optional[str]:
    if payload.metadata.get("encoding") != ENCODING:
        return None
    content = json.loads(Payload.FromString(gzip.decompress(payload.data)).data or "null")
    if isinstance(content, dict) and content.get("run") == run and "filler" in content:
        return content["path"]
    return None


def _key(payload: Payload) -> Optional[str]:
    if payload.metadata.get("messageType") != REFERENCE:
        return None
    return json.loads(payload.data)["claimData"]["key"]


def _anonymous(key: str, run: str) -> str:
    key = re.sub(r"[0-9a-f]{64}", "{hash}", key).replace(run, "{run}")
    return re.sub(TIME, "{time}", re.sub(UUID, "{run-id}", key))
