/** What an admin may say about a docking. */
import { z } from 'zod';
import { requiredPermissions } from '../../feishu';
import type { Docking } from '../../store';
import { said } from '../plain-faults';
import { badRequest } from '../problems';
import { timeZone } from '../time-zone';
import { receiverUrl, ticketUrlTemplate, webUrl } from '../web-url';
import { given } from './route';

/** Production addresses of the two brands; others only where the settings allow them. */
const PLATFORM_URLS = { feishu: 'https://open.feishu.cn', lark: 'https://open.larksuite.com' } as const;

export const appSecret = z.string().min(1).max(200);

const ticketSystem = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('sobot'),
    baseUrl: webUrl,
    appid: z.string().min(1).max(200),
    appKey: z.string().min(1).max(200),
    webhookSecret: z.string().min(1).max(200).optional(),
    timezone: timeZone.optional(),
    ticketUrlTemplate: ticketUrlTemplate.optional(),
    language: z.enum(['zh', 'en']).optional(),
  }),
  z.object({
    kind: z.literal('rest'),
    baseUrl: webUrl,
    apiKey: z.string().min(1).max(500),
    webhookSecret: z.string().min(1).max(500).optional(),
    timezone: timeZone.optional(),
    ticketUrlTemplate: ticketUrlTemplate.optional(),
    language: z.enum(['zh', 'en']).optional(),
  }),
]);

/** Whom the docking calls when something broke or somebody is waited for. The secret signs the webhook's POSTs. */
const alerts = z
  .strictObject({
    agentIds: z.array(z.string().min(1).max(100)).max(50).default([]),
    webhookUrl: receiverUrl.nullable().default(null),
    webhookSecret: z.string().min(16).max(200).optional(),
  })
  .refine(({ webhookUrl, webhookSecret }) => webhookUrl === null || webhookSecret !== undefined, {
    path: ['webhookSecret'],
    message: said({
      en: 'is needed with a webhookUrl: it signs what is sent there',
      zh: '填写 webhookUrl 时必须填写：用于对发送内容签名',
    }),
  });
const employeePhoneScope = z
  .string()
  .regex(
    /^[a-z_]+(:[a-z0-9_.]+)+$/,
    said({
      en: 'must look like a scope key, such as contact:user.phone:readonly',
      zh: '格式须为权限标识，如 contact:user.phone:readonly',
    }),
  )
  .refine(settlesPhone, said({ en: 'is one of the other permissions already', zh: '已是其他权限之一' }));

/** `automatic` (default): as the app's own settings tell; by webhook where the platform does not tell them. */
const eventMode = z.enum(['webhook', 'long-connection', 'automatic']);

/** All but the app itself. */
export const dockingOfApp = z.object({
  /** Default: the brand and the App ID. */
  name: z.string().trim().min(1).max(100).optional(),
  /** Both: default of the ticket system's region, where its base URL tells one. */
  homepageUrl: webUrl.optional(),
  redirectUrl: webUrl.optional(),
  encryptKey: z.string().min(1).max(200).optional(),
  verificationToken: z.string().min(1).max(200).optional(),
  ticketSystem,
  alerts: alerts.optional(),
  employeePhoneScope: employeePhoneScope.optional(),
  eventMode: eventMode.optional(),
});

export const newDocking = dockingOfApp.extend({
  brand: z.enum(['feishu', 'lark']),
  appId: z.string().regex(
    /^cli_[0-9a-zA-Z]{8,40}$/,
    said({
      en: 'must look like cli_ and 16 hexadecimal digits',
      zh: '格式须为 cli_ 加 16 位十六进制字符',
    }),
  ),
  appSecret,
  platformUrl: webUrl.optional(),
});

/** What is left out stays as it is; null brings the defaults back. */
const directoryGuard = z
  .strictObject({
    leavers: z.int().min(0).max(1_000_000).optional(),
    leaversPercent: z.number().min(0).max(100).optional(),
    departmentsPercent: z.number().min(0).max(100).optional(),
  })
  .nullable();

export const dockingPatch = z.strictObject({
  name: z.string().trim().min(1).max(100).optional(),
  state: z.enum(['disabled', 'live', 'paused']).optional(),
  enabled: z.boolean().optional(),
  homepageUrl: webUrl.optional(),
  redirectUrl: webUrl.optional(),
  encryptKey: z.string().min(1).max(200).optional(),
  verificationToken: z.string().min(1).max(200).optional(),
  /** null = none: a REST system tells its own. */
  ticketUrlTemplate: ticketUrlTemplate.nullable().optional(),
  /** Platform calls that the company's plan allows a month; null = no quota. */
  monthlyCallQuota: z.int().min(1).max(1_000_000_000).nullable().optional(),
  alerts: alerts.optional(),
  employeePhoneScope: employeePhoneScope.optional(),
  eventMode: eventMode.optional(),
  directoryGuard: directoryGuard.optional(),
  /** null = none: no time is working time, and nothing waits for one. */
  calendar: z
    .strictObject({
      timeZone,
      workingHours: z.record(z.string().regex(/^[1-7]$/), z.array(z.tuple([hour(), hour()])).max(6)),
      holidays: z.array(z.iso.date()).max(400),
    })
    .nullable()
    .optional(),
});

export function platformUrl(
  brand: keyof typeof PLATFORM_URLS,
  wanted: string | undefined,
  allowed: string[],
): string {
  if (wanted === undefined) return PLATFORM_URLS[brand];
  const url = wanted.replace(/\/$/, '');
  if (url === PLATFORM_URLS[brand] || allowed.includes(url)) return url;
  throw badRequest([
    {
      field: 'platformUrl',
      message: {
        en: `must be ${PLATFORM_URLS[brand]} or one that DOCKING_ALLOWED_PLATFORM_URLS lists`,
        zh: `必须是 ${PLATFORM_URLS[brand]}，或 DOCKING_ALLOWED_PLATFORM_URLS 所列地址之一`,
      },
    },
  ]);
}

export function publicSettings(system: z.output<typeof ticketSystem>): Docking['ticketSystem'] {
  return given({
    kind: system.kind,
    baseUrl: system.baseUrl.replace(/\/$/, ''),
    timezone: system.timezone,
    language: system.language,
    ticketUrlTemplate: system.ticketUrlTemplate,
    appid: system.kind === 'sobot' ? system.appid : undefined,
  });
}

/** What of the alerts may be read back; the secret is kept sealed. */
export const alertsWithoutSecret = (given: z.output<typeof alerts>): NonNullable<Docking['alerts']> => ({
  agentIds: given.agentIds,
  webhookUrl: given.webhookUrl,
});

function hour(): z.ZodString {
  return z
    .string()
    .regex(/^([01]\d|2[0-3]):[0-5]\d$|^24:00$/, said({ en: 'must be HH:MM', zh: '必须是 HH:MM' }));
}

/** No other permission of the list may stand for the unsettled one: it would be asked for twice. */
function settlesPhone(scope: string): boolean {
  return !requiredPermissions('feishu').some(({ no, key }) => no < 15 && key === scope);
}
