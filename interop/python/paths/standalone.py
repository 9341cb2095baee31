"""Activities that no workflow calls."""

from datetime import timedelta

from paths.cargo import Cargo
from paths.workflows import Step
from temporalio.client import ActivityFailureError, Client
from temporalio.common import RetryPolicy

TIMEOUT = timedelta(minutes=1)
AT_ONCE = RetryPolicy(initial_interval=timedelta(milliseconds=1))


async def activities(client: Client, task_queue: str, run: str) -> None:
    result = await client.execute_activity(
        "every_path_exchange",
        Cargo.of(run, "standalone-activity-input"),
        id=f"every-path-{run}-activity",
        task_queue=task_queue,
        result_type=Cargo,
        start_to_close_timeout=TIMEOUT,
    )
    result.expect("standalone-activity-result")
    await client.execute_activity(
        "every_path_heartbeat",
        Step(run, "standalone-heartbeat-details"),
        id=f"every-path-{run}-heartbeat-activity",
        task_queue=task_queue,
        start_to_close_timeout=TIMEOUT,
        retry_policy=AT_ONCE,
    )
    await _failing(client, task_queue, run)


async def _failing(client: Client, task_queue: str, run: str) -> None:
    path = "standalone-failure-details"
    try:
        await client.execute_activity(
            "every_path_fail",
            Step(run, path),
            id=f"every-path-{run}-failing-activity",
            task_queue=task_queue,
            start_to_close_timeout=TIMEOUT,
        )
    except ActivityFailureError as failure:
        Cargo(**failure.cause.details[0]).expect(path)
    else:
        raise AssertionError(f"{path}: the activity did not fail")
