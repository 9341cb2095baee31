"""The workflows of `every_path.py` that use one path each, and what they share with the rest."""

from dataclasses import dataclass

import nexusrpc
from paths.cargo import Cargo
from temporalio import workflow
from temporalio.exceptions import ApplicationError


@dataclass(frozen=True)
class Step:
    """Names a cargo that the receiver has to create."""

    run: str
    path: str


@nexusrpc.service
class EveryPathService:
    exchange: nexusrpc.Operation[Cargo, Cargo]
    run: nexusrpc.Operation[Cargo, Cargo]


@workflow.defn
class EveryPathExchangeWorkflow:
    @workflow.run
    async def run(self, cargo: Cargo) -> Cargo:
        return cargo.to_result()


@workflow.defn
class EveryPathFailingWorkflow:
    @workflow.run
    async def run(self, step: Step) -> None:
        raise ApplicationError("On purpose", Cargo.of(step.run, step.path), non_retryable=True)


@workflow.defn
class EveryPathReceiverWorkflow:
    """Returns once a signal has arrived."""

    def __init__(self) -> None:
        self._delivered = False

    @workflow.signal
    def deliver(self, cargo: Cargo) -> None:
        cargo.expect(cargo.path)
        self._delivered = True

    @workflow.update
    def exchange(self, cargo: Cargo) -> Cargo:
        return cargo.to_result()

    @workflow.run
    async def run(self, cargo: Cargo) -> Cargo:
        await workflow.wait_condition(lambda: self._delivered)
        return cargo.to_result()


WORKFLOWS = [
    EveryPathReceiverWorkflow,
    EveryPathExchangeWorkflow,
    EveryPathFailingWorkflow,
]
