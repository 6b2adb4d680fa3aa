/** Texts of the codes that this simulator answers, Chinese first, as the `language` header asks. */
const TEXTS: Record<string, readonly [zh: string, en: string]> = {
  '000000': ['操作成功', 'Success'],
  '700046': ['当前版本不支持API', 'The current edition does not support the API'],
  '900001': ['token不能为空', 'token must not be empty'],
  '900002': ['token已过期', 'token expired'],
  '900003': ['签名错误', 'wrong signature'],
  '900004': ['没有找到公司的api配置信息!', 'no API configuration found for the company'],
  '999999': ['未知错误', 'unknown error'],
  '400001': ['创建时间不能为空', 'create time must not be empty'],
  '400002': ['创建时间起止颠倒', 'create time is reversed'],
  '400003': ['时间跨度不能超过一个月', 'the time range must not exceed one month'],
  '400004': ['参数不能为空', 'a parameter must not be empty'],
  '400005': ['时间格式错误', 'wrong time format'],
  '400006': ['客服id不能为空', 'the agent id must not be empty'],
  '400007': ['客服id错误', 'wrong agent id'],
  '400008': ['工单分类错误', 'wrong ticket category'],
  '400009': ['工单状态错误', 'wrong ticket status'],
  '400010': ['工单来源错误', 'wrong ticket source'],
  '400011': ['工单级别错误', 'wrong ticket level'],
  '400012': ['受理组错误', 'wrong group'],
  '400013': ['客服不在受理组中', 'the agent is not in the group'],
  '400014': ['请求失败', 'request failed'],
  '400015': ['开始时间不能为空', 'start time must not be empty'],
  '400016': ['工单信息已过期,请刷新', 'the ticket information has expired, please refresh'],
  '400017': ['更新时间不能为空', 'update time must not be empty'],
  '400018': ['更新时间起止颠倒', 'update time is reversed'],
  '400019': ['更新时间跨度不能超过一个月', 'the update time range must not exceed one month'],
  '400020': ['工单不存在', 'no such ticket'],
  '400021': ['回复不存在', 'no such reply'],
  '400057': ['结束时间小于开始时间', 'the end is before the start'],
  '400258': ['工单已关闭', 'the ticket is closed'],
  '400308': ['状态名称不能为空', 'the status name must not be empty'],
  '400309': ['状态名称过长', 'the status name is too long'],
  '400310': ['状态名称重复', 'the status name exists'],
  '400311': ['工单状态不存在', 'no such ticket status'],
  '400312': ['自定义状态不能超过30个', 'more than 30 statuses'],
  '400314': ['工单状态不正确', 'the ticket status is not right'],
  '400401': ['地区错误', 'wrong region'],
  '429000': ['请求过于频繁', 'too many requests'],
};

/** An answer with a `ret_code` other than success. */
export class SobotError extends Error {
  constructor(
    readonly retCode: string,
    readonly detail = '',
  ) {
    super(retCode);
  }
}

export function textOf(code: string, language: 'zh' | 'en', detail = ''): string {
  const [zh, en] = TEXTS[code] ?? ['操作失败', 'operation failed'];
  return (language === 'en' ? en : zh) + (detail ? `: ${detail}` : '');
}
