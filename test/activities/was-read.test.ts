import { wasRead } from '../../activities/notification/was-read';
import { deliverOnce } from '../../activities/notification/deliver';
import type { Delivery } from '../../store';
import type { Company } from '../workflows/company';
import { dueCard, openNotifiedCompany } from './notified-company';

let company: Company;
beforeAll(async () => {
  company = await openNotifiedCompany();
});
afterAll(() => company?.close());

const at = (ms: number): Date => new Date(Date.now() + ms);

/** A card that is out and that its receiver has read by now, on the platform. */
async function readCard(): Promise<Delivery> {
  const due = await dueCard(company);
  await deliverOnce(company.ports, due.dockingId, due.deliveryId, {});
  const delivery = await due.delivery();
  await company.control('POST', `/messages/${delivery.messageId}/read`, {});
  return delivery;
}

test('a card that was read counts as read', async () => {
  expect(await wasRead(company.ports, await readCard())).toBe(true);
});

test('a card that was read before it was changed to what this is about does not', async () => {
  const card = await readCard();
  const changed: Delivery = { ...card, carriedBy: 'update', sentAt: at(60_000) };
  expect(await wasRead(company.ports, changed)).toBe(false);
  expect(await wasRead(company.ports, { ...changed, readAt: at(0) })).toBe(false);
  expect(await wasRead(company.ports, { ...changed, readAt: at(61_000) })).toBe(true);
});
