"""The activities and the Nexus service of `every_path.py`, which describes them."""

import nexusrpc.handler
from paths.cargo import Cargo
from paths.workflows import EveryPathExchangeWorkflow, EveryPathService, Step
from nexusrpc.handler import StartOperationContext
from temporalio import activity, nexus
from temporalio.exceptions import ApplicationError


@activity.defn
def every_path_exchange(cargo: Cargo) -> Cargo:
    return cargo.to_result()


@activity.defn
def every_path_heartbeat(step: Step) -> None:
    if activity.info().attempt == 1:
        activity.heartbeat(Cargo.of(step.run, step.path))
        raise ApplicationError("The next attempt reads the details")
    (details,) = activity.info().heartbeat_details
    Cargo(**details).expect(step.path)


@activity.defn
def every_path_fail(step: Step) -> None:
    raise ApplicationError("On purpose", Cargo.of(step.run, step.path), non_retryable=True)


@activity.defn
def every_path_async(step: Step) -> Cargo:
    activity.raise_complete_async()


@nexusrpc.handler.service_handler(service=EveryPathService)
class EveryPathServiceHandler:
    @nexusrpc.handler.sync_operation
    async def exchange(self, context: StartOperationContext, cargo: Cargo) -> Cargo:
        return cargo.to_result()

    @nexus.workflow_run_operation
    async def run(
        self, context: nexus.WorkflowRunOperationContext, cargo: Cargo
    ) -> nexus.WorkflowHandle[Cargo]:
        return await context.start_workflow(
            EveryPathExchangeWorkflow.run, cargo, id=f"every-path-{cargo.run}-nexus"
        )


ACTIVITIES = [every_path_exchange, every_path_heartbeat, every_path_fail, every_path_async]
