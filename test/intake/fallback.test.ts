import { fallbackChain } from '../../intake';
import type { Docking, NotificationSettings } from '../../store';
import { docking } from '../store/fixture';

const dockingWith = (notification: Partial<NotificationSettings>): Docking =>
  docking({
    notification: {
      groupLeads: {},
      groupChats: {},
      watchers: [],
      duty: { agentId: null },
      fallbackWebhook: null,
      ...notification,
    },
  });

describe('the fallback chain of a ticket', () => {
  const full = dockingWith({
    groupLeads: { g1: 'lead' },
    groupChats: { g1: 'oc_1' },
    duty: { agentId: 'duty' },
    fallbackWebhook: { url: 'https://pager.example/hook' },
  });

  test('goes from the lead of the group to its chat, the person on duty and the webhook', () => {
    expect(fallbackChain(full, { groupId: 'g1' })).toEqual([
      { kind: 'group-lead', agentId: 'lead' },
      { kind: 'group-chat', chatId: 'oc_1' },
      { kind: 'duty', agentId: 'duty' },
      { kind: 'webhook', url: 'https://pager.example/hook' },
    ]);
  });

  test('leaves out what the docking does not name', () => {
    expect(fallbackChain(full, { groupId: null }).map(({ kind }) => kind)).toEqual(['duty', 'webhook']);
    expect(fallbackChain(full, { groupId: 'constructor' }).map(({ kind }) => kind)).toEqual([
      'duty',
      'webhook',
    ]);
    expect(fallbackChain(docking(), { groupId: 'g1' })).toEqual([]);
  });

  test('asks nobody twice', () => {
    const one = dockingWith({ groupLeads: { g1: 'both' }, duty: { agentId: 'both' } });
    expect(fallbackChain(one, { groupId: 'g1' })).toEqual([{ kind: 'group-lead', agentId: 'both' }]);
  });
});
