import { z } from 'zod';
import { isNonsenseLink, LINK_FAULTS, linkFault, withoutBadLink } from './links';
import { withStatus } from './status';
import { ACTOR_TYPES, EVENT_TYPES, PRIORITIES, STATUS_TYPES } from './vocabulary';

export * from './vocabulary';

/** Longest texts kept, in UTF-16 units. Longer text is cut, never refused: a long ticket must still remind. */
export const EXCERPT_LIMITS = { title: 500, excerpt: 2000, label: 500, value: 2000 } as const;

const MOST_FIELDS = 500;

/** Half a character would be the same as any other half once it is stored; `.` and `..` are no ids in a path. */
const id = z
  .string()
  .min(1)
  .max(200)
  .refine(
    (text) => !/\p{Cs}/u.test(text) && !/^\.{1,2}$/.test(text),
    'must be well-formed text, and not only dots',
  );

/** Cuts without leaving half a surrogate pair, which neither BSON nor Feishu would carry. */
function cut(text: string, limit: number): string {
  if (text.length <= limit) return text;
  const last = text.charCodeAt(limit - 1);
  return text.slice(0, last >= 0xd800 && last <= 0xdbff ? limit - 1 : limit);
}

const shortened = (limit: number): z.ZodString => z.string().overwrite((text) => cut(text, limit));
const label = shortened(EXCERPT_LIMITS.label);
const excerpt = shortened(EXCERPT_LIMITS.excerpt);

/** RFC 3339 with a zone, kept as UTC with milliseconds, so that texts of two times compare like the times. */
const time = z.iso
  .datetime({ offset: true, error: 'must be an RFC 3339 time with a zone, such as 2026-07-20T10:00:00Z' })
  .overwrite((text) => {
    // Also runs on a text that was just refused, which must stay as it is.
    const at = Date.parse(text);
    return Number.isNaN(at) ? text : new Date(at).toISOString();
  });

const scalar = z.union([shortened(EXCERPT_LIMITS.value), z.number(), z.boolean(), z.null()]);
const fieldValue = z.union([scalar, z.array(scalar).max(200)], {
  error: 'must be text, a number, a boolean, null, or a list of these',
});
export type FieldValue = z.output<typeof fieldValue>;

/**
 * Sources send a missing list as nothing, null or []: all three are an empty list here. The outer default makes
 * the published schema say "optional".
 */
const list = <T extends z.ZodType>(item: T, limit: number) =>
  z.preprocess((value) => value ?? [], z.array(item).max(limit)).default([]);

/** A ticket with very many fields must still remind. */
function keptFields(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value ?? {};
  return Object.fromEntries(
    Object.entries(value)
      .filter(([name]) => name.length <= 200)
      .slice(0, MOST_FIELDS),
  );
}

/** Status codes are numbers in some ticket systems and texts in others; they are text here. */
const statusCode = z
  .preprocess((value) => (typeof value === 'number' ? String(value) : value), z.string().max(200).nullable())
  .optional();

/** Compared as whole numbers when both are, so a text of digits may be longer than a safe integer. */
const version = z.union([z.number(), z.string().regex(/^\d{1,40}$/, 'must be a number or a text of digits')]);

const customer = z.object({
  id: id.nullish(),
  name: label.nullish(),
  vip: z.boolean().nullish(),
  organization: label.nullish(),
});

const person = z.object({ id: id.nullish(), type: z.enum(ACTOR_TYPES).nullish(), name: label.nullish() });

const ticketFields = z.object({
  id,
  /** The number shown to people. */
  code: label.nullish(),
  version: version.nullish(),
  title: shortened(EXCERPT_LIMITS.title).nullish(),
  contentExcerpt: excerpt.nullish(),
  statusCode,
  statusType: z.enum(STATUS_TYPES).nullish(),
  statusName: label.nullish(),
  priority: z.enum(PRIORITIES).nullish(),
  /** From the root to the leaf, joined with "/". */
  categoryPath: label.nullish(),
  source: label.nullish(),
  createdAt: time.nullish(),
  updatedAt: time.nullish(),
  firstResponseDueAt: time.nullish(),
  dueAt: time.nullish(),
  closedAt: time.nullish(),
  creator: person.nullish(),
  customer: customer.nullish(),
  assigneeId: id.nullish(),
  assigneeName: label.nullish(),
  previousAssigneeId: id.nullish(),
  groupId: id.nullish(),
  groupName: label.nullish(),
  followerIds: list(id, 1000),
  ccAgentIds: list(id, 1000),
  tags: list(label, 200),
  /** Of more than 500 the first 500 are kept; one with a name of more than 200 characters is left out. */
  customFields: z.preprocess(keptFields, z.record(z.string().max(200), fieldValue)).default({}),
  reopenCount: z.number().int().min(0).nullish(),
  urgeCount: z.number().int().min(0).nullish(),
  rating: z.object({ score: z.number(), remark: excerpt.nullish() }).nullish(),
  /** An http(s) address of at most 2,000 characters; a longer one is left out. */
  url: z.string().nullish(),
  /** Ours: why the ticket has no link although its source sent one. */
  urlLeftOut: z.enum(LINK_FAULTS).nullish(),
});
/** The ticket as it stood after the event. Only `id` is required; null and absent both mean "none". */
export const ticketSchema = ticketFields.overwrite(withoutBadLink);
export type Ticket = z.output<typeof ticketSchema>;

/** `field` is the ticket's own field name (`assigneeId`, `statusType`, `customFields.<key>`, …). */
const change = z.object({
  field: z.string().min(1).max(200),
  from: fieldValue.default(null),
  to: fieldValue.default(null),
});
export type TicketChange = z.output<typeof change>;

const reply = z.object({
  id: id.nullish(),
  /** false for an internal note. */
  public: z.boolean().nullish(),
  excerpt: excerpt.nullish(),
  attachments: list(
    z.object({ name: label.nullish(), url: z.string().nullish() }).overwrite((attachment) => ({
      ...attachment,
      ...(typeof attachment.url === 'string' && linkFault(attachment.url) === 'too-long'
        ? { url: null }
        : {}),
    })),
    100,
  ),
  mentionedAgentIds: list(id, 200),
});
export type TicketReply = z.output<typeof reply>;

const sla = z.object({
  /** `first_response`, `next_response` or `solution`; other metrics of a source pass. */
  metric: z.string().min(1).max(100),
  dueAt: time.nullish(),
  /** `running`, `warning` or `breached`; other states of a source pass. */
  state: z.string().max(100).nullish(),
});

const actor = z.object({
  type: z.enum(ACTOR_TYPES),
  /** Absent when the source knows only a name, or nobody acted. */
  id: id.nullish(),
  name: label.nullish(),
});
export type Actor = z.output<typeof actor>;

const ticketEventFields = z.object({
  /** Unique per docking: the same id twice is one event. At most 200 characters. */
  eventId: id,
  type: z.enum(EVENT_TYPES, { error: 'must be one of the documented event types, such as ticket.created' }),
  occurredAt: time,
  receivedAt: time.nullish(),
  /** Equal for all events that one action made: they share one card. */
  causeId: id.nullish(),
  actor: z.preprocess((value) => value ?? { type: 'system' }, actor).default({ type: 'system' }),
  ticket: ticketSchema,
  changes: list(change, 100),
  reply: reply.nullish(),
  sla: sla.nullish(),
  urge: z.object({ byAgentId: id.nullish(), remark: excerpt.nullish() }).nullish(),
  schemaVersion: z
    .literal(1, {
      error: ({ input }) =>
        `schemaVersion${typeof input === 'number' ? ` ${input}` : ''} is not supported; the supported one is 1`,
    })
    .default(1),
});
/**
 * One ticket event, as a ticket system sends it. Unknown extra fields are dropped; a field of the wrong kind is
 * refused, with its path. Where the status is left out, the type of the event tells it. Parsing an already parsed event changes nothing.
 */
export const ticketEventSchema = ticketEventFields.overwrite(withStatus);
export type TicketEvent = z.output<typeof ticketEventSchema>;
/** What a sender may write; see {@link ticketEventSchema} for what is optional. */
export type TicketEventInput = z.input<typeof ticketEventSchema>;

/** A refused field: `field` is its path, such as `changes[2].field`; the text never repeats the value sent. */
export interface FieldError {
  field: string;
  message: string;
}
export type ParsedTicketEvent = { ok: true; event: TicketEvent } | { ok: false; errors: FieldError[] };

const NO_LINK: FieldError = {
  field: 'ticket.url',
  message: 'must be an http(s) address, such as https://desk.example.com/tickets/12, or be left out',
};

/** Validates one event; on refusal names every bad field (at most 20). Never throws. */
export function parseTicketEvent(input: unknown): ParsedTicketEvent {
  const parsed = ticketEventSchema.safeParse(input);
  if (parsed.success && isNonsenseLink(input)) return { ok: false, errors: [NO_LINK] };
  if (parsed.success) return { ok: true, event: parsed.data };
  return {
    ok: false,
    errors: parsed.error.issues.slice(0, 20).map((issue) => ({
      field: pathText(issue.path),
      message: issue.message,
    })),
  };
}

function pathText(path: readonly PropertyKey[]): string {
  return path.reduce<string>((text, part) => {
    if (typeof part === 'number') return `${text}[${part}]`;
    return text === '' ? String(part) : `${text}.${String(part)}`;
  }, '');
}
