/**
 * The frames of the platform's long connection: protobuf package `pbbp2`, as the official SDKs carry it.
 * Ids of 64 bits are kept as text: a number of JavaScript would change them on the way back.
 */
import protobuf from 'protobufjs/light';

/** `method` of pings and pongs. */
export const CONTROL = 0;
/** `method` of events and card clicks. */
export const DATA = 1;

export interface Frame {
  readonly SeqID: string;
  readonly LogID: string;
  readonly service: number;
  readonly method: number;
  readonly headers: readonly { readonly key: string; readonly value: string }[];
  readonly payload_encoding?: string;
  readonly payload_type?: string;
  readonly payload?: Uint8Array;
  readonly LogIDNew?: string;
}

const schema = protobuf.Root.fromJSON({
  nested: {
    pbbp2: {
      nested: {
        Header: {
          fields: {
            key: { rule: 'required', type: 'string', id: 1 },
            value: { rule: 'required', type: 'string', id: 2 },
          },
        },
        Frame: {
          fields: {
            SeqID: { rule: 'required', type: 'uint64', id: 1 },
            LogID: { rule: 'required', type: 'uint64', id: 2 },
            service: { rule: 'required', type: 'int32', id: 3 },
            method: { rule: 'required', type: 'int32', id: 4 },
            headers: { rule: 'repeated', type: 'Header', id: 5 },
            payload_encoding: { type: 'string', id: 6 },
            payload_type: { type: 'string', id: 7 },
            payload: { type: 'bytes', id: 8 },
            LogIDNew: { type: 'string', id: 9 },
          },
        },
      },
    },
  },
}).lookupType('pbbp2.Frame');

export function encodeFrame(frame: Frame): Uint8Array {
  return schema.encode(schema.fromObject(frame)).finish();
}

/** Throws on bytes that are no frame. */
export function decodeFrame(bytes: Uint8Array): Frame {
  return schema.toObject(schema.decode(bytes), { longs: String, bytes: Buffer, arrays: true }) as Frame;
}

/** The value of a header, or an empty string. */
export function headerOf(frame: Frame, key: string): string {
  return frame.headers.find((header) => header.key === key)?.value ?? '';
}
