/** What the docking's keys prove is still not the docking's when it names another app or company. */
import { uniqueId } from '../store/fixture';
import * as clicked from './clicked-cards';
import { clickedApi, type Click } from './clicked-cards';
import type { TestApi } from './server';

let api: TestApi;
const { sentCard, click, recordOf } = clickedApi((started) => (api = started));

describe('a proven envelope', () => {
  const foreign: [string, NonNullable<Click['header']>][] = [
    ['another app', { app_id: 'cli_ffffffffffffffff' }],
    ['another company, where the docking’s is known', { tenant_key: 'tk-other' }],
  ];
  test.each(foreign)(
    'that names %s is refused like an unproven one, and nothing is stored',
    async (_who, header) => {
      const card = await sentCard();
      await api.store.dockings.patch(card.dockingId, { tenantKey: 'tk' });
      const answer = await clicked.post(api, card, 'claim', { header });
      expect(answer).toMatchObject({ status: 401, body: { type: 'FeishuEvent.Refused' } });
      expect(answer.body['nextStep']).toContain('developer console');
      expect(await recordOf(card, 'claim')).toBeNull();
      expect(await click(card, 'claim')).toMatchObject({ type: 'success' });
    },
  );

  test('of a company is taken while the docking’s own is not known, and one that names nobody always', async () => {
    const unknown = await sentCard();
    expect(await click(unknown, 'claim', { header: { tenant_key: 'tk-1' } })).toMatchObject({
      type: 'success',
    });
    const known = await sentCard();
    await api.store.dockings.patch(known.dockingId, { tenantKey: 'tk' });
    const header = { app_id: undefined, tenant_key: undefined };
    expect(await click(known, 'claim', { header })).toMatchObject({ type: 'success' });
  });

  test('of another event than a click is held to the same', async () => {
    const card = await sentCard();
    const header = { event_id: uniqueId('ev'), event_type: 'application.application.visibility.added_v6' };
    const foreign = { ...header, app_id: 'cli_ffffffffffffffff' };
    expect(await clicked.post(api, card, 'claim', { header: foreign })).toMatchObject({ status: 401 });
    const told = async () =>
      (await api.store.feishuEvents.unsettled({ olderThanMs: -60_000, limit: 500 })).map(
        ({ note }) => note.eventId,
      );
    expect(await told()).not.toContain(header.event_id);
    // It was not noted as seen either.
    expect(await clicked.post(api, card, 'claim', { header })).toMatchObject({ status: 200 });
    expect(await api.store.feishuEvents.note(card.dockingId, { eventId: header.event_id, type: 'x' })).toBe(
      false,
    );
  });
});
