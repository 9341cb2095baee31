"""What a client sends to a running workflow."""

from paths.cargo import Cargo
from paths.everything import EveryPathWorkflow
from paths.waiting import eventually
from paths.workflows import Step
from temporalio.api.enums.v1 import PendingActivityState
from temporalio.client import Client, WorkflowHandle, WorkflowUpdateFailedError


async def call(client: Client, task_queue: str, run: str) -> None:
    handle = await client.start_workflow(
        EveryPathWorkflow.run,
        Cargo.of(run, "workflow-input"),
        id=f"every-path-{run}",
        task_queue=task_queue,
        memo={"cargo": Cargo.of(run, "start-memo")},
    )
    await _activity(client, handle, run)
    await eventually(lambda: handle.query(EveryPathWorkflow.ready))
    await handle.signal(EveryPathWorkflow.deliver, Cargo.of(run, "signal"))
    result = await handle.query(EveryPathWorkflow.ask, Cargo.of(run, "query-input"))
    result.expect("query-result")
    await _updates(handle, run)
    await _memo(handle)
    await handle.signal(EveryPathWorkflow.release)
    (await handle.result()).expect("workflow-result")


async def _activity(client: Client, handle: WorkflowHandle, run: str) -> None:
    found: list[str] = []

    async def started() -> bool:
        pending = (await handle.describe()).raw_description.pending_activities
        found[:] = (
            activity.activity_id
            for activity in pending
            if activity.activity_type.name == "every_path_async"
            and activity.state == PendingActivityState.PENDING_ACTIVITY_STATE_STARTED
        )
        return bool(found)

    await eventually(started)
    activity = client.get_async_activity_handle(
        workflow_id=handle.id, run_id=handle.first_execution_run_id, activity_id=found[0]
    )
    await activity.heartbeat(Cargo.of(run, "async-heartbeat-details"))
    await activity.complete(Cargo.of(run, "async-activity-result"))


async def _updates(handle: WorkflowHandle, run: str) -> None:
    result = await handle.execute_update(EveryPathWorkflow.exchange, Cargo.of(run, "update-input"))
    result.expect("update-result")
    path = "update-failure-details"
    try:
        await handle.execute_update(EveryPathWorkflow.fail, Step(run, path))
    except WorkflowUpdateFailedError as failure:
        Cargo(**failure.cause.details[0]).expect(path)
    else:
        raise AssertionError(f"{path}: the update did not fail")


async def _memo(handle: WorkflowHandle) -> None:
    description = await handle.describe()
    for key, path in {"cargo": "start-memo", "upserted": "upsert-memo"}.items():
        (await description.memo_value(key, type_hint=Cargo)).expect(path)
