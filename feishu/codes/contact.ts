import type { CodeRow } from './rows';

/** Departments, people and groups. */
export const CONTACT_CODES: readonly CodeRow[] = [
  [40001, 'parameters', 'A parameter is not valid.', '参数无效。'],
  [40003, 'parameters', 'A parameter is not valid.', '参数无效。'],
  [40008, 'parameters', 'A parameter is not valid.', '参数无效。'],
  [
    40011,
    'parameters',
    'The page token is not valid or has expired: start the listing again.',
    '分页令牌无效或已过期：请重新开始。',
  ],
  [40012, 'parameters', 'The page size is not valid.', '分页大小无效。'],
  [
    40004,
    'contact-range',
    "The department is outside the app's contact range.",
    '部门不在应用的通讯录权限范围内。',
  ],
  [
    40014,
    'contact-range',
    "The parent department is outside the app's contact range.",
    '上级部门不在应用的通讯录权限范围内。',
  ],
  [
    41050,
    'contact-range',
    "The person is outside the app's contact range.",
    '成员不在应用的通讯录权限范围内。',
  ],
  [
    40162,
    'parameters',
    'The department tree is too large to be listed at once: walk it level by level.',
    '部门树过大，无法一次列出：请逐级读取。',
  ],
  [
    43010,
    'parameters',
    'The department tree is too large to be listed at once: walk it level by level.',
    '部门树过大，无法一次列出：请逐级读取。',
  ],
  [41012, 'parameters', 'The user id is not valid.', '用户 ID 无效。'],
  [42008, 'token', 'The token does not fit this tenant.', '令牌与企业不符。'],
  [43007, 'parameters', 'There is no such department.', '部门不存在。'],
];
