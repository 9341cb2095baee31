"""The Python side of the fulfillment example.

`worker` prints READY when it polls and ends on SIGTERM; `starter` runs one batch and prints one
line of JSON: {"workflow_id", "run_id", "summary"}."""

import argparse
import dataclasses
import json
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime

from connection import DEFAULT_THRESHOLD, connect
from order_batch import ProcessOrderBatchWorkflow, fetch_orders, process_orders
from orders import OrderBatchRequest
from program import run
from serving import serve
from temporalio.worker import Worker

TASK_QUEUE = "external-storage-task-queue"
# One at a time, so that every worker of a fleet gets its share soon.
ACTIVITY_THREADS = 1


async def work(options: argparse.Namespace) -> None:
    with ThreadPoolExecutor(ACTIVITY_THREADS) as threads:
        async with connect(options.read_only, options.payload_size_threshold) as client:
            worker = Worker(
                client,
                task_queue=options.task_queue,
                workflows=[] if options.activities_only else [ProcessOrderBatchWorkflow],
                activities=[fetch_orders, process_orders],
                activity_executor=threads,
                max_concurrent_activities=ACTIVITY_THREADS,
                # Otherwise a worker runs all activities of its workflows itself.
                disable_eager_activity_execution=True,
            )
            await serve(client, worker)


async def start(options: argparse.Namespace) -> None:
    async with connect(payload_size_threshold=options.payload_size_threshold) as client:
        handle = await client.start_workflow(
            ProcessOrderBatchWorkflow.run,
            OrderBatchRequest(options.batch_id, options.orders),
            id=options.workflow_id,
            task_queue=options.task_queue,
        )
        summary = await handle.result()
    outcome = {
        "workflow_id": handle.id,
        "run_id": handle.first_execution_run_id,
        "summary": dataclasses.asdict(summary),
    }
    print(json.dumps(outcome), flush=True)


def _options() -> argparse.Namespace:
    now = f"{datetime.now():%Y%m%d-%H%M%S}"
    parser = argparse.ArgumentParser(description=__doc__)
    commands = parser.add_subparsers(required=True)

    worker = commands.add_parser("worker")
    worker.set_defaults(command=work)
    worker.add_argument("--task-queue", default=TASK_QUEUE)
    worker.add_argument("--read-only", action="store_true", help="resolve references, store none")
    worker.add_argument(
        "--activities-only", action="store_true", help="run no workflows, only activities"
    )

    starter = commands.add_parser("starter")
    starter.set_defaults(command=start)
    starter.add_argument("--task-queue", default=TASK_QUEUE)
    starter.add_argument("--workflow-id", default=f"external-storage-{now}")
    starter.add_argument("--batch-id", default=f"BATCH-{now}")
    starter.add_argument("--orders", type=int, default=200)
    for command in (worker, starter):
        command.add_argument("--payload-size-threshold", type=int, default=DEFAULT_THRESHOLD)
    return parser.parse_args()


if __name__ == "__main__":
    options = _options()
    run(options.command(options))
