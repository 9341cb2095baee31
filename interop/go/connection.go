package main

import (
	"context"
	"log/slog"
	"os"

	"github.com/aws/aws-sdk-go-v2/config"
	"github.com/aws/aws-sdk-go-v2/service/s3"
	"go.temporal.io/sdk/client"
	"go.temporal.io/sdk/contrib/aws/s3driver"
	"go.temporal.io/sdk/contrib/aws/s3driver/awssdkv2"
	"go.temporal.io/sdk/converter"
	"go.temporal.io/sdk/log"
	"go.temporal.io/sdk/temporal"
)

// connect returns a client that is set up from the environment that interop/run passes on. It
// compresses payloads and stores those of at least threshold bytes in S3.
func connect(ctx context.Context, threshold int) (client.Client, error) {
	aws, err := config.LoadDefaultConfig(ctx)
	if err != nil {
		return nil, err
	}
	endpoint := os.Getenv("S3_ENDPOINT")
	driver, err := s3driver.NewDriver(s3driver.Options{
		Client: awssdkv2.NewClient(s3.NewFromConfig(aws, func(options *s3.Options) {
			options.BaseEndpoint = &endpoint
			options.UsePathStyle = true
		})),
		Bucket: s3driver.StaticBucket(os.Getenv("S3_BUCKET")),
	})
	if err != nil {
		return nil, err
	}
	dataConverter := converter.NewCodecDataConverter(converter.GetDefaultDataConverter(), gzipPayloadCodec{})
	return client.Dial(client.Options{
		// The default one writes to stdout, which is for results.
		Logger:        log.NewStructuredLogger(slog.New(slog.NewTextHandler(os.Stderr, nil))),
		HostPort:      os.Getenv("TEMPORAL_ADDRESS"),
		Namespace:     os.Getenv("TEMPORAL_NAMESPACE"),
		DataConverter: dataConverter,
		// The default one doesn't use the data converter, so it can't decode the details of failures.
		FailureConverter: temporal.NewDefaultFailureConverter(
			temporal.DefaultFailureConverterOptions{DataConverter: dataConverter}),
		ExternalStorage: converter.ExternalStorage{
			Drivers:              []converter.StorageDriver{driver},
			PayloadSizeThreshold: threshold,
		},
	})
}
