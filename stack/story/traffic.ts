/** Chapter 7: events arrive, some twice, some in the ticket system's own format, while API and worker are killed. */
import type { StoryEvent } from './events';
import type { Http } from './http';

export interface Traffic {
  sentAt: Map<string, number>;
  duplicatesAnswered: number;
}

const BATCH = 10;

/** Sends in batches of ten; the given indexes are pushed again right after their first time. */
export async function sendEvents(
  api: Http,
  dockingId: string,
  events: readonly StoryEvent[],
  twice: ReadonlySet<number>,
  inTheMiddle: () => Promise<void>,
): Promise<Traffic> {
  const sentAt = new Map<string, number>();
  let duplicatesAnswered = 0;
  for (let at = 0; at < events.length; at += BATCH) {
    const batch = events.slice(at, at + BATCH);
    for (const event of batch) sentAt.set(event.mark, Date.now());
    await push(batch);
    const again = batch.filter((_, index) => twice.has(at + index));
    if (again.length > 0) {
      const states = await push(again);
      duplicatesAnswered += states.filter((state) => state === 'duplicate').length;
    }
    if (at <= events.length / 2 && events.length / 2 < at + BATCH) await inTheMiddle();
  }
  return { sentAt, duplicatesAnswered };

  async function push(batch: readonly StoryEvent[]): Promise<string[]> {
    const body = { events: batch.map(({ mark: _mark, ...event }) => event) };
    const answer = await api.post<{ events: { eventId: string; state: string; errors?: unknown }[] }>(
      `/v1/dockings/${dockingId}/ticket-events`,
      body,
    );
    const refused = answer.events.filter((event) => event.state === 'refused');
    if (refused.length > 0) throw new Error(`events were refused: ${JSON.stringify(refused[0])}`);
    return answer.events.map((event) => event.state);
  }
}

export interface SobotCard {
  ticketId: string;
  mark: string;
  agentId: string;
}

/** Five tickets made and assigned in Sobot, then a customer's reply to each: ten pushes, ten cards. */
export async function actInSobot(
  tickets: Http,
  api: Http,
  dockingId: string,
  system: { id: string },
  agentIds: readonly string[],
): Promise<SobotCard[]> {
  const { ticketPushUrl } = await api.get<{ ticketPushUrl: string }>(`/v1/dockings/${dockingId}`);
  await tickets.patch(`/_control/ticket-systems/${system.id}`, {
    pushUrl: ticketPushUrl,
    pushFormat: 'wrapper',
  });
  const cards: SobotCard[] = [];
  for (let index = 0; index < 5; index += 1) {
    const agentId = agentIds[index % agentIds.length] as string;
    const mark = `#s${String(index).padStart(3, '0')}`;
    const { ticketId } = await tickets.post<{ ticketId: string }>(`/_control/tickets?system=${system.id}`, {
      title: `来自智齿 ${mark}`,
      priority: 'urgent',
      agentId,
    });
    cards.push({ ticketId, mark, agentId });
  }
  return cards;
}

export async function customersReply(tickets: Http, cards: readonly SobotCard[]): Promise<void> {
  for (const { ticketId } of cards) {
    await tickets.post(`/_control/tickets/${ticketId}/act`, {
      action: 'reply',
      as: 'customer',
      text: 'Any news?',
    });
  }
}
