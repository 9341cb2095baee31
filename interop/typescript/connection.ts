// Address and data converter, set up from the environment that `interop/run` passes on.

import { S3Client } from '@aws-sdk/client-s3';
import { ExternalStorage } from '@temporalio/common';
import type { DataConverter } from '@temporalio/common';
import { S3StorageDriver } from '@temporalio/external-storage-s3';
import { AwsSdkS3StorageDriverClient } from '@temporalio/external-storage-s3-aws-sdk';
import { GzipPayloadCodec } from './gzip_codec.ts';

export const address = required('TEMPORAL_ADDRESS');
export const namespace = process.env.TEMPORAL_NAMESPACE ?? 'default';

/** Compresses payloads and stores those of at least a number of bytes in S3. */
export function dataConverter(payloadSizeThreshold: number | undefined): DataConverter {
  const s3 = new S3Client({ endpoint: required('S3_ENDPOINT'), forcePathStyle: true });
  const driver = new S3StorageDriver({
    client: new AwsSdkS3StorageDriverClient(s3),
    bucket: required('S3_BUCKET'),
  });
  return {
    payloadCodecs: [new GzipPayloadCodec()],
    externalStorage: new ExternalStorage({ drivers: [driver], payloadSizeThreshold }),
  };
}

function required(name: string): string {
  const value = process.env[name];
  if (!value) {
    throw new Error(`${name} is not set`);
  }
  return value;
}
