// Address and data converter, set up from the environment that `interop/run` passes on. The storage is
// S3, or with INTEROP_STORAGE=gcs Google Cloud Storage.

import { S3Client } from '@aws-sdk/client-s3';
import { ExternalStorage } from '@temporalio/common';
import type { DataConverter } from '@temporalio/common';
import { S3StorageDriver } from '@temporalio/external-storage-s3';
import { AwsSdkS3StorageDriverClient } from '@temporalio/external-storage-s3-aws-sdk';
import { GcsStorageDriver } from '@temporalio/external-storage-gcs';
import type { GcsStorageDriverClient } from '@temporalio/external-storage-gcs';
import { GzipPayloadCodec } from './gzip_codec.ts';

export const address = required('TEMPORAL_ADDRESS');
export const namespace = process.env.TEMPORAL_NAMESPACE ?? 'default';

/** Compresses payloads and stores those of at least a number of bytes. */
export function dataConverter(payloadSizeThreshold: number | undefined): DataConverter {
  const driver = process.env.INTEROP_STORAGE === 'gcs' ? gcsDriver() : s3Driver();
  return {
    payloadCodecs: [new GzipPayloadCodec()],
    externalStorage: new ExternalStorage({ drivers: [driver], payloadSizeThreshold }),
  };
}

function s3Driver(): S3StorageDriver {
  const s3 = new S3Client({ endpoint: required('S3_ENDPOINT'), forcePathStyle: true });
  return new S3StorageDriver({
    client: new AwsSdkS3StorageDriverClient(s3),
    bucket: required('S3_BUCKET'),
  });
}

/** The package has a driver, but no client. */
function gcsDriver(): GcsStorageDriver {
  const endpoint = required('STORAGE_EMULATOR_HOST');
  const client: GcsStorageDriverClient = {
    async save(bucket, object, data, options) {
      const name = encodeURIComponent(object);
      await request(`${endpoint}/upload/storage/v1/b/${bucket}/o?uploadType=media&name=${name}`, {
        method: 'POST',
        body: data,
        signal: options?.abortSignal,
      });
    },
    async download(bucket, object, options) {
      const response = await request(
        `${endpoint}/storage/v1/b/${bucket}/o/${encodeURIComponent(object)}?alt=media`,
        { signal: options?.abortSignal },
      );
      return new Uint8Array(await response.arrayBuffer());
    },
  };
  return new GcsStorageDriver({ client, bucket: required('GCS_BUCKET') });
}

async function request(url: string, init: RequestInit): Promise<Response> {
  const response = await fetch(url, init);
  if (!response.ok) {
    throw new Error(`${response.status} ${await response.text()}`);
  }
  return response;
}

function required(name: string): string {
  const value = process.env[name];
  if (!value) {
    throw new Error(`${name} is not set`);
  }
  return value;
}
