/** Seals secrets at rest: AES-256-GCM, bound to the record and field they belong to. */
import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto';
import { InvalidMasterKey, SealBroken } from './errors';

/** Where a secret lives: a sealed value that was moved to another owner or field does not open. */
export interface SealContext {
  /** Docking id, or the key of a record that belongs to no docking. */
  owner: string;
  field: string;
}

export interface Sealer {
  seal(clear: string, context: SealContext): string;
  /** Fails with `SealBroken`. */
  open(sealed: string, context: SealContext): string;
  /** True when the value was not sealed with the first key: seal it again before the old key is retired. */
  isOutdated(sealed: string): boolean;
}

/** version (1 byte) · key id (4) · iv (12) · tag (16) · cipher text; as base64url. */
const VERSION = 1;
const KEY_ID_BYTES = 4;
const IV_BYTES = 12;
const TAG_BYTES = 16;
const KEY_BYTES = 32;
const HEADER_BYTES = 1 + KEY_ID_BYTES + IV_BYTES + TAG_BYTES;

/**
 * `masterKey` = 32 bytes in base64; several, separated by commas or as a list, while keys rotate: the first seals,
 * all open. Fails with `InvalidMasterKey`.
 */
export function createSealer(masterKey: string | readonly string[]): Sealer {
  const texts = (typeof masterKey === 'string' ? masterKey.split(',') : [...masterKey]).map((text) =>
    text.trim(),
  );
  const keys = texts.map(readKey);
  const [first] = keys;
  if (!first) throw unusable('is empty');
  const byId = new Map(keys.map((key) => [keyId(key).toString('hex'), key]));
  const firstId = keyId(first);

  return {
    seal(clear, context) {
      const iv = randomBytes(IV_BYTES);
      const cipher = createCipheriv('aes-256-gcm', first, iv, { authTagLength: TAG_BYTES });
      cipher.setAAD(additionalData(context));
      const body = Buffer.concat([cipher.update(clear, 'utf8'), cipher.final()]);
      return Buffer.concat([Buffer.of(VERSION), firstId, iv, cipher.getAuthTag(), body]).toString(
        'base64url',
      );
    },
    open(sealed, context) {
      const bytes = Buffer.from(sealed, 'base64url');
      if (bytes.length < HEADER_BYTES || bytes[0] !== VERSION)
        throw broken(context, 'it is not a sealed value');
      const [id, iv, tag] = split(bytes);
      const key = byId.get(id.toString('hex'));
      if (!key) throw broken(context, 'its key is not among those of DOCKING_MASTER_KEY');
      const decipher = createDecipheriv('aes-256-gcm', key, iv, { authTagLength: TAG_BYTES });
      decipher.setAAD(additionalData(context));
      decipher.setAuthTag(tag);
      try {
        return Buffer.concat([decipher.update(bytes.subarray(HEADER_BYTES)), decipher.final()]).toString(
          'utf8',
        );
      } catch {
        throw broken(context, 'it was changed or belongs elsewhere');
      }
    },
    isOutdated(sealed) {
      return !Buffer.from(sealed, 'base64url')
        .subarray(1, 1 + KEY_ID_BYTES)
        .equals(firstId);
    },
  };
}

function split(bytes: Buffer): [id: Buffer, iv: Buffer, tag: Buffer] {
  const ivFrom = 1 + KEY_ID_BYTES;
  const tagFrom = ivFrom + IV_BYTES;
  return [bytes.subarray(1, ivFrom), bytes.subarray(ivFrom, tagFrom), bytes.subarray(tagFrom, HEADER_BYTES)];
}

/** Says which key sealed a value and reveals nothing about it. */
const keyId = (key: Buffer): Buffer =>
  createHash('sha256').update('docking key id').update(key).digest().subarray(0, KEY_ID_BYTES);

const additionalData = ({ owner, field }: SealContext): Buffer =>
  Buffer.from(JSON.stringify([VERSION, owner, field]));

function readKey(text: string): Buffer {
  if (text === '') throw unusable('is empty');
  const key = Buffer.from(text, 'base64');
  // Node skips what is not base64; only the round trip shows that nothing was skipped.
  const exact =
    key.toString('base64').replace(/=+$/, '') ===
    text.replaceAll('-', '+').replaceAll('_', '/').replace(/=+$/, '');
  if (!exact) throw unusable('is not base64');
  if (key.length !== KEY_BYTES) throw unusable(`holds ${key.length} bytes instead of ${KEY_BYTES}`);
  return key;
}

const unusable = (what: string): InvalidMasterKey =>
  new InvalidMasterKey(
    `DOCKING_MASTER_KEY ${what}. It takes ${KEY_BYTES} random bytes in base64, such as "openssl rand -base64 32" prints; ` +
      'while keys rotate, several separated by commas, the new one first.',
  );

const broken = ({ field }: SealContext, why: string): SealBroken =>
  new SealBroken(`The sealed ${field} cannot be opened: ${why}.`);
