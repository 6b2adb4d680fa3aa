import type { Switches } from '../switches';

/** How the samples of the documentation differ from each other in form while they say the same. */
export function inForm(
  answer: Record<string, unknown>,
  { answerEnvelope, answerTypes }: Pick<Switches, 'answerEnvelope' | 'answerTypes'>,
): Record<string, unknown> {
  const typed = answerTypes === 'drifting' ? (drifted(answer) as Record<string, unknown>) : answer;
  return answerEnvelope === 'camel' ? camel(typed) : typed;
}

/** As `get_timezone` answers: camelCase codes, and a list under `item`. */
export function camel({
  ret_code,
  ret_msg,
  items,
  ...rest
}: Record<string, unknown>): Record<string, unknown> {
  return { retCode: ret_code, retMsg: ret_msg, ...(items !== undefined && { item: items }), ...rest };
}

/** Short codes change between text and number, empty text is null, and null is left out. */
function drifted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(drifted);
  if (typeof value === 'number') return String(value);
  if (value === '') return null;
  if (typeof value === 'string') return /^\d{1,3}$/.test(value) ? Number(value) : value;
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, member]) => member !== null)
      .map(([name, member]) => [name, drifted(member)]),
  );
}
