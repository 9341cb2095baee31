"""The other ways to start a workflow, and one to end it."""

from paths.cargo import Cargo
from paths.waiting import eventually
from paths.workflows import EveryPathExchangeWorkflow, EveryPathReceiverWorkflow
from temporalio.client import (
    Client,
    Schedule,
    ScheduleActionStartWorkflow,
    ScheduleHandle,
    ScheduleSpec,
    WithStartWorkflowOperation,
)
from temporalio.common import WorkflowIDConflictPolicy


async def signal_with_start(client: Client, task_queue: str, run: str) -> None:
    handle = await client.start_workflow(
        EveryPathReceiverWorkflow.run,
        Cargo.of(run, "signal-with-start-input"),
        id=f"every-path-{run}-receiver",
        task_queue=task_queue,
        start_signal="deliver",
        start_signal_args=[Cargo.of(run, "signal-with-start")],
    )
    (await handle.result()).expect("signal-with-start-result")


async def update_with_start_and_terminate(client: Client, task_queue: str, run: str) -> None:
    start = WithStartWorkflowOperation(
        EveryPathReceiverWorkflow.run,
        Cargo.of(run, "terminated-input"),
        id=f"every-path-{run}-terminated",
        task_queue=task_queue,
        id_conflict_policy=WorkflowIDConflictPolicy.FAIL,
    )
    result = await client.execute_update_with_start_workflow(
        EveryPathReceiverWorkflow.exchange,
        Cargo.of(run, "update-with-start-input"),
        start_workflow_operation=start,
    )
    result.expect("update-with-start-result")
    await (await start.workflow_handle()).terminate(Cargo.of(run, "terminate-details"))


async def schedule(client: Client, task_queue: str, run: str) -> None:
    action = ScheduleActionStartWorkflow(
        EveryPathExchangeWorkflow.run,
        Cargo.of(run, "schedule-input"),
        id=f"every-path-{run}-scheduled",
        task_queue=task_queue,
        memo={"cargo": Cargo.of(run, "schedule-action-memo")},
    )
    handle = await client.create_schedule(
        f"every-path-{run}",
        Schedule(action=action, spec=ScheduleSpec()),
        trigger_immediately=True,
    )
    await eventually(lambda: _has_acted(handle))
    description = await handle.describe()
    (begun,) = description.info.recent_actions
    scheduled = client.get_workflow_handle(begun.action.workflow_id, result_type=Cargo)
    (await scheduled.result()).expect("schedule-result")
    memo = await (await scheduled.describe()).memo_value("cargo", type_hint=Cargo)
    memo.expect("schedule-action-memo")


async def _has_acted(handle: ScheduleHandle) -> bool:
    return bool((await handle.describe()).info.recent_actions)
