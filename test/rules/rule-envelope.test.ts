import { faultsOf, leaf, rule } from './fixtures';

describe('saving what surrounds the conditions', () => {
  it.each<[string, object, string]>([
    ['no name', { name: '' }, '/rules/0/name out-of-bounds'],
    ['a name that is no text', { name: 5 }, '/rules/0/name wrong-type'],
    ['a name with a character that is none', { name: 'a\u0000b' }, '/rules/0/name wrong-type'],
    ['a name with half a character', { name: 'a\ud83d' }, '/rules/0/name wrong-type'],
    ['no trigger', { triggers: [] }, '/rules/0/triggers out-of-bounds'],
    ['an unknown trigger', { triggers: ['ticket.exploded'] }, '/rules/0/triggers/0 unknown-trigger'],
    [
      'a trigger twice',
      { triggers: ['ticket.created', 'ticket.created'] },
      '/rules/0/triggers/1 duplicate-trigger',
    ],
    ['the event error', { triggers: ['error'] }, '/rules/0/triggers/0 reserved-event-type'],
    ['the event success', { triggers: ['success'] }, '/rules/0/triggers/0 reserved-event-type'],
    ['the event failure', { triggers: ['failure'] }, '/rules/0/triggers/0 reserved-event-type'],
    ['the event __proto__', { triggers: ['__proto__'] }, '/rules/0/triggers/0 reserved-event-type'],
    ['an event of its own', { event: { type: 'error' } }, '/rules/0/event unknown-key'],
    ['no receiver', { receivers: [] }, '/rules/0/receivers missing-receivers'],
    ['missing receivers', { receivers: undefined }, '/rules/0/receivers missing-receivers'],
    ['an unknown role', { receivers: [{ role: 'boss' }] }, '/rules/0/receivers/0/role unknown-role'],
    ['agents without ids', { receivers: [{ role: 'agents' }] }, '/rules/0/receivers/0/agentIds required'],
    [
      'ids for the assignee',
      { receivers: [{ role: 'assignee', agentIds: ['a'] }] },
      '/rules/0/receivers/0/agentIds wrong-type',
    ],
    ['an unknown urgency', { urgency: 'now' }, '/rules/0/urgency wrong-type'],
    ['a misspelt property', { urgancy: 'urgent' }, '/rules/0/urgancy unknown-key'],
    ['an id that is none', { id: 'a b' }, '/rules/0/id wrong-type'],
    ['the id constructor', { id: 'constructor' }, '/rules/0/id wrong-type'],
    [
      'a repeat that never happens',
      { timing: { repeatAtMost: 2 } },
      '/rules/0/timing/repeatAtMost wrong-type',
    ],
    [
      'an escalation to nobody',
      { timing: { escalateAfterMinutes: 5 } },
      '/rules/0/timing/escalateTo required',
    ],
    [
      'an unread escalation to nobody',
      { timing: { unreadAfterMinutes: 5 } },
      '/rules/0/timing/escalateTo required',
    ],
    [
      'an escalation that is never due',
      { timing: { escalateTo: [{ role: 'group-lead' }] } },
      '/rules/0/timing/escalateTo wrong-type',
    ],
    [
      'an escalation to an unknown role',
      { timing: { unreadAfterMinutes: 5, escalateTo: [{ role: 'boss' }] } },
      '/rules/0/timing/escalateTo/0/role unknown-role',
    ],
    [
      'a window of two hours',
      { timing: { coalesceSeconds: 7200 } },
      '/rules/0/timing/coalesceSeconds out-of-bounds',
    ],
    [
      'a place that is no fact',
      { template: { text: { en: 'Hi {ticket.nope}' } } },
      '/rules/0/template/text/en unknown-place',
    ],
    [
      'an expression as a place',
      { template: { title: { zh: '{ticket.title.constructor}' } } },
      '/rules/0/template/title/zh unknown-place',
    ],
    [
      'a field that is no fact',
      { template: { fields: ['ticket.code', 'nope'] } },
      '/rules/0/template/fields/1 unknown-fact',
    ],
  ])('refuses %s', (_what, part, expected) => {
    expect(
      faultsOf({ ...rule({ all: [leaf] }), ...part }).map(({ path, code }) => `${path} ${code}`),
    ).toEqual([expected]);
  });

  it('accepts every timing and a template at once', () => {
    expect(
      faultsOf({
        ...rule({ all: [leaf] }),
        timing: {
          card: 'update',
          coalesceSeconds: 60,
          repeatEveryMinutes: 30,
          repeatAtMost: 5,
          escalateAfterMinutes: 60,
          unreadAfterMinutes: 15,
          escalateTo: [{ role: 'group-lead' }, { role: 'agents', agentIds: ['a1'] }],
          quietHours: 'ignore',
        },
        template: { title: { en: '{ticket.code}', zh: '工单 {ticket.code}' }, fields: ['ticket.priority'] },
      }),
    ).toEqual([]);
  });

  it('accepts an urgent rule that names the card or a window, which have no effect for it', () => {
    for (const timing of [{ card: 'update' }, { card: 'new' }, { coalesceSeconds: 60 }])
      expect(faultsOf({ ...rule({ all: [leaf] }), urgency: 'urgent', timing })).toEqual([]);
  });
});
