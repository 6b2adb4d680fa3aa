/** What a reminder rule is, as it is stored and exchanged. */
import { z } from 'zod';
import type { Scalar } from './event';
import { RESERVED_NAMES } from './path';

export const RECEIVER_ROLES = [
  'assignee',
  'previous-assignee',
  'group-members',
  'group-lead',
  'creator',
  'followers',
  'cc',
  'mentioned',
  'watchers',
  'agents',
  'fallback',
] as const;
export type ReceiverRole = (typeof RECEIVER_ROLES)[number];

/** Roles that the ticket itself does not name: `agentIds` says who they are. */
const NAMED_ROLES: readonly ReceiverRole[] = ['agents', 'watchers', 'group-lead', 'fallback'];

/** Upper bounds; a rule set beyond them is refused. */
export const LIMITS = {
  rules: 500,
  /** Groups inside groups, references followed. */
  depth: 8,
  /** Leaves and groups of one rule, references followed. */
  conditions: 200,
  receivers: 20,
  agentIds: 200,
  listValues: 200,
  textValue: 500,
  pattern: 200,
  /**
   * Steps that the patterns of all rules may take per character of a text, references followed: the sum of their RE2
   * programs, 20 to 30 for a few words to look for. The worst patterns take 0.07 ms per step and 2,000 characters.
   */
  patterns: 4000,
  faults: 100,
} as const;

export interface Leaf {
  /** A name of the catalogue of facts. */
  fact: string;
  operator: string;
  /** A literal, or another fact to compare with. Left out for operators that want none. */
  value?: Scalar | readonly Scalar[] | FactReference;
  /** Plain dotted; `{fact: "ticket", path: "$.priority"}` is `{fact: "ticket.priority"}`. */
  path?: string;
}
export interface FactReference {
  fact: string;
  path?: string;
}
/** `condition` stands for the conditions of another rule of the set, by its id. */
export type Group =
  { all: readonly Condition[] } | { any: readonly Condition[] } | { not: Condition } | { condition: string };
export type Condition = Group | Leaf;
/** The root is a group, as json-rules-engine has it. */
export type Conditions = Group;

/** No control characters and no half of a character, which neither the database nor the platform takes everywhere. */
const isReadable = (text: string): boolean => !/[\p{Cc}\p{Cs}]/u.test(text);

const id = z
  .string()
  .regex(/^[A-Za-z0-9][A-Za-z0-9._:-]{0,99}$/, 'must be 1 to 100 letters, digits, or . _ : -')
  .refine((text) => !RESERVED_NAMES.has(text), 'is a reserved name');
const agentIds = z.array(z.string().min(1).max(200)).min(1).max(LIMITS.agentIds);

export const receiverSchema = z
  .strictObject({
    role: z.enum(RECEIVER_ROLES, { error: `must be one of ${RECEIVER_ROLES.join(', ')}` }),
    /** For `agents` required; for `watchers`, `group-lead` and `fallback` who they are; elsewhere not allowed. */
    agentIds: agentIds.optional(),
  })
  .check(({ value, issues }) => {
    if (value.role === 'agents' && !value.agentIds) {
      issues.push({
        code: 'custom',
        input: value,
        path: ['agentIds'],
        message: 'is required for the role agents',
      });
    }
    if (value.agentIds && !NAMED_ROLES.includes(value.role)) {
      const message = `is not for the role ${value.role}: the ticket names them`;
      issues.push({ code: 'custom', input: value, path: ['agentIds'], message });
    }
  });
export type ReceiverSpec = z.output<typeof receiverSchema>;

const receivers = z.array(receiverSchema).min(1, 'must name at least one receiver').max(LIMITS.receivers);
const whole = (least: number, most: number): z.ZodNumber => z.number().int().min(least).max(most);
const WEEK_MINUTES = 7 * 24 * 60;
/** Optional, 1 minute to 7 days. */
const minutes = (means: string) => whole(1, WEEK_MINUTES).optional().describe(means);

/** The descriptions are what `docs/rules.md`, the catalogue and the OpenAPI document say. */
export const timingSchema = z
  .strictObject({
    card: z
      .enum(['new', 'update'])
      .optional()
      .describe(
        '`update` changes the last card of the same ticket and person in place, up to 13 days after it was sent, and nobody hears a new message; `new` asks for attention. Default `new`. Several rules that tell one person of one event must all be content with `update`. Without effect where one of them is urgent: what is urgent is always a new message.',
      ),
    coalesceSeconds: whole(0, 3600)
      .optional()
      .describe(
        'Further events of the same ticket and person go into the card that was sent at most so many seconds before, 0 to 3600, without a new message. Default 0: each is a card of its own. Of several rules the shortest time counts. Without effect where one of them is urgent, and needless with `card: "update"`.',
      ),
    repeatEveryMinutes: minutes(
      'Say it again this often, until somebody reacts or the ticket moves on. Default never.',
    ),
    repeatAtMost: whole(1, 50)
      .optional()
      .describe('Repeats at most, 1 to 50; needs `repeatEveryMinutes`. Default 3.'),
    escalateAfterMinutes: minutes('Nobody reacted for this long: tell `escalateTo`. Default never.'),
    unreadAfterMinutes: minutes('The card was not read for this long: tell `escalateTo`. Default never.'),
    escalateTo: receivers
      .optional()
      .describe('Who is told next, like `receivers`; needs one of the two times above it.'),
    warnBeforeMinutes: minutes('For `ticket.sla_warning`: so long before the due time. Default 15.'),
    quietHours: z
      .enum(['respect', 'ignore'])
      .optional()
      .describe(
        "`ignore` sends in a person's quiet hours too. Default: `respect` for routine rules, `ignore` for urgent ones.",
      ),
  })
  .check(({ value, issues }) => {
    const refuse = (path: string, message: string): void => {
      issues.push({ code: 'custom', input: value, path: [path], message });
    };
    if (value.repeatAtMost !== undefined && value.repeatEveryMinutes === undefined) {
      refuse('repeatAtMost', 'needs repeatEveryMinutes');
    }
    const escalates = value.escalateAfterMinutes !== undefined || value.unreadAfterMinutes !== undefined;
    if (escalates && !value.escalateTo) refuse('escalateTo', 'is required: who is told next?');
    if (value.escalateTo && !escalates) {
      refuse('escalateTo', 'needs escalateAfterMinutes or unreadAfterMinutes');
    }
  });
export type Timing = z.output<typeof timingSchema>;

export const TIMING_SETTINGS: readonly { name: string; describe: string }[] = Object.entries(
  timingSchema.shape,
).map(([name, { description }]) => ({ name, describe: description ?? '' }));

const words = z.string().trim().min(1).max(500);
/** Texts hold `{fact}` places, such as `{ticket.code}`; only facts of the catalogue. */
export const templateSchema = z.strictObject({
  title: z.strictObject({ en: words.optional(), zh: words.optional() }).optional(),
  text: z.strictObject({ en: words.optional(), zh: words.optional() }).optional(),
  /** Facts shown as fields of the card, in this order. */
  fields: z.array(z.string().min(1).max(220)).max(20).optional(),
});
export type Template = z.output<typeof templateSchema>;

/** A rule without its conditions, which have a check of their own, as have the names of the triggers. */
export const ruleEnvelope = z.strictObject({
  id: id.optional(),
  name: z.string().trim().min(1).max(200).refine(isReadable, 'has characters that nobody can read'),
  enabled: z.boolean().default(true),
  triggers: z.array(z.string()).min(1, 'must name at least one event type').max(100),
  receivers,
  urgency: z
    .enum(['routine', 'urgent'])
    .default('routine')
    .describe(
      '`urgent` passes quiet hours and digests and is always a message of its own: `timing.card` and `timing.coalesceSeconds` may be named and have no effect then, and `timing.quietHours` is `ignore` unless it says otherwise. Default `routine`.',
    ),
  template: templateSchema.optional(),
  timing: timingSchema.optional(),
});

/** For readers of the OpenAPI document; what is refused is decided by `validateReminders`, which knows the conditions too. */
export function ruleJsonSchema(): Record<string, unknown> {
  const {
    $schema: _draft,
    properties,
    required,
    ...envelope
  } = z.toJSONSchema(ruleEnvelope, { io: 'input' });
  const conditions = {
    type: 'object',
    description:
      'Groups `all`, `any`, `not`, `condition` and leaves `{fact, operator, value}`; the root is a group.',
  };
  return {
    ...envelope,
    properties: { ...properties, conditions },
    required: [...(required ?? []), 'conditions'],
  };
}

/** A rule as somebody writes it; saving gives it an id when it has none. */
export interface RuleDraft extends Omit<z.output<typeof ruleEnvelope>, 'id'> {
  id?: string;
  conditions: Conditions;
}
export interface ReminderRule extends RuleDraft {
  id: string;
}

/** The rule set of one docking. `version` grows by one with each save. */
export interface Reminders {
  enabled: boolean;
  version: number;
  rules: readonly ReminderRule[];
}
