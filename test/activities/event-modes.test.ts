import { createActivities } from '../../activities';
import { runActivity } from '../workflows/crew';
import { openCompany, type Company } from '../workflows/company';

let company: Company;
beforeAll(async () => {
  company = await openCompany({ employees: 5, departments: 1 });
});
afterAll(() => company?.close());

const checked = async (): Promise<unknown> => {
  const { checkApp } = createActivities(company.ports);
  await runActivity(() => checkApp(company.dockingId));
  return (await company.store.dockings.require(company.dockingId)).appEventModes;
};

test('a check reads by which way the app wants its events and clicks brought, and follows a change', async () => {
  expect(await checked()).toEqual({ events: 'webhook', clicks: 'webhook' });
  await company.control('PATCH', `/apps/${company.appId}`, { eventMode: 'websocket' });
  expect(await checked()).toEqual({ events: 'long-connection', clicks: 'webhook' });
});
