import { z } from 'zod';
import { fieldViolations, PlatformError } from './errors';

/** An empty body counts as `{}`; the official Node SDK sends either. */
export function parseJson(raw: Buffer): unknown {
  if (raw.length === 0) return {};
  try {
    return JSON.parse(raw.toString('utf8'));
  } catch {
    throw new PlatformError(9499, 'Bad Request', 400);
  }
}

function memberOf(value: unknown, key: PropertyKey): unknown {
  return typeof value === 'object' && value !== null
    ? (value as Record<PropertyKey, unknown>)[key]
    : undefined;
}

/** The value in the shape of the schema, or 99992402 with one violation per issue. */
export function checkFields<T>(schema: z.ZodType<T>, value: unknown): T {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  throw fieldViolations(
    result.error.issues.map((issue) => {
      const field = issue.path.join('.') || 'body';
      const missing = issue.path.reduce<unknown>(memberOf, value) === undefined;
      return { field, description: missing ? `${field} is required` : issue.message };
    }),
  );
}

/** A list in the query: repeated keys only, as `?user_ids=a&user_ids=b`. */
export function repeated(max: number): z.ZodType<string[]> {
  return z
    .union([z.string(), z.array(z.string())])
    .transform((value) => (Array.isArray(value) ? value : [value]))
    .refine((list) => list.length <= max, `at most ${max} entries`);
}

export const userIdType = z.enum(['open_id', 'union_id', 'user_id']).default('open_id');
export const departmentIdType = z.enum(['open_department_id', 'department_id']).default('open_department_id');
/** The official Python SDK writes `True`. */
export const booleanText = z
  .string()
  .toLowerCase()
  .pipe(z.enum(['true', 'false', '1', '0']))
  .transform((text) => text === 'true' || text === '1');

/** `page_size` and `page_token`; what is too large is answered with 40012 by the handler, see `pages.ts`. */
export const paging = {
  page_size: z.coerce.number().int().optional(),
  page_token: z.string().optional(),
};
