/** A card to begin with, and what is found in one. */
import type { ReminderCardModel } from '../../feishu';

export const MODEL: ReminderCardModel = {
  dockingId: 'd1',
  ticketId: 't12',
  nonce: 'n-1',
  headline: { en: 'Assigned to you', zh: '已分配给你' },
  ticketNumber: '20260012',
  title: 'Printer does not print',
  status: { en: 'New', zh: '新建' },
  priority: 'high',
  urgency: 'routine',
  customer: 'Acme',
  facts: [{ label: { en: 'Group', zh: '受理组' }, value: 'Hardware' }],
  excerpt: 'It only hums.',
  why: { en: 'Rule "High priority": you are the assignee', zh: '规则“高优先级”：你是受理人' },
  url: 'https://desk.example.com/tickets/12',
  actions: ['claim', 'acknowledge', 'snooze', 'reply', 'close'],
};

export type Node = Record<string, unknown>;

/** Every object of the card, wherever it sits. */
export function nodes(value: unknown): Node[] {
  if (Array.isArray(value)) return value.flatMap(nodes);
  if (typeof value !== 'object' || value === null) return [];
  return [value as Node, ...Object.values(value).flatMap(nodes)];
}

export const tagged = (card: object, tag: string): Node[] =>
  nodes(card).filter((node) => node['tag'] === tag);
export const callbacks = (card: object): Node[] =>
  nodes(card)
    .filter((node) => node['type'] === 'callback')
    .map((node) => node['value'] as Node);
export const allText = (card: object): string => JSON.stringify(card);
