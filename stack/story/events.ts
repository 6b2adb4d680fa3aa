/** 190 ticket events of a realistic mix for 45 tickets, the same in every run. Each title carries a mark to find it by. */
import { unsafeUniformIntDistribution, xoroshiro128plus } from 'pure-rand';

export interface StoryEvent {
  eventId: string;
  mark: string;
  type: string;
  occurredAt: string;
  causeId: string;
  actor: { type: string; id: string };
  ticket: Record<string, unknown> & { id: string; assigneeId: string | null; priority: string };
  changes: { field: string; from: unknown; to: unknown }[];
  reply?: { id: string; public: boolean; excerpt: string };
  schemaVersion: 1;
}

interface TicketState {
  id: string;
  code: string;
  subject: string;
  priority: string;
  statusType: string;
  assigneeId: string | null;
  version: number;
}

const SUBJECTS = [
  '打印机无法打印',
  'Cannot sign in',
  '退款未到账',
  'Invoice is wrong',
  '快递延误',
  'App crashes on start',
];
const PRIORITIES = ['low', 'normal', 'normal', 'high', 'urgent'];

export function storyEvents(
  agentIds: readonly string[],
  count: number,
  tickets: number,
  seed: number,
): StoryEvent[] {
  const random = xoroshiro128plus(seed);
  const below = (limit: number): number => unsafeUniformIntDistribution(0, limit - 1, random);
  const pick = <T>(from: readonly T[]): T => from[below(from.length)] as T;
  const startedAt = Date.now();
  const states: TicketState[] = Array.from({ length: tickets }, (_, index) => ({
    id: `T${1000 + index}`,
    code: `2026${100_000 + index}`,
    subject: pick(SUBJECTS),
    priority: pick(PRIORITIES),
    statusType: 'new',
    assigneeId: null,
    version: 0,
  }));

  return Array.from({ length: count }, (_, index) => {
    const state = index < tickets ? (states[index] as TicketState) : pick(states);
    const mark = `#e${String(index).padStart(3, '0')}`;
    const happening = index < tickets ? created(state) : next(state);
    state.version += 1;
    return {
      eventId: `story-${seed}-${index}`,
      mark,
      occurredAt: new Date(startedAt + index).toISOString(),
      causeId: `cause-${seed}-${index}`,
      schemaVersion: 1,
      ...happening,
      ticket: {
        id: state.id,
        code: state.code,
        version: state.version,
        title: `${state.subject} ${mark}`,
        contentExcerpt: 'It worked yesterday. *Please* help <at id=all></at>.',
        statusType: state.statusType,
        priority: state.priority,
        assigneeId: state.assigneeId,
        source: 'mail',
        url: `https://desk.example.com/tickets/${state.id}`,
      },
    };
  });

  type Happening = Pick<StoryEvent, 'type' | 'actor' | 'changes' | 'reply'>;
  function created(state: TicketState): Happening {
    return { type: 'ticket.created', actor: { type: 'customer', id: `customer-${state.id}` }, changes: [] };
  }

  function next(state: TicketState): Happening {
    const dice = below(100);
    if (state.assigneeId === null || dice < 25) return assigned(state);
    if (dice < 55) {
      return {
        type: 'ticket.replied_by_customer',
        actor: { type: 'customer', id: `customer-${state.id}` },
        changes: [],
        reply: { id: `reply-${state.id}-${state.version}`, public: true, excerpt: 'Any news?' },
      };
    }
    if (dice < 70) {
      return { type: 'ticket.replied_by_agent', actor: { type: 'agent', id: state.assigneeId }, changes: [] };
    }
    if (dice < 80)
      return changed(state, 'priority', pick(PRIORITIES), 'ticket.priority_changed', state.assigneeId);
    if (dice < 90) return changed(state, 'statusType', 'solved', 'ticket.solved', state.assigneeId);
    return changed(state, 'statusType', 'in_progress', 'ticket.reopened', null);
  }

  function assigned(state: TicketState): Happening {
    const from = state.assigneeId;
    state.assigneeId = pick(agentIds);
    const self = below(10) === 0;
    return {
      type: 'ticket.assigned_agent',
      actor: self ? { type: 'agent', id: state.assigneeId } : { type: 'automation', id: 'routing' },
      changes: [{ field: 'assigneeId', from, to: state.assigneeId }],
    };
  }

  function changed(
    state: TicketState,
    field: 'priority' | 'statusType',
    to: string,
    type: string,
    agentId: string | null,
  ): Happening {
    const from = state[field];
    state[field] = to;
    return {
      type,
      actor: agentId ? { type: 'agent', id: agentId } : { type: 'customer', id: `customer-${state.id}` },
      changes: [{ field, from, to }],
    };
  }
}
