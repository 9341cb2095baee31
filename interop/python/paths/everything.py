"""The main workflow of `every_path.py`. It calls activities by name, as another language's worker
may serve them."""

from datetime import timedelta
from typing import Awaitable, Optional

from paths.cargo import Cargo
from paths.workflows import (
    EveryPathFailingWorkflow,
    EveryPathReceiverWorkflow,
    EveryPathService,
    Step,
)
from temporalio import workflow
from temporalio.common import RetryPolicy
from temporalio.exceptions import ApplicationError, FailureError

TIMEOUT = timedelta(minutes=1)
AT_ONCE = RetryPolicy(initial_interval=timedelta(milliseconds=1))


@workflow.defn
class EveryPathWorkflow:
    """Uses every path that begins in a workflow, waits for the signal `release`, continues as new
    and returns."""

    def __init__(self) -> None:
        self._delivered: Optional[Cargo] = None
        self._ready = False
        self._released = False

    @workflow.signal
    def deliver(self, cargo: Cargo) -> None:
        self._delivered = cargo

    @workflow.signal
    def release(self) -> None:
        self._released = True

    @workflow.query
    def ask(self, cargo: Cargo) -> Cargo:
        return cargo.to_result()

    @workflow.query
    def ready(self) -> bool:
        """Whether only the client's paths are left."""
        return self._ready

    @workflow.update
    def exchange(self, cargo: Cargo) -> Cargo:
        return cargo.to_result()

    @workflow.update
    def fail(self, step: Step) -> None:
        raise ApplicationError("On purpose", Cargo.of(step.run, step.path))

    @workflow.run
    async def run(self, cargo: Cargo) -> Cargo:
        if cargo.path == "continue-as-new-input":
            cargo.expect("continue-as-new-input")
            return cargo.to("workflow-result")
        cargo.expect("workflow-input")
        await self._activities(cargo)
        await self._children(cargo)
        await self._nexus(cargo)
        self._memo(cargo)
        self._ready = True
        await workflow.wait_condition(lambda: self._released and self._delivered)
        self._delivered.expect("signal")
        workflow.continue_as_new(cargo.to("continue-as-new-input"))

    async def _activities(self, cargo: Cargo) -> None:
        result = await workflow.execute_activity(
            "every_path_exchange",
            cargo.to("activity-input"),
            result_type=Cargo,
            start_to_close_timeout=TIMEOUT,
        )
        result.expect("activity-result")
        result = await workflow.execute_local_activity(
            "every_path_exchange",
            cargo.to("local-activity-input"),
            result_type=Cargo,
            start_to_close_timeout=TIMEOUT,
        )
        result.expect("local-activity-result")
        await workflow.execute_activity(
            "every_path_heartbeat",
            Step(cargo.run, "heartbeat-details"),
            start_to_close_timeout=TIMEOUT,
            retry_policy=AT_ONCE,
        )
        await _expect_failure(
            cargo,
            "activity-failure-details",
            workflow.execute_activity(
                "every_path_fail",
                Step(cargo.run, "activity-failure-details"),
                start_to_close_timeout=TIMEOUT,
            ),
        )
        result = await workflow.execute_activity(
            "every_path_async",
            Step(cargo.run, "async-activity-result"),
            result_type=Cargo,
            start_to_close_timeout=TIMEOUT,
        )
        result.expect("async-activity-result")

    async def _children(self, cargo: Cargo) -> None:
        child = await workflow.start_child_workflow(
            EveryPathReceiverWorkflow.run,
            cargo.to("child-input"),
            id=f"every-path-{cargo.run}-child",
            memo={"cargo": cargo.to("child-memo")},
        )
        await child.signal(EveryPathReceiverWorkflow.deliver, cargo.to("external-signal"))
        (await child).expect("child-result")
        await _expect_failure(
            cargo,
            "workflow-failure-details",
            workflow.execute_child_workflow(
                EveryPathFailingWorkflow.run,
                Step(cargo.run, "workflow-failure-details"),
                id=f"every-path-{cargo.run}-failing",
            ),
        )

    async def _nexus(self, cargo: Cargo) -> None:
        client = workflow.create_nexus_client(
            service=EveryPathService, endpoint=workflow.info().task_queue
        )
        result = await client.execute_operation(
            EveryPathService.exchange, cargo.to("nexus-input")
        )
        result.expect("nexus-result")
        result = await client.execute_operation(
            EveryPathService.run, cargo.to("nexus-workflow-input")
        )
        result.expect("nexus-workflow-result")

    def _memo(self, cargo: Cargo) -> None:
        workflow.memo_value("cargo", type_hint=Cargo).expect("start-memo")
        workflow.upsert_memo({"upserted": cargo.to("upsert-memo")})


async def _expect_failure(cargo: Cargo, path: str, call: Awaitable[object]) -> None:
    try:
        await call
    except FailureError as failure:
        Cargo(**failure.cause.details[0]).expect(path)
    else:
        raise ApplicationError(f"{path} did not fail", non_retryable=True)
