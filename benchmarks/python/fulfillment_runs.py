"""The example's workflow on the Python SDK, with worker and starter in one process: one line of
JSON requests a run, another reports its duration."""

import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

sys.path.append(str(Path(__file__).resolve().parents[2] / "interop" / "python"))

import commands
from connection import connect
from order_batch import ProcessOrderBatchWorkflow, fetch_orders, process_orders
from orders import OrderBatchRequest
from program import run
from temporalio.client import Client
from temporalio.worker import Worker

TASK_QUEUE = "fulfillment-python"


async def main() -> None:
    with ThreadPoolExecutor() as threads:
        async with connect() as client:
            worker = Worker(
                client,
                task_queue=TASK_QUEUE,
                workflows=[ProcessOrderBatchWorkflow],
                activities=[fetch_orders, process_orders],
                activity_executor=threads,
            )
            async with worker:
                await commands.serve(lambda command: _run(client, command))


async def _run(client: Client, command: dict) -> dict:
    start = time.perf_counter()
    await client.execute_workflow(
        ProcessOrderBatchWorkflow.run,
        OrderBatchRequest(command["batch"], command["orders"]),
        id=f"{TASK_QUEUE}-{command['batch']}",
        task_queue=TASK_QUEUE,
    )
    return {"seconds": time.perf_counter() - start}


run(main())
