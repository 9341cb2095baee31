// The Go side of the fulfillment example.
//
// "worker" prints READY when it runs and ends on SIGTERM; "starter" runs one batch and prints one
// line of JSON: {"workflow_id", "run_id", "summary"}.
package main

import (
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"log"
	"os"
	"time"

	"go.temporal.io/sdk/activity"
	"go.temporal.io/sdk/client"
	"go.temporal.io/sdk/worker"
	"go.temporal.io/sdk/workflow"
)

var (
	now            = time.Now().Format("20060102-150405")
	flags          = flag.NewFlagSet("worker|starter", flag.ExitOnError)
	taskQueue      = flags.String("task-queue", "external-storage-task-queue", "")
	threshold      = flags.Int("payload-size-threshold", 256*1024, "in bytes")
	activitiesOnly = flags.Bool("activities-only", false, "leave workflows to another language")
	workflowID     = flags.String("workflow-id", "external-storage-"+now, "")
	batchID        = flags.String("batch-id", "BATCH-"+now, "")
	orders         = flags.Int("orders", 200, "")
)

func main() {
	commands := map[string]func(context.Context, client.Client) error{"worker": work, "starter": start}
	if len(os.Args) < 2 || commands[os.Args[1]] == nil {
		log.Fatal("the first argument must be worker or starter")
	}
	_ = flags.Parse(os.Args[2:])
	ctx := context.Background()
	temporal, err := connect(ctx, *threshold)
	if err != nil {
		log.Fatal(err)
	}
	if err := commands[os.Args[1]](ctx, temporal); err != nil {
		log.Fatal(err)
	}
	temporal.Close()
}

func work(_ context.Context, temporal client.Client) error {
	w := worker.New(temporal, *taskQueue, worker.Options{
		// One at a time, so that every worker of a fleet gets its share soon.
		MaxConcurrentActivityExecutionSize: 1,
		// Otherwise a worker runs the activities of its workflows itself.
		DisableEagerActivities: true,
	})
	if !*activitiesOnly {
		w.RegisterWorkflowWithOptions(processOrderBatch, workflow.RegisterOptions{Name: "ProcessOrderBatchWorkflow"})
	}
	w.RegisterActivityWithOptions(fetchOrders, activity.RegisterOptions{Name: "fetch_orders"})
	w.RegisterActivityWithOptions(processOrders, activity.RegisterOptions{Name: "process_orders"})
	if err := w.Start(); err != nil {
		return err
	}
	defer w.Stop()
	fmt.Println("READY")
	<-worker.InterruptCh()
	return nil
}

func start(ctx context.Context, temporal client.Client) error {
	options := client.StartWorkflowOptions{ID: *workflowID, TaskQueue: *taskQueue}
	request := OrderBatchRequest{BatchID: *batchID, OrderCount: *orders}
	run, err := temporal.ExecuteWorkflow(ctx, options, "ProcessOrderBatchWorkflow", request)
	if err != nil {
		return err
	}
	var summary BatchSummary
	if err := run.Get(ctx, &summary); err != nil {
		return err
	}
	return json.NewEncoder(os.Stdout).Encode(map[string]any{
		"workflow_id": run.GetID(),
		"run_id":      run.GetRunID(),
		"summary":     summary,
	})
}
