import { z } from 'zod';

/**
 * Facts about the platform that nobody has verified live, each with its likelier answer as the default.
 * Read with `GET /_control/switches`, changed with `PATCH /_control/switches`, restored by a reset.
 */
export const switchesSchema = z.strictObject({
  /** Which brand answers on an address without `/feishu` or `/lark` prefix and with a neutral host name. */
  servesBrand: z.enum(['feishu', 'lark']).default('feishu'),
  /** HTTP status of a wrong secret (10014); sources differ. */
  wrongSecretStatus: z.union([z.literal(200), z.literal(400)]).default(200),
  /** What the token call answers for a disabled app. */
  disabledAppTokenCode: z.union([z.literal(10014), z.literal(99991662), z.literal(99991673)]).default(10014),
  /** What every other call answers while an app is disabled or not released. */
  disabledAppCode: z.union([z.literal(99991662), z.literal(99991673)]).default(99991662),
  /** HTTP status of 99991663 (token invalid or expired); seen as 200 and as 400. */
  invalidTokenStatus: z.union([z.literal(200), z.literal(400)]).default(400),
  /** Whether a new secret ends the tokens that were issued with the old one. */
  secretRotationRevokesTokens: z.boolean().default(false),
  /** Whether `admin:app.info:readonly` alone opens the version list. */
  appInfoOpensVersions: z.boolean().default(false),
  /** Whether `mobile` is returned to apps although the person hides it from colleagues. */
  hiddenMobileReturned: z.boolean().default(true),
  /** Recursive department listing refuses trees with more departments than this. */
  maxRecursiveDepartments: z.int().min(1).default(500),
  /** The code of that refusal. */
  largeTreeCode: z.union([z.literal(43010), z.literal(40162)]).default(43010),
  /** Whether `contact:contact.base:readonly` alone opens the department calls. */
  contactBaseOpensDepartments: z.boolean().default(true),
  /** The code for a department outside the range whose children are asked for. */
  outsideParentCode: z.union([z.literal(40004), z.literal(40014)]).default(40004),
  /**
   * What the contact calls answer to an open_id of another app or an id of another tenant: the gateway's 99992361 and
   * 99992364, or 41012.
   */
  foreignIds: z.enum(['gateway', 'business']).default('gateway'),
  /** Whether sending by `user_id` needs `contact:user.employee_id:readonly`. */
  sendByUserIdNeedsScope: z.boolean().default(true),
  /** `off` is for benchmarks of the simulator itself. */
  rateLimits: z.enum(['enforced', 'off']).default('enforced'),
  /** `virtual` lets `POST /_control/clock` also end rate windows. */
  rateLimitClock: z.enum(['real', 'virtual']).default('real'),
  /** What a second send with the same uuid inside the hour answers. */
  duplicateUuid: z.enum(['first-message', 'error']).default('first-message'),
  /** How often the token of a card callback may be used for a late update. */
  lateUpdateUses: z.int().min(1).default(2),
  /** Whether Lark tenants may use the long connection. */
  longConnectionOnLark: z.boolean().default(true),
  /** What a long connection's client is told about its behaviour, in seconds; `-1` = reconnect for ever. */
  longConnectionClient: z
    .strictObject({
      PingInterval: z.int().min(1).default(120),
      ReconnectCount: z.int().min(-1).default(-1),
      ReconnectInterval: z.int().min(0).default(120),
      ReconnectNonce: z.int().min(0).default(30),
    })
    .prefault({}),
  /** Larger payloads of a long connection come in several frames. */
  longConnectionFrameBytes: z
    .int()
    .min(1)
    .default(1024 * 1024),
  /** Whether pings on a long connection are answered; false plays a connection that is dead without knowing it. */
  longConnectionPongs: z.boolean().default(true),
  /** Whether a redelivered event carries a fresh timestamp and signature. */
  redeliveryFreshTimestamp: z.boolean().default(true),
  /** Whether a self-built app may configure itself by `application/v7`. */
  selfConfiguration: z.boolean().default(true),
  /** How long a send takes inside the platform; a second send with the same uuid meanwhile answers 230049. */
  sendLatencyMs: z.int().min(0).max(60_000).default(0),
  /** Whether the tenant's leak prevention refuses plain phone numbers and email addresses (230028). */
  dlpAudit: z.boolean().default(false),
  /** Messages that contain one of these words are refused with 230022. */
  sensitiveWords: z.array(z.string().min(1)).max(1000).default([]),
  /** How many buzzes by SMS and phone an app may still send; then 230024. */
  urgentQuota: z.int().min(0).default(1_000_000),
  /** How long the receiver of an event or a card click may take to answer; 3 seconds on the real platform. */
  answerTimeoutMs: z.int().min(1).default(3000),
  /** Share of events (0 to 1) that are delivered twice although the first was answered. */
  eventDuplicates: z.number().min(0).max(1).default(0),
  /** Share of events (0 to 1) that are held back until the next one has overtaken them, 1 second at most. */
  eventReordering: z.number().min(0).max(1).default(0),
});

export type Switches = z.infer<typeof switchesSchema>;

export function defaultSwitches(): Switches {
  return switchesSchema.parse({});
}
