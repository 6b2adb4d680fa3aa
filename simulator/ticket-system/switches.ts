import { z } from 'zod';

/**
 * Facts about ticket systems that nobody has verified live, each with its likelier answer as the default, and
 * troubles that can be switched on. `GET|PATCH /_control/switches`; a reset restores the defaults.
 */
export const switchesSchema = z.strictObject({
  /** How far `create_time` of a token call may be off, in seconds; 0 = not looked at. */
  clockSkewSeconds: z.int().min(0).default(300),
  /** Seconds for which a token lives on after a newer one was issued. */
  oldTokenGraceSeconds: z.int().min(0).default(0),
  tokenLifetimeSeconds: z.int().min(1).max(86_400).default(86_400),
  /** The company's edition may not use the API: 700046. */
  editionWithoutApi: z.boolean().default(false),
  /** Whether a read in the very second of the last change may write. */
  equalStampIsFresh: z.boolean().default(false),
  /** Whether a closed ticket takes status changes (else 400258). */
  closedTicketsTakeWrites: z.boolean().default(false),
  /** Whether leaving out `deal_*` clears the assignment. */
  omittedAssigneeClears: z.boolean().default(false),
  /** Most agents that are not deleted; 0 = no limit. */
  seatLimit: z.int().min(0).default(0),
  /** `ret_code` of an e-mail that is taken. Nobody knows the real one. */
  duplicateEmailCode: z.string().default('500901'),
  /** `ret_code` of a used-up seat limit. */
  seatLimitCode: z.string().default('500902'),
  /** Status of an agent made through the API. */
  newAgentStatus: z.enum(['inactive', 'active']).default('inactive'),
  /** Types of levels and statuses in a push. */
  pushNumbers: z.enum(['ints', 'strings']).default('ints'),
  /** Whether a call without the `language` and `timezoneid` headers is refused, as the English documentation says. */
  headersRequired: z.boolean().default(false),
  /** `camel`: every call answers with `retCode`, `retMsg` and its list under `item`, as `get_timezone` does. */
  answerEnvelope: z.enum(['snake', 'camel']).default('snake'),
  /** `drifting`: short codes are numbers, numbers are text, and what is empty is null or left out. */
  answerTypes: z.enum(['documented', 'drifting']).default('documented'),
  /** The largest page of the agent and group lists; a larger one falls back to 15. */
  agentPageMax: z.int().min(15).max(50).default(50),
  /** What the agent list says of an agent who cannot work yet: 0 not activated, 2 held by the platform. */
  inactiveAgentNumber: z.int().default(0),
  /** Codes of statuses that the company has deleted; tickets may still be in them. */
  deletedStatuses: z.array(z.string()).default([]),
  /** Order of the two ticket lists: by the time they were made, or the oldest change first. */
  listOrder: z.enum(['made', 'changed']).default('made'),
  /** A push that is not acknowledged in this time is missed. */
  pushTimeoutMs: z.int().min(50).default(5000),
  /** Sobot: further tries of an unacknowledged push, ten virtual seconds apart. The REST contract always retries. */
  pushRetries: z.int().min(0).max(10).default(0),
  /** Every push is sent this many times. */
  pushCopies: z.int().min(1).max(5).default(1),
  /** Each pair of pushes arrives in the wrong order. */
  pushReordered: z.boolean().default(false),
  /** Virtual milliseconds between the change and its push. */
  pushDelayMs: z.int().min(0).default(0),
});

export type Switches = z.infer<typeof switchesSchema>;

export function defaultSwitches(): Switches {
  return switchesSchema.parse({});
}
