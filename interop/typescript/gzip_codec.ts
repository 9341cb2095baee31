// The payload codec of the fulfillment example: `binary/gzip`.

import { gunzipSync, gzipSync } from 'node:zlib';
import type { Payload, PayloadCodec } from '@temporalio/common';
import proto from '@temporalio/proto';

const { Payload: PayloadMessage } = proto.temporal.api.common.v1;
const ENCODING = 'binary/gzip';

/** The serialized payload, compressed, as the data of a new payload. */
export class GzipPayloadCodec implements PayloadCodec {
  async encode(payloads: Payload[]): Promise<Payload[]> {
    return payloads.map((payload) => ({
      metadata: { encoding: Buffer.from(ENCODING) },
      data: gzipSync(PayloadMessage.encode(payload).finish()),
    }));
  }

  async decode(payloads: Payload[]): Promise<Payload[]> {
    return payloads.map((payload) =>
      isCompressed(payload) ? PayloadMessage.decode(gunzipSync(payload.data!)) : payload,
    );
  }
}

function isCompressed(payload: Payload): boolean {
  return Buffer.from(payload.metadata?.encoding ?? []).toString() === ENCODING;
}
