"""Runs a worker as a program that tests start, await and stop."""

import asyncio
import signal

from temporalio.api.enums.v1 import TaskQueueType
from temporalio.api.taskqueue.v1 import TaskQueue
from temporalio.api.workflowservice.v1 import DescribeTaskQueueRequest
from temporalio.client import Client
from temporalio.worker import Worker

POLL_SECONDS = 0.05


async def serve(client: Client, worker: Worker) -> None:
    """Prints READY when the server sees the worker poll; ends on SIGTERM or Ctrl-C."""
    stop = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    async with worker:
        await _await_polls(client, worker)
        print("READY", flush=True)
        await stop.wait()


async def _await_polls(client: Client, worker: Worker) -> None:
    kinds = [TaskQueueType.TASK_QUEUE_TYPE_ACTIVITY]
    if worker.config()["workflows"]:
        kinds.append(TaskQueueType.TASK_QUEUE_TYPE_WORKFLOW)
    for kind in kinds:
        request = DescribeTaskQueueRequest(
            namespace=client.namespace,
            task_queue=TaskQueue(name=worker.task_queue),
            task_queue_type=kind,
        )
        while client.identity not in {
            poller.identity
            for poller in (await client.workflow_service.describe_task_queue(request)).pollers
        }:
            await asyncio.sleep(POLL_SECONDS)
