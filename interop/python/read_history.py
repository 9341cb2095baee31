"""Reads the inputs and results of a workflow and its activities as the Python SDK does.

Prints a line for each, in the order of the history: the SHA-256 of its decoded data."""

import argparse
import hashlib

from connection import connect
from program import run
from temporalio.api.common.v1 import Payloads
from temporalio.api.history.v1 import HistoryEvent
from temporalio.common import RawValue

FIELDS = {
    "workflow_execution_started_event_attributes": "input",
    "activity_task_scheduled_event_attributes": "input",
    "activity_task_completed_event_attributes": "result",
    "workflow_execution_completed_event_attributes": "result",
}


async def read(workflow_id: str) -> None:
    async with connect(read_only=True) as client:
        history = client.get_workflow_handle(workflow_id).fetch_history_events()
        async for event in history:
            payloads = _payloads(event).payloads
            hints = [RawValue] * len(payloads)
            for value in await client.data_converter.decode(payloads, hints):
                print(hashlib.sha256(value.payload.data).hexdigest(), flush=True)


def _payloads(event: HistoryEvent) -> Payloads:
    attributes = event.WhichOneof("attributes")
    if attributes not in FIELDS:
        return Payloads()
    return getattr(getattr(event, attributes), FIELDS[attributes])


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--workflow-id", required=True)
    run(read(parser.parse_args().workflow_id))
