import type { CodeRow } from './rows';

/** Credentials, tokens, permissions, the app itself, its tenant and the gateway. */
export const ACCESS_CODES: readonly CodeRow[] = [
  [2200, 'server', 'Internal error of the platform.', '平台内部错误。'],
  [1500, 'server', 'Internal error of the platform.', '平台内部错误。'],
  [1663, 'server', 'Internal error of the platform.', '平台内部错误。'],
  [5000, 'server', 'Internal error of the platform.', '平台内部错误。'],
  [10101, 'server', 'Internal error of the platform.', '平台内部错误。'],
  [55001, 'server', 'Internal error of the platform.', '平台内部错误。'],
  [9499, 'wrong-url', 'Bad request: the gateway could not read it.', '请求错误：网关无法解析。'],
  [10003, 'app-state', 'The App ID is malformed.', 'App ID 格式不正确。'],
  [10005, 'app-state', 'The app is not authorised.', '应用未获授权。'],
  [10012, 'app-state', 'No token is given to this app.', '无法为该应用签发令牌。'],
  [10013, 'app-state', 'No token is given to this app.', '无法为该应用签发令牌。'],
  [
    10014,
    'app-state',
    'App ID or App Secret is wrong, the app is disabled, or it belongs to the other brand (Feishu or Lark).',
    'App ID 或 App Secret 错误、应用已停用，或应用属于另一品牌（飞书或 Lark）。',
  ],
  [
    10015,
    'app-state',
    'The App Secret is wrong, or the app belongs to the other brand (Feishu or Lark).',
    'App Secret 错误，或应用属于另一品牌（飞书或 Lark）。',
  ],
  [99991543, 'app-state', 'App ID or App Secret is wrong.', 'App ID 或 App Secret 错误。'],
  [99991662, 'app-state', 'The app is disabled or not released.', '应用已停用或未发布。'],
  [99991673, 'app-state', 'The app is not available in its present state.', '应用当前状态不可用。'],
  [99991665, 'app-state', 'The tenant of the token does not fit.', '令牌所属企业无效。'],
  [99991661, 'token', 'The request carried no token.', '请求未携带令牌。'],
  [99991663, 'token', 'The tenant token is invalid or has expired.', '企业令牌无效或已过期。'],
  [99991664, 'token', 'The app token is invalid.', '应用令牌无效。'],
  [99991668, 'token', 'The user token is invalid.', '用户令牌无效。'],
  [99991671, 'token', 'The token has the wrong form.', '令牌格式不正确。'],
  [99991677, 'token', 'The user token has expired.', '用户令牌已过期。'],
  [99991672, 'scope', 'A permission of the app is missing.', '应用缺少所需权限。'],
  [99991676, 'scope', 'The token lacks the permission.', '令牌缺少所需权限。'],
  [99991679, 'scope', 'A permission given by the user is missing.', '缺少用户授予的权限。'],
  [99991401, 'network-policy', "The server's IP address is denied by the app.", '服务器 IP 被应用拒绝。'],
  [99991400, 'rate', 'The limit of calls for this API is reached.', '已达到该接口的调用频率上限。'],
  [99991201, 'wrong-url', 'There is no such API under this address.', '该地址下没有此接口。'],
  [99991301, 'wrong-url', 'The API does not take this method.', '该接口不支持此请求方法。'],
  [99992402, 'parameters', 'A field of the request is missing or wrong.', '请求字段缺失或不正确。'],
  ...idMismatches(),
  [210500, 'parameters', 'The application request is not valid.', '应用请求无效。'],
  [210501, 'parameters', 'The application request is not valid.', '应用请求无效。'],
  [210503, 'app-state', 'The App ID is not valid.', 'App ID 无效。'],
  [210504, 'app-state', 'There is no such app in this tenant.', '企业中没有该应用。'],
  [210505, 'app-state', 'The app is not a custom app.', '该应用不是企业自建应用。'],
  [210506, 'app-state', 'There is no such app.', '应用不存在。'],
  [210508, 'scope', 'The app may not read this.', '应用级别不足，无法读取。'],
  [212100, 'app-state', 'The app is not installed in the tenant.', '应用未安装到该企业。'],
  [212001, 'scope', 'Only permissions that need a person to apply are left.', '仅剩需要人工申请的权限。'],
  [212002, 'parameters', 'There is no permission left to apply for.', '没有可申请的权限。'],
  [
    212003,
    'rate',
    'Permissions were applied for too often for this version.',
    '该版本的权限申请次数已达上限。',
    'never',
  ],
  [
    212004,
    'in-flight',
    'The same application for permissions is pending.',
    '相同的权限申请正在处理中。',
    'never',
  ],
  [210001, 'parameters', 'The change of availability is not valid.', '可用范围调整无效。'],
  [210002, 'parameters', 'The change of availability is not valid.', '可用范围调整无效。'],
  [210003, 'parameters', 'The change of availability is not valid.', '可用范围调整无效。'],
  [210004, 'parameters', 'The change of availability is not valid.', '可用范围调整无效。'],
  [210005, 'parameters', 'The change of availability is not valid.', '可用范围调整无效。'],
  [210006, 'parameters', 'The change of availability is not valid.', '可用范围调整无效。'],
  [50003, 'scope', 'The availability of the app cannot be read.', '无法读取应用可用范围。'],
  [1184000, 'app-state', 'The tenant was not found.', '企业不存在。'],
  [1184001, 'scope', 'The tenant cannot be read.', '无权读取企业信息。'],
];

/** 99992351–99992364: an id that does not exist here or belongs to another app or tenant. */
function idMismatches(): CodeRow[] {
  const special = new Map<number, readonly [string, string]>([
    [99992361, ['The open_id belongs to another app.', '该 open_id 属于其他应用。']],
    [99992364, ['The user_id belongs to another tenant.', '该 user_id 属于其他企业。']],
  ]);
  return Array.from({ length: 14 }, (_, index) => {
    const code = 99992351 + index;
    const [en, zh] = special.get(code) ?? [
      'An id does not exist, or belongs to another app or tenant.',
      'ID 不存在，或属于其他应用或企业。',
    ];
    return [code, 'parameters', en, zh];
  });
}
