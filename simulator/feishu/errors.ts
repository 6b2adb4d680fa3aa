import type { App, TokenKind } from '../world/types';

export interface FieldViolation {
  field: string;
  value?: string;
  description: string;
}

/**
 * An answer with a code other than 0. Thrown by handlers and gates; becomes
 * `{code, msg, ...extra}` with `error.log_id` and a troubleshooter link added to `extra.error`.
 */
export class PlatformError extends Error {
  constructor(
    readonly code: number,
    readonly msg: string,
    /** HTTP status; clients should classify by code. */
    readonly status = 400,
    readonly extra: { error?: object; data?: object; [key: string]: unknown } = {},
    readonly headers: Record<string, string> = {},
  ) {
    super(`${code} ${msg}`);
  }
}

/** 99992402: parameters that are missing or malformed. */
export function fieldViolations(violations: FieldViolation[]): PlatformError {
  return new PlatformError(99992402, 'field validation failed', 400, {
    error: { field_violations: violations },
  });
}

/** 99991672 (99991679 for a user token): one of `scopes` has to be granted and none is. */
export function missingScope(app: App, scopes: readonly string[], kind: TokenKind = 'tenant'): PlatformError {
  const list = scopes.join(', ');
  const link = `https://open.${app.brand === 'lark' ? 'larksuite.com' : 'feishu.cn'}/app/${app.appId}/auth?q=${scopes.join(',')}&op_from=openapi&token_type=${kind}`;
  const forUser = kind === 'user';
  const code = forUser ? 99991679 : 99991672;
  const msg = forUser
    ? `Unauthorized. You do not have permission to perform the requested operation on the resource. Please request user re-authorization and try again. required one of these privileges under the user identity: [${list}].`
    : `Access denied. One of the following scopes is required: [${list}].应用尚未开通所需的应用身份权限：[${list}]，点击链接申请并开通任一权限即可：${link}`;
  return new PlatformError(code, msg, 400, {
    error: {
      message: `Refer to the documentation to fix the error: how-to-fix-the-${code}-error`,
      permission_violations: scopes.map((subject) => ({
        type: forUser ? 'action_privilege_required' : 'action_scope_required',
        subject,
      })),
      helps: [{ url: link, description: `Learn more about scopes and how to add them: [${list}]` }],
    },
  });
}

/** 99991400, the gateway's rate limit. `resetSeconds` undefined leaves the two headers out. */
export function tooFrequent(limit: number, resetSeconds?: number): PlatformError {
  return new PlatformError(
    99991400,
    'request trigger frequency limit',
    429,
    {},
    resetSeconds === undefined
      ? {}
      : { 'x-ogw-ratelimit-limit': String(limit), 'x-ogw-ratelimit-reset': String(resetSeconds) },
  );
}

/** What every error object carries: the log id and where to read about the code. */
export function errorDetails(logId: string, code: number): { log_id: string; troubleshooter: string } {
  return {
    log_id: logId,
    troubleshooter: `排查建议查看(Troubleshooting suggestions): https://open.feishu.cn/search?from=openapi&log_id=${logId}&code=${code}`,
  };
}
