import { reminderCard } from '../feishu';

/** A card of the product's make and size, built once; only its title changes. */
const MARK = '#TITLE#';
const PLAIN = JSON.stringify(
  reminderCard({
    dockingId: 'bench',
    ticketId: 'T',
    nonce: 'dl-0000000000000000000000000000000000000000',
    headline: { en: 'Ticket assigned', zh: '工单已分配' },
    ticketNumber: '100',
    title: MARK,
    priority: 'high',
    urgency: 'routine',
    excerpt: 'It worked yesterday. Please help.',
    why: 'Assigned to me',
    url: 'https://desk.example.com/tickets/1',
    actions: ['acknowledge', 'snooze', 'close', 'reply'],
  }),
);

export const plainCard = (title: string): string => PLAIN.replaceAll(MARK, title);
