/** From a ticket event to an accepted message, beside the least that Temporal itself costs, in the same run. */
import Table from 'cli-table3';
import { readyMadeRules } from '../rules';
import { ticketNotificationId } from '../workflows/names';
import { dockingIdOf, prepareGround, type Contestant, type Ground } from './notification-ground';
import { measure, type Measured, type Phase } from './notification-load';

const AGENTS = 200;
const ROUNDS = Number(process.env['BENCH_ROUNDS'] ?? 3);
const SECONDS = Number(process.env['BENCH_SECONDS'] ?? 10);
/** Engines compile what is called often for about this long; what is measured is how a process works that has been up for a while. */
const WARM_UP_EVENTS = 600;
const BURST = 480;
/** The platform's own limit; ours is a little below it. */
const PLATFORM_PER_SECOND = 50;
const RATES = [5, 20] as const;
/** Dockings: one per rate, one to warm up, one for silent events, one per burst of either contestant. */
const WARM_UP = RATES.length;
const SILENT = RATES.length + 1;
const FIRST_BURST = RATES.length + 2;
const DOCKINGS = FIRST_BURST + 2 * ROUNDS;

interface Cost {
  events: number;
  bytes: number;
}

export async function run(): Promise<void> {
  const ground = await prepareGround(DOCKINGS, AGENTS);
  try {
    for (let index = 0; index < DOCKINGS; index += 1) {
      const rules = readyMadeRules('en');
      await ground.store.reminders.save(dockingIdOf(index), 0, { enabled: true, rules }, 'bench');
    }
    await warmUp(ground);
    const measured = new Map<string, Measured[]>();
    for (let round = 0; round < ROUNDS; round += 1) {
      for (const [docking, rate] of RATES.entries()) {
        for (const contestant of inTurn(ground, round)) {
          const phase = { docking, label: `r${round}x${rate}`, events: Math.round(rate * SECONDS), rate };
          const one = await measure(ground, contestant, phase);
          measured.set(`${contestant.name} ${rate}`, [
            ...(measured.get(`${contestant.name} ${rate}`) ?? []),
            one,
          ]);
        }
      }
    }
    const silent: Phase = { docking: SILENT, label: 'quiet', events: 200, rate: 20, silent: true };
    const quiet = await measure(ground, ground.product, silent);
    const quietRuns = await ground.temporal.workflow.count(
      `WorkflowId STARTS_WITH "${ticketNotificationId(dockingIdOf(SILENT), '')}"`,
    );
    const drains = { product: [] as number[], floor: [] as number[] };
    for (let burst = 0; burst < 2 * ROUNDS; burst += 1) {
      const contestant = burst % 2 === 0 ? ground.product : ground.floor;
      const phase = { docking: FIRST_BURST + burst, label: `burst${burst}`, events: BURST, rate: null };
      drains[contestant.name].push((await measure(ground, contestant, phase)).seconds);
    }
    const cost = await costOf(ground, 'product');
    const floorCost = await costOf(ground, 'floor');
    print(measured, quiet, quietRuns.count, drains, cost, floorCost);
  } finally {
    await ground.close();
  }
}

/** Whoever goes first has the colder machine: they take turns. */
function inTurn({ product, floor }: Ground, round: number): Contestant[] {
  return round % 2 === 0 ? [product, floor] : [floor, product];
}

async function warmUp(ground: Ground): Promise<void> {
  for (const contestant of [ground.product, ground.floor]) {
    await measure(ground, contestant, { docking: WARM_UP, label: 'warm', events: WARM_UP_EVENTS, rate: 20 });
  }
}

/** Of one notifying event of a ticket of its own: the median over a few runs. */
async function costOf(ground: Ground, name: 'product' | 'floor'): Promise<Cost> {
  const costs: Cost[] = [];
  for (let index = 0; index < 15; index += 1) {
    const mark = `${name.slice(0, 1)}-r0x20-${index}`;
    const workflowId = name === 'floor' ? `floor:${mark}` : ticketNotificationId(dockingIdOf(1), mark);
    const { raw } = await ground.temporal.workflow.getHandle(workflowId).describe();
    costs.push({
      events: Number(raw.workflowExecutionInfo?.historyLength ?? 0),
      bytes: Number(raw.workflowExecutionInfo?.historySizeBytes ?? 0),
    });
  }
  costs.sort((a, b) => a.bytes - b.bytes);
  return costs[Math.floor(costs.length / 2)] ?? { events: 0, bytes: 0 };
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor((sorted.length - 1) / 2)] ?? NaN;
}

function print(
  measured: ReadonlyMap<string, readonly Measured[]>,
  quiet: Measured,
  quietRuns: number,
  drains: Readonly<Record<Contestant['name'], readonly number[]>>,
  cost: Cost,
  floorCost: Cost,
): void {
  const figure = (name: string, rate: number, of: keyof Measured): number =>
    median((measured.get(`${name} ${rate}`) ?? []).map((one) => one[of]));
  const table = new Table({ head: ['figure', 'product', 'floor', 'ratio', 'aim'] });
  const row = (what: string, product: number, floor: number, digits: number, aim = ''): void => {
    table.push([what, product.toFixed(digits), floor.toFixed(digits), (product / floor).toFixed(2), aim]);
  };
  for (const rate of RATES) {
    const aim = rate === 20 ? '≤ 0.8 × floor' : '';
    row(`p50 ms at ${rate}/s`, figure('product', rate, 'p50'), figure('floor', rate, 'p50'), 0, aim);
    row(`p99 ms at ${rate}/s`, figure('product', rate, 'p99'), figure('floor', rate, 'p99'), 0);
    const cpu = 'cpuMsPerEvent';
    row(`CPU ms per event at ${rate}/s`, figure('product', rate, cpu), figure('floor', rate, cpu), 1, aim);
    const whole = 'wholeMsPerEvent';
    row(
      `the same, with Temporal server and database`,
      figure('product', rate, whole),
      figure('floor', rate, whole),
      1,
    );
  }
  row('history events per notifying event', cost.events, floorCost.events, 0, '≤ 8');
  row('history bytes per notifying event', cost.bytes, floorCost.bytes, 0, '≤ 1,500');
  const ideal = BURST / PLATFORM_PER_SECOND;
  const drained = median(drains.product);
  row(`s to drain ${BURST} events at once`, drained, median(drains.floor), 2);
  table.push(
    [
      'the same, beside what the platform takes at most',
      drained.toFixed(2),
      ideal.toFixed(2),
      (drained / ideal).toFixed(2),
      '≤ 1.1 × ideal',
    ],
    ['workflow runs of 200 silent events', quietRuns, '', '', '0'],
    ['CPU ms per silent event', quiet.cpuMsPerEvent.toFixed(1), '', '', ''],
  );
  process.stdout.write(
    `medians of ${ROUNDS} interleaved rounds of ${SECONDS} s and of ${ROUNDS} bursts; the platform takes ${PLATFORM_PER_SECOND}/s at most\n${table.toString()}\n`,
  );
}
