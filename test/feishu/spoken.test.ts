import { reminderCard, type ReminderCardModel } from '../../feishu';

const MODEL: ReminderCardModel = {
  dockingId: 'd1',
  ticketId: 't1',
  nonce: 'n1',
  headline: { en: 'Assigned to you', zh: '已分配给你' },
  ticketNumber: '12',
  title: 'Printer does not print',
  status: { en: 'New', zh: '新建' },
  urgency: 'routine',
  why: 'Assigned',
  actions: ['acknowledge', 'reply', 'close'],
};
const textOf = (model: ReminderCardModel): string => JSON.stringify(reminderCard(model));

it('a card speaks the one language that a person asked for, whatever the client speaks', () => {
  const english = textOf({ ...MODEL, language: 'en' });
  expect(english).toContain('Status: New');
  expect(english).not.toMatch(/[\u4e00-\u9fff]|i18n|zh_cn/);

  const chinese = textOf({ ...MODEL, language: 'zh' });
  expect(chinese).toContain('状态：新建');
  expect(chinese).not.toMatch(/Status: New|Assigned to you|i18n/);
});

it('a card has both languages where nobody chose one', () => {
  const both = textOf(MODEL);
  for (const part of ['Status: New', '状态：新建', 'i18n_content']) expect(both).toContain(part);
});
