import type { ChecklistItem, Docking, Owner, Store } from '../../store';

/** Something the docking's admins should know, in ids and times; the words are made where it is told. */
export interface AdminNotice {
  dockingId: string;
  /** The same notice is told once, whatever is repeated. */
  noticeId: string;
  /** `drift` = items broke or recovered · `still-broken` = they are since a while · `waiting` = somebody is waited for. */
  kind: 'drift' | 'still-broken' | 'waiting';
  /** Checklist item ids. */
  broken: string[];
  recovered: string[];
  /** All that is broken now; absent when the notice says nothing about it. */
  drifted?: string[];
  /** Who is waited for. */
  owner?: Owner;
  /** RFC 3339 `since`. */
  steps: { step: string; since: string }[];
}

/** The notice with its words, as the webhook sends it and the message writes it. */
export interface SpelledNotice {
  noticeId: string;
  kind: AdminNotice['kind'];
  dockingId: string;
  dockingName: string;
  at: string;
  /** One line. */
  title: string;
  broken: SpelledItem[];
  recovered: SpelledItem[];
  waitingFor: Owner | null;
  waiting: { step: string; since: string; link: string | null }[];
}
type SpelledItem = Pick<
  ChecklistItem,
  'id' | 'state' | 'expected' | 'found' | 'message' | 'owner' | 'link' | 'lostAbility'
>;

export async function spell(
  store: Store,
  docking: Docking,
  notice: AdminNotice,
  at: Date,
): Promise<SpelledNotice> {
  const [checklist, onboarding] = await Promise.all([
    store.checklists.get(docking.id),
    store.onboardings.get(docking.id),
  ]);
  const items = new Map((checklist?.items ?? []).map((item) => [item.id, item]));
  const spelled = (ids: readonly string[]): SpelledItem[] =>
    ids.flatMap((id) => {
      const item = items.get(id);
      if (!item) return [];
      const { state, expected, found, message, owner, link, lostAbility } = item;
      return [{ id, state, expected, found, message, owner, link, lostAbility }];
    });
  return {
    noticeId: notice.noticeId,
    kind: notice.kind,
    dockingId: docking.id,
    dockingName: docking.name,
    at: at.toISOString(),
    title: title(docking, notice),
    broken: spelled(notice.broken),
    recovered: spelled(notice.recovered),
    waitingFor: notice.owner ?? null,
    waiting: notice.steps.map(({ step, since }) => ({
      step,
      since,
      link: onboarding?.steps.find((known) => known.step === step)?.link ?? null,
    })),
  };
}

function title({ name }: Docking, { kind, broken, recovered, owner, steps }: AdminNotice): string {
  if (kind === 'waiting') {
    const days = Math.max(0, ...steps.map(({ since }) => daysSince(since)));
    return `"${name}" waits for the ${owner ?? 'admin'} since ${days} days: ${steps.map(({ step }) => step).join(', ')}.`;
  }
  if (kind === 'still-broken') return `"${name}": ${broken.length} settings in Feishu are still broken.`;
  const parts = [
    ...(broken.length > 0 ? [`${broken.length} settings in Feishu broke`] : []),
    ...(recovered.length > 0 ? [`${recovered.length} work again`] : []),
  ];
  return `"${name}": ${parts.join(', ')}.`;
}

const daysSince = (time: string): number => Math.floor((Date.now() - Date.parse(time)) / 86_400_000);

/** Plain text for the bot's message. */
export function asText(notice: SpelledNotice, checklistUrl: string): string {
  return [
    notice.title,
    ...notice.broken.map((item) =>
      [`✗ ${item.id}: ${item.message}`, item.lostAbility, item.link].filter(Boolean).join('\n'),
    ),
    ...notice.recovered.map((item) => `✓ ${item.id}: ${item.message}`),
    ...notice.waiting.map(({ step, since, link }) =>
      [`… ${step}, since ${since.slice(0, 10)}`, link].filter(Boolean).join('\n'),
    ),
    checklistUrl,
  ].join('\n\n');
}
