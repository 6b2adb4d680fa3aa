/** Chapter 9: the buttons of a card, as people press them – twice, and with fingers that they are not meant for. */
import { all, until, type Http } from './http';
import type { BoundAgent } from './people';
import type { SobotCard } from './traffic';

const MOST_PRESSES = 3;

interface Surfaces {
  api: Http;
  simulator: Http;
  tickets: Http;
}
interface Toast {
  type: string;
  content: string;
}
interface Reaction {
  action: string;
  state: string;
}

export interface Clicked {
  /** What the ticket system says of the ticket in the end. */
  statusType: string;
  /** How often the card's record says that the ticket was closed. */
  done: number;
  /** What a colleague was answered who pressed the same button first. */
  strangerToast: string;
  /** What the card's record had of that press. */
  strangerDid: number;
  /** Until whoever pressed had an answer; the longest of the three. */
  slowestMs: number;
}

/** From now on the platform tells the docking of clicks, and of changes in the company. */
export async function connectEvents(
  { api, simulator }: Pick<Surfaces, 'api' | 'simulator'>,
  appId: string,
  dockingId: string,
): Promise<void> {
  const { feishuEventsUrl } = await api.get<{ feishuEventsUrl: string }>(`/v1/dockings/${dockingId}`);
  await simulator.patch(`/_control/apps/${appId}`, {
    eventUrl: feishuEventsUrl,
    callbackUrl: feishuEventsUrl,
  });
}

/** A colleague presses "Close" on the card of a ticket of Sobot, then its agent does, twice at once. */
export async function pressClose(
  { api, simulator, tickets }: Surfaces,
  dockingId: string,
  { ticketId, agentId, mark }: SobotCard,
  bindings: readonly BoundAgent[],
): Promise<Clicked> {
  const agent = bindings.find((binding) => binding.agentId === agentId);
  const colleague = bindings.find((binding) => binding.deliverability.ok && binding !== agent);
  if (!agent || !colleague) throw new Error('two bound agents are needed');
  const messages = await all<{ messageId: string; openId: string; content: string }>(
    simulator,
    '/_control/messages?limit=1000',
  );
  const card = messages.find(({ openId, content }) => openId === agent.employeeId && content.includes(mark));
  const value = card && buttonOf(JSON.parse(card.content), 'close');
  if (!value) throw new Error(`the card of ${mark} has no button to close the ticket`);
  let slowestMs = 0;
  const press = async (operator: string, presses = 1): Promise<Toast> => {
    const began = Date.now();
    const { toast, message } = await simulator.post<{ toast: Toast | null; message: string }>(
      `/_control/messages/${card.messageId}/click`,
      { action: { tag: 'button', value }, operator },
    );
    slowestMs = Math.max(slowestMs, Date.now() - began);
    if (toast) return toast;
    // Whoever sees an error of the platform presses again.
    if (presses === MOST_PRESSES) throw new Error(`the click was not answered: ${message}`);
    return press(operator, presses + 1);
  };
  const onRecord = async (): Promise<Reaction[]> =>
    (await api.get<{ reactions: Reaction[] }>(`/v1/dockings/${dockingId}/deliveries/${value.n}`)).reactions;
  const refused = await press(colleague.employeeId);
  const strangerDid = (await onRecord()).length;
  await Promise.all([press(agent.employeeId), press(agent.employeeId)]);
  const reactions = await until('the click to be carried out', 60, onRecord, (found) =>
    found.some(({ action, state }) => action === 'close' && state !== 'asked'),
  );
  const { statusType } = await tickets.get<{ statusType: string }>(`/_control/tickets/${ticketId}`);
  return {
    statusType,
    done: reactions.filter(({ action, state }) => action === 'close' && state === 'done').length,
    strangerToast: refused.type,
    strangerDid,
    slowestMs,
  };
}

/** `n` is the delivery whose card it is. */
interface ButtonValue {
  a: string;
  n: string;
}

function buttonOf(node: unknown, action: string): ButtonValue | undefined {
  if (node === null || typeof node !== 'object') return undefined;
  if ('a' in node && 'n' in node && node.a === action) return node as ButtonValue;
  for (const child of Object.values(node)) {
    const found = buttonOf(child, action);
    if (found) return found;
  }
  return undefined;
}
