/** The story's figures as a table for people and as JSON for machines. Times in milliseconds. */
import type { Clicked } from './clicks';
import type { StoryReport } from './context';
import type { BoundAgent } from './people';
import { percentile, type Comparison, type Explained } from './proof';
import type { Happened } from './run';
import type { ChecklistItem, Company } from './set-up';

export interface CallCounts {
  routes: { route: string; count: number }[];
}

export interface StoryFigures {
  dockingId: string;
  company: Company;
  items: readonly ChecklistItem[];
  sync: { progress: { departments: number; employees: number }; calls: number };
  outcomes: Record<string, number>;
  bindings: readonly BoundAgent[];
  happened: Happened;
  pushedTwice: number;
  expected: number;
  compared: Comparison;
  why: Explained;
  clicked: Clicked;
  histories: { runs: number; events: number };
  calls: CallCounts;
  latencies: readonly number[];
}

export function storyReport(figures: StoryFigures): StoryReport {
  const { compared, happened, why, clicked, histories, latencies } = figures;
  const passedItems = figures.items.filter((item) => item.state === 'passed').length;
  const p50 = percentile(latencies, 0.5);
  const p95 = percentile(latencies, 0.95);
  const perNotification = Number((histories.events / Math.max(1, compared.sent)).toFixed(1));
  const sobotPushes = 2 * happened.sobot.length;
  const notifications = {
    expected: figures.expected,
    sent: compared.sent,
    duplicate: compared.duplicate,
    missing: compared.missing.length,
    unexpected: compared.unexpected.length,
  };
  return {
    passed:
      compared.missing.length + compared.duplicate + compared.unexpected.length === 0 &&
      why.unexplained.length === 0 &&
      isClosedOnce(clicked) &&
      happened.duplicatesAnswered === figures.pushedTwice,
    summary: [
      { label: 'checklist items passed', value: `${passedItems} of ${figures.items.length}` },
      { label: 'employees mirrored', value: figures.sync.progress.employees },
      { label: 'agents bound', value: figures.bindings.length },
      { label: 'ticket events', value: happened.events.length + sobotPushes },
      { label: 'of them pushed twice', value: `${happened.duplicatesAnswered} answered as duplicate` },
      { label: 'of them as Sobot pushes', value: sobotPushes },
      { label: 'notifications expected', value: notifications.expected },
      { label: 'notifications sent', value: notifications.sent },
      { label: 'duplicate', value: notifications.duplicate },
      { label: 'missing', value: notifications.missing },
      { label: 'events explained', value: `${why.answered} of ${why.asked}, ${why.silent} sent nothing` },
      {
        label: 'a ticket closed on its card',
        value: `${clicked.done} time for two presses, ${clicked.strangerDid} for a colleague's; answered within ${clicked.slowestMs} ms`,
      },
      {
        label: 'event to message, p50 / p95',
        value: `${p50} / ${p95} ms (API and worker killed in between)`,
      },
      { label: 'history events per notification', value: perNotification },
      { label: 'Feishu calls per route', value: figures.calls.routes.map(callsLine).join('\n') },
    ],
    details: {
      dockingId: figures.dockingId,
      company: {
        employees: figures.company.employees,
        departments: figures.company.departments,
        agents: figures.company.ticketSystem.agents.length,
      },
      checklist: Object.fromEntries(figures.items.map((item) => [item.id, item.state])),
      directory: { ...figures.sync.progress, calls: figures.sync.calls },
      bindings: {
        outcomes: figures.outcomes,
        automatic: figures.bindings.filter((binding) => binding.method === 'automatic').length,
        manual: figures.bindings.filter((binding) => binding.method === 'manual').length,
      },
      events: {
        sent: happened.events.length + sobotPushes,
        pushedTwice: figures.pushedTwice,
        duplicatesAnswered: happened.duplicatesAnswered,
        throughSobotPush: sobotPushes,
      },
      notifications: { ...notifications, missingKeys: compared.missing, unexpectedKeys: compared.unexpected },
      why: { asked: why.asked, answered: why.answered, silent: why.silent, unexplained: why.unexplained },
      clicked: { ...clicked },
      latencyMs: { p50, p95 },
      temporal: { ticketWorkflows: histories.runs, historyEvents: histories.events, perNotification },
      feishuCallsPerRoute: Object.fromEntries(figures.calls.routes.map(({ route, count }) => [route, count])),
    },
  };
}

const isClosedOnce = ({ statusType, done, strangerToast, strangerDid }: Clicked): boolean =>
  statusType === 'closed' && done === 1 && strangerToast === 'error' && strangerDid === 0;

function callsLine({ route, count }: CallCounts['routes'][number]): string {
  return `${String(count).padStart(4)} ${route.replace('/open-apis/', '')}`;
}
