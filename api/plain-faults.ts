/** What is wrong with a field, in words that are no programmer's. */
import { z } from 'zod';
import type { Localized } from '../feishu';

const CHINESE = new Map<string, string>();

/** For what a schema says itself: English, and Chinese for whoever asks for it. */
export function said({ en, zh }: Localized): string {
  CHINESE.set(en, zh);
  return en;
}

const IS_MISSING = said({ en: 'is missing', zh: '未填写' });
const MUST_NOT_BE_EMPTY = said({ en: 'must not be empty', zh: '不能为空' });

/** The two faults that people make most, for every check of this process that does not say something of its own. */
export function speakPlainly(): void {
  z.config({
    customError(issue) {
      if (issue.code === 'invalid_type' && issue.input === undefined) return IS_MISSING;
      const isEmptyText = issue.code === 'too_small' && issue.origin === 'string' && issue.minimum === 1;
      return isEmptyText ? MUST_NOT_BE_EMPTY : undefined;
    },
  });
}

/** A fault that a schema found, as it is passed on: zod's issue with its particulars apart. */
export interface SchemaFault {
  keyword: string;
  message?: string;
  params: Record<string, unknown>;
}

export function inBothLanguages({ keyword, message, params }: SchemaFault): Localized {
  const en = message ?? 'is invalid';
  return { en, zh: CHINESE.get(en) ?? chineseOf(keyword, params) };
}

const TYPES: Readonly<Record<string, string>> = {
  string: '文本',
  number: '数字',
  int: '整数',
  boolean: '布尔值',
  array: '列表',
  object: '对象',
  record: '对象',
};
/** After the number, by what is measured. */
const UNITS: Readonly<Record<string, string>> = { string: ' 个字符', array: ' 项', set: ' 项' };

function chineseOf(code: string, params: Record<string, unknown>): string {
  const origin = String(params['origin']);
  const limit = (bound: unknown): string => `${String(bound)}${UNITS[origin] ?? ''}`;
  switch (code) {
    case 'invalid_type':
      return `必须是${TYPES[String(params['expected'])] ?? '其他类型'}`;
    case 'too_big':
      return origin in UNITS ? `最多 ${limit(params['maximum'])}` : `不能大于 ${limit(params['maximum'])}`;
    case 'too_small':
      return origin in UNITS ? `至少 ${limit(params['minimum'])}` : `不能小于 ${limit(params['minimum'])}`;
    case 'invalid_value':
      return `必须是以下之一：${[params['values']].flat().map(String).join('、')}`;
    case 'invalid_format':
      return '格式不正确';
    default:
      return '内容无效';
  }
}
