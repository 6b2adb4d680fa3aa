import protobuf from 'protobufjs';

/** One frame of the long connection. `method` 0 = control (ping, pong), 1 = data (event, card). */
export interface Frame {
  SeqID: number;
  LogID: number;
  service: number;
  method: number;
  headers: { key: string; value: string }[];
  payload: Uint8Array;
}

export const CONTROL = 0;
export const DATA = 1;

const schema = protobuf
  .parse(
    `
  syntax = "proto2";
  package pbbp2;
  message Header { required string key = 1; required string value = 2; }
  message Frame {
    required uint64 SeqID = 1;
    required uint64 LogID = 2;
    required int32 service = 3;
    required int32 method = 4;
    repeated Header headers = 5;
    optional string payload_encoding = 6;
    optional string payload_type = 7;
    optional bytes payload = 8;
    optional string LogIDNew = 9;
  }
`,
    { keepCase: true },
  )
  .root.lookupType('pbbp2.Frame');

/** Bytes for the wire. */
export function encodeFrame(frame: Frame): Uint8Array {
  return schema.encode(schema.create(frame)).finish();
}

/** Reads one frame. Throws on bytes that are no frame. */
export function decodeFrame(bytes: Uint8Array): Frame {
  return schema.toObject(schema.decode(bytes), {
    longs: Number,
    bytes: Buffer,
    arrays: true,
    defaults: true,
  }) as Frame;
}

/** The value of a header, or an empty string. */
export function headerOf(frame: Frame, key: string): string {
  return frame.headers.find((header) => header.key === key)?.value ?? '';
}
