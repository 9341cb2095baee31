"""Sends 300 KiB along every path that a payload can take, and prints the keys of the objects.

`worker` serves, prints READY when it polls and ends on SIGTERM. `starter` goes every path, then
prints what `table` prints: JSON, from each path's name to {"stored", "keys", "history"}, the keys
with {run}, {run-id}, {hash} and {time} in place of values that change. Either side can be
another SDK's, as these are the names on the wire:

  task queue and Nexus endpoint   every-path-task-queue (or as given)
  workflows    EveryPathWorkflow(Cargo) -> Cargo, EveryPathReceiverWorkflow(Cargo) -> Cargo,
               EveryPathExchangeWorkflow(Cargo) -> Cargo, EveryPathFailingWorkflow(Step)
  signals      deliver(Cargo); release()
  queries      ask(Cargo) -> Cargo; ready() -> bool
  updates      exchange(Cargo) -> Cargo; fail(Step)
  activities   every_path_exchange(Cargo) -> Cargo, every_path_heartbeat(Step),
               every_path_fail(Step), every_path_async(Step) -> Cargo, completed by the starter
  Nexus        service EveryPathService, operations exchange, run(Cargo) -> Cargo
  memo         `cargo` from the starter, `upserted` from the workflow itself
  ids          every-path-{run} and, behind it: -child, -failing, -receiver, -terminated, -nexus,
               -scheduled, -activity, -failing-activity, -heartbeat-activity; the schedule has no
               suffix

Cargo is JSON {"run", "path", "filler"}, described in `paths/cargo.py`; Step is {"run", "path"}.
What takes a Cargo called X-input checks it and returns the one called X-result; what fails,
heartbeats or completes for a Step does so with the Cargo of its path as the details or result.

A schedule's own memo is left out: stored, it stops the schedule. Server 1.32 keeps it in the memo
of the workflow that runs the schedule, whose worker rejects references."""

import argparse
import json
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime

from connection import connect
from paths import calls, standalone, starts
from paths.endpoint import make_endpoint
from paths.everything import EveryPathWorkflow
from paths.handlers import ACTIVITIES, EveryPathServiceHandler
from paths.table import table
from paths.workflows import WORKFLOWS
from program import run
from serving import serve
from temporalio.worker import Worker

TASK_QUEUE = "every-path-task-queue"
THREADS = 4
PATHS = (
    calls.call,
    starts.signal_with_start,
    starts.update_with_start_and_terminate,
    starts.schedule,
    standalone.activities,
)


async def work(options: argparse.Namespace) -> None:
    with ThreadPoolExecutor(THREADS) as threads:
        async with connect() as client:
            worker = Worker(
                client,
                task_queue=options.task_queue,
                workflows=[EveryPathWorkflow, *WORKFLOWS],
                activities=ACTIVITIES,
                nexus_service_handlers=[EveryPathServiceHandler()],
                activity_executor=threads,
                max_concurrent_activities=THREADS,
            )
            await serve(client, worker)


async def start(options: argparse.Namespace) -> None:
    async with connect() as client:
        await make_endpoint(client, options.task_queue)
        for go in PATHS:
            await go(client, options.task_queue, options.run)
    await print_table(options)


async def print_table(options: argparse.Namespace) -> None:
    async with connect() as client:
        print(json.dumps(await table(client, options.run), indent=2, sort_keys=True), flush=True)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    commands = parser.add_subparsers(required=True)

    worker = commands.add_parser("worker")
    worker.set_defaults(command=work)
    worker.add_argument("--task-queue", default=TASK_QUEUE)

    starter = commands.add_parser("starter")
    starter.set_defaults(command=start)
    starter.add_argument("--task-queue", default=TASK_QUEUE)
    starter.add_argument("--run", default=f"{datetime.now():%Y%m%d-%H%M%S}")

    table = commands.add_parser("table")
    table.set_defaults(command=print_table)
    table.add_argument("--run", required=True, help="the starter's")
    return parser.parse_args()


if __name__ == "__main__":
    options = _options()
    run(options.command(options))
