/**
 * `npm run bench -- directory-kills`: companies of different shapes are pulled while worker, API, Temporal and the
 * network die at random, and database and Temporal fall silent; then the mirror is compared with the simulator's truth,
 * person by person and field by field.
 */
import { setTimeout as pause } from 'node:timers/promises';
import Table from 'cli-table3';
import { openCampaign, type Campaign, type PlannedCompany } from './campaign';
import { drawing, oneOf } from './drawing';
import { differences } from './mirror-differences';

const SEEDS = (process.env['BENCH_SEEDS'] ?? '1,2').split(',');
const PEOPLE_CALL = '/open-apis/contact/v3/users/find_by_department';
const RUN_LIMIT_MS = 15 * 60_000;
/** Takes six minutes and more, and its deaths are spread over them: only on demand. */
const LARGE = '100,000 in 5,000 departments';
const SPREAD = 8;

const SHAPES: Record<string, PlannedCompany> = {
  '6,000 in 600 departments': { employees: 6_000, departments: 600 },
  '20,000 in one department': { employees: 20_000, departments: 1, rootMembers: 10 },
  '6 levels, half without e-mail, a tenth doubles': {
    employees: 5_000,
    departments: 400,
    levels: 6,
    withoutEmail: 50,
    duplicates: 10,
  },
  'every other subtree outside the range': { employees: 5_000, departments: 400, everyOtherSubtree: true },
  [LARGE]: { employees: 100_000, departments: 5_000 },
};
/** Part of a name; default: all but the large one. */
const WANTED = process.env['BENCH_SHAPE'];
const isWanted = (name: string): boolean => (WANTED ? name.includes(WANTED) : name !== LARGE);

export interface KillsRow {
  company: string;
  seed: string;
  deaths: string;
  seconds: number;
  mirrored: number;
  /** Rows that are missing, too many, or differ in a field. */
  differences: number;
  pages: number;
  /** Pages that a pull without a death asks for. */
  pagesNeeded: number;
  busiestSecond: number;
  busiestMinute: number;
  refused: number;
}

export async function run(): Promise<void> {
  const rows: KillsRow[] = [];
  for (const seed of SEEDS) {
    for (const [company, plan] of Object.entries(SHAPES).filter(([name]) => isWanted(name))) {
      const campaign = await openCampaign(seed, plan);
      try {
        rows.push({
          company,
          seed,
          ...(await pullWithDeaths(campaign, drawing(seed + company), company === LARGE ? SPREAD : 1)),
        });
        process.stdout.write(`${JSON.stringify(rows.at(-1))}\n`);
      } finally {
        await campaign.close();
      }
    }
  }
  print(rows);
}

async function pullWithDeaths(
  campaign: Campaign,
  draw: () => number,
  spread: number,
): Promise<Omit<KillsRow, 'company' | 'seed'>> {
  const deaths: Record<string, number> = {};
  const startedAt = performance.now();
  const runId = await campaign.startSync();
  let state = 'running';
  while (state === 'running') {
    if (performance.now() - startedAt > RUN_LIMIT_MS) throw new Error('the run does not end');
    await pause((2_000 + draw() * 5_000) * spread);
    state = (await campaign.stateOf(runId)) ?? state;
    const kind = oneOf(draw, KINDS);
    if (state !== 'running' || Object.values(deaths).reduce((sum, one) => sum + one, 0) >= MOST_DEATHS)
      continue;
    deaths[kind] = (deaths[kind] ?? 0) + 1;
    if (kind === 'network') await campaign.disturb(PEOPLE_CALL, oneOf(draw, NETWORK));
    else await campaign.strike(kind, draw);
  }
  if (state !== 'applied') throw new Error(`the run ended ${state}`);
  const seconds = (performance.now() - startedAt) / 1000;
  const { mirrored, differing } = await differences(campaign);
  const calls = await campaign.callsOf(PEOPLE_CALL);
  return {
    deaths: Object.entries(deaths)
      .map(([kind, count]) => `${count} ${kind}`)
      .join(', '),
    seconds,
    mirrored,
    differences: differing.length,
    pages: calls.pages,
    pagesNeeded: campaign.pagesNeeded,
    busiestSecond: calls.busiestSecond,
    busiestMinute: calls.busiestMinute,
    refused: calls.refused,
  };
}

const KINDS = [
  'worker',
  'temporal',
  'worker',
  'api',
  'network',
  'mongodb',
  'mongodb held',
  'temporal held',
] as const;
const NETWORK = ['reset', 'drop-answer', 'expire-page-token', 'partial-page', 'html-502', 'rate-limit'];
const MOST_DEATHS = 8;

function print(rows: readonly KillsRow[]): void {
  const table = new Table({
    head: [
      'company',
      'deaths',
      's',
      'mirrored',
      'differ',
      'pages',
      'needed',
      'refused',
      'peak/s',
      'peak/min',
    ],
  });
  for (const row of rows) {
    table.push([
      row.company,
      row.deaths,
      row.seconds.toFixed(0),
      row.mirrored,
      row.differences,
      row.pages,
      row.pagesNeeded,
      row.refused,
      row.busiestSecond,
      row.busiestMinute,
    ]);
  }
  process.stdout.write(`${table.toString()}\n`);
}
