import type { CodeRow } from './rows';

/** Sign-in of a person through the web app. */
export const OAUTH_CODES: readonly CodeRow[] = [
  [20001, 'token', 'The sign-in request is not valid.', '登录请求无效。', 'never'],
  [20002, 'app-state', 'The App Secret is wrong.', 'App Secret 错误。'],
  [20003, 'parameters', 'The sign-in code does not exist.', '授权码不存在。'],
  [20004, 'parameters', 'The sign-in code has expired.', '授权码已过期。'],
  [20005, 'token', 'The user token is not valid.', '用户令牌无效。', 'never'],
  [20008, 'person-gone', 'The person does not exist.', '用户不存在。'],
  [20010, 'availability', 'The app is not available to this person.', '该用户没有应用使用权限。'],
  [20021, 'person-gone', 'The person has left the company.', '该用户已离职。'],
  [20022, 'person-gone', 'The person is frozen.', '该用户已被冻结。'],
  [20023, 'person-gone', 'The person has not registered.', '该用户尚未注册。'],
  [20024, 'parameters', 'The sign-in code belongs to another app.', '授权码属于其他应用。'], // unverified
  [20026, 'token', 'The refresh token is not valid.', '刷新令牌无效。', 'never'],
  [20027, 'scope', 'A permission was not applied for.', '权限尚未申请。'],
  [20029, 'parameters', "The redirect URL is not on the app's list.", '重定向 URL 不在应用的列表中。'], // unverified
  [20037, 'token', 'The refresh token has expired.', '刷新令牌已过期。', 'never'],
  [20049, 'parameters', 'The code verifier does not fit.', 'PKCE 校验失败。'], // unverified
  [20050, 'server', 'The sign-in service failed by itself.', '登录服务内部错误。'],
  [20064, 'token', 'The refresh token was revoked.', '刷新令牌已被撤销。', 'never'],
  [20065, 'parameters', 'The sign-in code was used before.', '授权码已被使用。'],
  [20069, 'app-state', 'The app is not enabled.', '应用未启用。'], // unverified
  [
    20071,
    'parameters',
    'The redirect URL differs from the one of the sign-in.',
    '重定向 URL 与授权时不一致。',
  ],
  [20073, 'token', 'The refresh token was used before.', '刷新令牌已被使用。', 'never'],
];
