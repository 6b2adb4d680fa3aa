import { UnreadableAnswer, numberAt, objectAt, textAt } from './decode';
import type { Json } from './decode';
import { EVENT_READERS } from './event-readers';
import type { EventHead, FeishuEvent } from './event-types';

/** A decrypted, verified body as a typed event, or `undefined` when it has not the form of one. */
export function eventFrom(body: Json): FeishuEvent | undefined {
  const event = objectAt(body, 'event');
  if (event === undefined) return undefined;
  const header = objectAt(body, 'header');
  const eventId = textAt(header, 'event_id') ?? textAt(body, 'uuid');
  const name = textAt(header, 'event_type') ?? textAt(event, 'type');
  if (eventId === undefined || name === undefined) return undefined;
  const head: EventHead = {
    eventId,
    eventType: name,
    body: event,
    tenantKey: textAt(header, 'tenant_key') ?? textAt(event, 'tenant_key'),
    appId: textAt(header, 'app_id') ?? textAt(event, 'app_id'),
    createdAtMs: createdAt(header, body),
  };
  // Own keys only: an event named like a property of every object must not find a function.
  const read = Object.hasOwn(EVENT_READERS, name) ? EVENT_READERS[name] : undefined;
  try {
    return { ...head, ...(read === undefined ? { type: 'other' } : read(event)) };
  } catch (error) {
    // Without the ids it is about, an event cannot be acted on; the nightly run makes up for it.
    if (error instanceof UnreadableAnswer) return undefined;
    throw error;
  }
}

/** Milliseconds in events, microseconds in clicks, seconds with a fraction in v1. */
function createdAt(header: Json | undefined, body: Json): number | undefined {
  const time = numberAt(header, 'create_time');
  if (time !== undefined) return time > 1e14 ? Math.floor(time / 1_000) : time;
  const seconds = numberAt(body, 'ts');
  return seconds === undefined ? undefined : Math.floor(seconds * 1_000);
}
