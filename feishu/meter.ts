import type { Clock } from './clock';
import type { ErrorClass } from './codes';
import { FeishuError } from './errors';
import { routeLabel } from './routes';
import type { Route } from './routes';

/** What became of one exchange with the platform. */
export interface CallOutcome {
  readonly appId: string;
  /** `aborted` = the caller left before the answer. */
  readonly result: 'ok' | 'aborted' | ErrorClass;
  readonly code: number | undefined;
  readonly httpStatus: number | undefined;
  readonly logId: string | undefined;
  readonly durationMs: number;
}

/** Counts every exchange, retries and token calls included. `route` is a template such as `GET /contact/v3/scopes`. */
export type Meter = (route: string, outcome: CallOutcome) => void;

/** Runs one exchange and tells the meter about it. */
export async function metered<T extends { httpStatus: number; logId: string | undefined }>(
  meter: Meter | undefined,
  clock: Pick<Clock, 'monotonic'>,
  route: Route,
  appId: string,
  run: () => Promise<T>,
): Promise<T> {
  if (meter === undefined) return run();
  const startedAt = clock.monotonic();
  const tell = (
    result: CallOutcome['result'],
    seen: Pick<CallOutcome, 'code' | 'httpStatus' | 'logId'>,
  ): void =>
    meter(routeLabel(route), {
      appId,
      result,
      code: seen.code,
      httpStatus: seen.httpStatus,
      logId: seen.logId,
      durationMs: clock.monotonic() - startedAt,
    });
  try {
    const answer = await run();
    tell('ok', { code: 0, httpStatus: answer.httpStatus, logId: answer.logId });
    return answer;
  } catch (error) {
    if (error instanceof FeishuError) tell(error.errorClass, error);
    else tell('aborted', { code: undefined, httpStatus: undefined, logId: undefined });
    throw error;
  }
}
