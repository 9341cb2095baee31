"""The Nexus endpoint through which the workflow calls its own worker."""

from temporalio.api.nexus.v1 import EndpointSpec, EndpointTarget
from temporalio.api.operatorservice.v1 import CreateNexusEndpointRequest
from temporalio.client import Client
from temporalio.service import RPCError, RPCStatusCode


async def make_endpoint(client: Client, task_queue: str) -> None:
    worker = EndpointTarget.Worker(namespace=client.namespace, task_queue=task_queue)
    spec = EndpointSpec(name=task_queue, target=EndpointTarget(worker=worker))
    try:
        await client.operator_service.create_nexus_endpoint(CreateNexusEndpointRequest(spec=spec))
    except RPCError as error:
        if error.status != RPCStatusCode.ALREADY_EXISTS:
            raise
