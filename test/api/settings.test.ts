import { readSettings } from '../../api/settings';

const needed = { MONGODB_URI: 'mongodb://127.0.0.1/docking', DOCKING_MASTER_KEY: 'a-key' };

test.each(['1', '-1', 'many'])('%s runs of its own are refused, naming the variable', (runs) => {
  expect(() => readSettings({ ...needed, API_TICKET_RUNS: runs })).toThrow(/API_TICKET_RUNS/);
});

test.each([
  ['0', 0],
  ['2', 2],
  [undefined, 40],
])('%s runs of its own are taken', (runs, expected) => {
  expect(readSettings({ ...needed, API_TICKET_RUNS: runs }).ticketRuns).toBe(expected);
});
