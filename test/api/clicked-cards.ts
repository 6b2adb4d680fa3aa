/** Cards of bound people in the API's store, and clicks on them as the platform brings them. */
import type { CardClick } from '../../feishu';
import type { ClickRecord, Delivery } from '../../store';
import { seat } from '../intake/desk';
import { delivery, docking, uniqueId } from '../store/fixture';
import { startApi, type TestApi } from './server';

const TOKEN = 'verification-token-of-this-test';

interface Answer {
  toast?: { type: string; content: string; i18n: Record<string, string> };
}

/** A card that `ou_1`, bound to agent `a1`, has got. */
export async function sentCard(api: TestApi, fields: Partial<Delivery> = {}): Promise<Delivery> {
  const made = docking({ state: 'live' });
  await api.store.dockings.create(made, { appSecret: 's', pushToken: 'p', verificationToken: TOKEN });
  await seat(api.store, made.id, ['ou_1', 'ou_2']);
  const card = delivery({
    dockingId: made.id,
    ticketId: uniqueId('t'),
    agentId: 'a1',
    employeeId: 'ou_1',
    state: 'sent',
    messageId: uniqueId('om'),
    carriedBy: 'message',
    sentAt: new Date(),
    ...fields,
  });
  await api.store.deliveries.plan([card]);
  return card;
}

/** What differs from the receiver's own click on the card's button. */
export interface Click {
  value?: Record<string, unknown>;
  by?: string;
  messageId?: string | null;
  note?: string;
  /** Of the envelope; absent = a new one, made now, of the docking's app. */
  header?: Record<string, string | undefined>;
}

/** Brings a click by webhook, as the platform does. */
// eslint-disable-next-line @typescript-eslint/explicit-module-boundary-types -- the answer's type is the API's
export async function post(
  api: TestApi,
  card: Delivery,
  action: string,
  { value, by, messageId, note, header }: Click = {},
) {
  const { appId } = await api.store.dockings.require(card.dockingId);
  return api.call(
    'POST',
    `/feishu/${card.dockingId}/events`,
    {
      schema: '2.0',
      header: {
        event_id: uniqueId('ev'),
        token: TOKEN,
        create_time: `${Date.now()}000`,
        event_type: 'card.action.trigger',
        tenant_key: 'tk',
        app_id: appId,
        ...header,
      },
      event: {
        operator: { tenant_key: 'tk', open_id: by ?? card.employeeId },
        token: 'c-1',
        action: {
          tag: 'button',
          value: { a: action, d: card.dockingId, t: card.ticketId, n: card.id, ...value },
          ...(note === undefined ? {} : { form_value: { note } }),
        },
        host: 'im_message',
        context: { open_message_id: messageId ?? card.messageId },
      },
    },
    { 'content-type': 'application/json' },
  );
}

/** The toast of one that is taken. */
export async function click(
  api: TestApi,
  card: Delivery,
  action: string,
  more: Click = {},
): Promise<Answer['toast']> {
  const answer = await post(api, card, action, more);
  expect(answer.status).toBe(200);
  return (answer.body as Answer).toast;
}

/** As it is read from an envelope. */
export const clickOf = (card: Delivery, value: Record<string, unknown>): CardClick => ({
  openId: card.employeeId,
  unionId: undefined,
  userId: undefined,
  messageId: card.messageId ?? undefined,
  chatId: undefined,
  clickToken: undefined,
  value,
  formValue: {},
  inputValue: undefined,
  option: undefined,
  timeZone: undefined,
});

/** The three that tests of clicks ask for, of the file's own API. */
export interface ClickedApi {
  sentCard: () => Promise<Delivery>;
  click: (card: Delivery, action: string, more?: Click) => Promise<Answer['toast']>;
  recordOf: (card: Delivery, action: string) => Promise<ClickRecord | null>;
}

/** For all tests of a file: an API of its own. */
export function clickedApi(use: (api: TestApi) => void): ClickedApi {
  let api: TestApi;
  beforeAll(async () => {
    api = await startApi();
    use(api);
  });
  afterAll(() => api?.close());
  return {
    sentCard: () => sentCard(api),
    click: (card, action, more) => click(api, card, action, more),
    recordOf: (card, action) => api.store.clicks.get(`${card.id}:${action}`),
  };
}
