/** Faults of reminder rules as the API tells them; Chinese says what kind of fault it is and names what English names. */
import type { FastifyRequest } from 'fastify';
import type { z } from 'zod';
import { validateAround, validateReminders, type Fault, type FaultCode } from '../rules';
import { badRequest, type FieldFault } from './problems';

const CHINESE: Readonly<Record<FaultCode, string>> = {
  required: '缺少必填内容',
  'wrong-type': '类型或格式不正确',
  'out-of-bounds': '过长、过短，或数量超出范围',
  'unknown-key': '没有该属性',
  'forbidden-key': '不允许的属性名',
  'too-many-rules': '规则数量超过上限',
  'duplicate-id': '有两条规则的 id 相同',
  'unknown-trigger': '没有该事件类型',
  'duplicate-trigger': '事件类型重复',
  'reserved-event-type': '该事件名称为系统保留',
  'missing-receivers': '规则没有接收人',
  'unknown-role': '没有该接收人角色',
  'not-one-kind': '节点必须且只能是 all、any、not、condition 之一，或由 fact 和 operator 组成的条件',
  'not-a-group': '最外层必须是 all、any、not 或 condition',
  'empty-group': '条件组为空，会对所有工单触发',
  'leaf-priority': '条件不能设置优先级',
  'unknown-fact': '没有该字段',
  'path-not-plain': '路径只能是以点分隔的名称',
  'unknown-operator': '没有该运算符',
  'operator-not-for-fact': '该运算符不适用于此字段',
  'wrong-value': '值与运算符或字段不符',
  'bad-pattern': '不是有效的 RE2 表达式，或过大',
  'unknown-condition': '没有该 id 的规则',
  cycle: '条件循环引用',
  'too-deep': '条件组嵌套过深',
  'too-many-conditions': '条件数量超过上限',
  'too-many-patterns': '所有规则的表达式合计过大，会拖慢每个事件',
  'unknown-place': '文本中的 {占位符} 不是已知字段',
};

function inChinese(about: Fault['about']): string {
  if (!about) return '';
  return 'name' in about ? `：“${about.name}”` : `，必须是以下之一：${about.allowed.join('、')}`;
}

export const ruleFaults = (faults: readonly Fault[]): FieldFault[] =>
  faults.map(({ path, code, message, about }) => ({
    field: path,
    code,
    message: { en: message, zh: `${CHINESE[code]}${inChinese(about)}` },
  }));

/**
 * For a route that takes rules, before its schema is asked: faults around the rules are told like those inside, each with
 * its path and code, and together with them.
 */
export const faultsAround =
  (schema: z.ZodType, of: 'rules-saved' | 'rules-simulated') =>
  async ({ body }: FastifyRequest): Promise<void> => {
    if (typeof body !== 'object' || body === null || Array.isArray(body)) return;
    const around = validateAround(body, schema);
    if (around.length === 0) return;
    const { rules } = body as { rules?: unknown };
    const inside = Array.isArray(rules) ? validateReminders({ rules }) : null;
    throw badRequest(ruleFaults([...around, ...(inside && !inside.ok ? inside.faults : [])]), of);
  };
