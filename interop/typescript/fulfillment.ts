// The TypeScript side of the fulfillment example.
//
// `worker` prints READY when it runs and ends on SIGTERM; `starter` runs one batch and prints one
// line of JSON: {"workflow_id", "run_id", "summary"}.

import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { Client, Connection } from '@temporalio/client';
import { NativeConnection, Worker } from '@temporalio/worker';
import * as activities from './activities.ts';
import { address, dataConverter, namespace } from './connection.ts';

const now = new Date().toISOString().replace(/\D/g, '').slice(0, 14);

const { positionals, values: options } = parseArgs({
  allowPositionals: true,
  options: {
    'task-queue': { type: 'string', default: 'external-storage-task-queue' },
    'payload-size-threshold': { type: 'string' },
    'activities-only': { type: 'boolean', default: false },
    'workflow-id': { type: 'string', default: `external-storage-${now}` },
    'batch-id': { type: 'string', default: `BATCH-${now}` },
    orders: { type: 'string', default: '200' },
  },
});

const taskQueue = options['task-queue'];
const threshold = options['payload-size-threshold'];
const converter = dataConverter(threshold === undefined ? undefined : Number(threshold));

async function work(): Promise<void> {
  const worker = await Worker.create({
    connection: await NativeConnection.connect({ address }),
    namespace,
    taskQueue,
    workflowsPath: options['activities-only']
      ? undefined
      : fileURLToPath(new URL('workflows.ts', import.meta.url)),
    activities,
    dataConverter: converter,
    // One at a time, so that every worker of a fleet gets its share soon.
    maxConcurrentActivityTaskExecutions: 1,
  });
  const running = worker.run();
  console.log('READY');
  await running;
}

async function start(): Promise<void> {
  const connection = await Connection.connect({ address });
  const client = new Client({ connection, namespace, dataConverter: converter });
  const handle = await client.workflow.start('ProcessOrderBatchWorkflow', {
    taskQueue,
    workflowId: options['workflow-id'],
    args: [{ batch_id: options['batch-id'], order_count: Number(options.orders) }],
  });
  const summary = await handle.result();
  console.log(
    JSON.stringify({ workflow_id: handle.workflowId, run_id: handle.firstExecutionRunId, summary }),
  );
  await connection.close();
}

const commands: Record<string, () => Promise<void>> = { worker: work, starter: start };
const command = commands[positionals[0]];
if (!command) {
  throw new Error(`The command must be one of ${Object.keys(commands)}, not ${positionals[0]}`);
}
await command();
