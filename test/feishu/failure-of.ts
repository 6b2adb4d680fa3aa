import { FeishuError } from '../../feishu';

/** The failure of a call that must fail. */
export async function failureOf(call: Promise<unknown>): Promise<FeishuError> {
  const error: unknown = await call.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof FeishuError)) throw new Error(`expected a FeishuError, got ${String(error)}`);
  return error;
}
