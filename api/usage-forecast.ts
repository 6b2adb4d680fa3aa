/** What the platform calls of a docking come to: what a night costs, and whether the month's quota will do. */
import type { SyncRun, UsageCount } from '../store';

/**
 * Assumed until an admin tells the plan's quota. The platform's basic edition allows 10,000 calls a month over all apps
 * of the company; unverified: it has been raised and lowered before.
 */
export const ASSUMED_QUOTA = 10_000;

/** Our own pace of the directory's calls. */
const PAGE = 50;
const PER_MINUTE = 1_000;
const PER_SECOND = 45;
const DIRECTORY_CALLS = '/contact/v3/';
/** Share of the quota from which on it is said. */
const NEARLY = 0.8;

export interface ForecastQuestion {
  now: Date;
  /** Counts of this month, by API. */
  month: readonly UsageCount[];
  /** Calls by day of this month. */
  lastSync: Pick<SyncRun, 'runId' | 'calls' | 'callsByApi'> | null;
  mirror: { employees: number; departments: number };
  /** Null = none; undefined = not told. */
  quota: number | null | undefined;
}

export interface UsageForecast {
  /** One full sync; `basis` = what the prediction rests on. */
  nightly: {
    calls: number;
    seconds: number;
    basis: 'last-run' | 'mirror';
    runId: string | null;
    text: string;
  };
  /** Calls of this month until now, and at its end when the days go on as they did and every night syncs. */
  month: { period: string; used: number; predicted: number };
  quota: { monthly: number | null; assumed: boolean };
  warnings: { code: 'quota-exceeded' | 'quota-nearly-used' | 'quota-at-risk'; message: string }[];
}

export function forecastUsage({ now, month, lastSync, mirror, quota }: ForecastQuestion): UsageForecast {
  const nightly = lastSync ? measured(lastSync) : estimated(mirror);
  const used = sum(month);
  const others = sum(month.filter(({ route }) => !route.includes(DIRECTORY_CALLS)));
  const day = now.getUTCDate();
  const days = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + 1, 0)).getUTCDate();
  const left = days - day;
  const predicted = Math.round(used + left * (nightly.calls + others / day));
  const monthly = quota === undefined ? ASSUMED_QUOTA : quota;
  return {
    nightly,
    month: { period: now.toISOString().slice(0, 7), used, predicted },
    quota: { monthly, assumed: quota === undefined },
    warnings: warningsOf(used, predicted, monthly),
  };
}

function measured({ runId, calls, callsByApi }: NonNullable<ForecastQuestion['lastSync']>) {
  const busiest = Math.max(0, ...callsByApi.map((one) => one.calls));
  return described(calls, busiest, { basis: 'last-run' as const, runId });
}

/** One call per department and one more per further page of people; the tree itself is listed by pages too. */
function estimated({ employees, departments }: ForecastQuestion['mirror']) {
  const people = departments + 1 + Math.floor(employees / PAGE);
  const calls = people + Math.ceil(departments / PAGE) + 2;
  return described(calls, people, { basis: 'mirror' as const, runId: null });
}

function described<Basis extends { basis: 'last-run' | 'mirror'; runId: string | null }>(
  calls: number,
  busiest: number,
  basis: Basis,
) {
  const minutes = Math.max(0, Math.ceil(busiest / PER_MINUTE) - 1);
  const seconds = Math.ceil(minutes * 60 + (busiest - minutes * PER_MINUTE) / PER_SECOND);
  const time = seconds < 90 ? `${seconds} seconds` : `${Math.ceil(seconds / 60)} minutes`;
  return { calls, seconds, ...basis, text: `Nightly full sync ≈ ${calls} calls, ${time}.` };
}

function warningsOf(used: number, predicted: number, quota: number | null): UsageForecast['warnings'] {
  if (quota === null) return [];
  if (used > quota) {
    return [
      {
        code: 'quota-exceeded',
        message: `${used} calls this month are more than the ${quota} of the plan: the platform may refuse further ones.`,
      },
    ];
  }
  const nearly = used > quota * NEARLY;
  return [
    ...(nearly
      ? [
          {
            code: 'quota-nearly-used' as const,
            message: `${used} of the ${quota} calls of this month are used.`,
          },
        ]
      : []),
    ...(predicted > quota
      ? [
          {
            code: 'quota-at-risk' as const,
            message: `About ${predicted} calls are to be expected this month, the plan allows ${quota}. Sync less often, or raise the plan.`,
          },
        ]
      : []),
  ];
}

const sum = (counts: readonly UsageCount[]): number => counts.reduce((total, { calls }) => total + calls, 0);
