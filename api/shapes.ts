/** What leaves the API: the contract's shapes, made from records. Secrets have no shape. */
import type { AgentRecord, Binding, Delivery, Department, Employee, EventRecord, SyncRun } from '../store';
import type { Language } from './language';
import { outcomeOf } from './outcomes';
import { reactionShape, type Reactions } from './reactions';
import { refreshedReceivers } from './refreshed-cards';
import { detailOf, explainEvent } from './why';
import { summaryOf } from './why-summary';

export const employeeShape = ({ dockingId: _dockingId, ...employee }: Employee): object => ({
  employeeId: employee.employeeId,
  unionId: employee.unionId ?? null,
  userId: employee.userId ?? null,
  name: employee.name ?? null,
  enName: employee.enName ?? null,
  email: employee.email ?? null,
  enterpriseEmail: employee.enterpriseEmail ?? null,
  mobile: employee.mobile ?? null,
  departmentIds: employee.departmentIds ?? [],
  jobTitle: employee.jobTitle ?? null,
  state: employee.state,
  inAvailability: employee.inAvailability,
  updatedAt: employee.updatedAt,
});

export const agentShape = (agent: AgentRecord): object => ({
  agentId: agent.agentId,
  name: agent.name,
  email: agent.email,
  mobile: agent.mobile,
  groupIds: agent.groupIds,
  state: agent.state,
});

/** Would a card reach them now? Each reason is a code of the reason catalogue. */
export function deliverability(
  binding: Binding,
  employee: Employee | undefined,
  agent: AgentRecord | undefined,
): { ok: boolean; reasons: string[] } {
  const reasons: string[] = [];
  if (binding.state === 'suspended') reasons.push('binding-suspended');
  if (agent && agent.state !== 'active') reasons.push('agent-inactive');
  if (!employee) reasons.push('employee-unknown');
  else if (employee.state !== 'active' && employee.state !== 'unknown')
    reasons.push(`employee-${employee.state}`);
  if (employee?.inAvailability === false) reasons.push('out-of-availability');
  return { ok: reasons.length === 0, reasons };
}

export interface BindingShape extends Omit<Binding, 'dockingId'> {
  employeeName: string | null;
  departmentIds: readonly string[];
  departments: readonly { departmentId: string; name: string | null }[];
  agentName: string | null;
  deliverability: { ok: boolean; reasons: string[] };
}

/** Names of the columns; a list that was exported can be pasted again. */
export const EXPORT_COLUMNS = [
  'employeeId',
  'employeeName',
  'departments',
  'agentId',
  'agentName',
  'method',
  'createdBy',
  'createdAt',
  'state',
  'suspendedReason',
  'deliverable',
  'reasons',
  'lastDeliveryAt',
] as const;

export const exportCells = (shape: BindingShape): (string | null)[] => [
  shape.employeeId,
  shape.employeeName,
  shape.departments.map(({ departmentId, name }) => name ?? departmentId).join(' / '),
  shape.agentId,
  shape.agentName,
  shape.method,
  shape.createdBy,
  shape.createdAt.toISOString(),
  shape.state,
  shape.suspendedReason,
  shape.deliverability.ok ? 'yes' : 'no',
  shape.deliverability.reasons.join(' '),
  shape.lastDelivery?.at.toISOString() ?? null,
];

export const bindingShape = (
  binding: Binding,
  employee: Employee | undefined,
  agent: AgentRecord | undefined,
  departments: readonly Department[] = [],
): BindingShape => ({
  id: binding.id,
  employeeId: binding.employeeId,
  agentId: binding.agentId,
  employeeName: employee?.name ?? null,
  departmentIds: employee?.departmentIds ?? [],
  departments: departments.map(({ departmentId, name }) => ({ departmentId, name: name ?? null })),
  agentName: agent?.name ?? null,
  method: binding.method,
  state: binding.state,
  suspendedReason: binding.suspendedReason,
  createdBy: binding.createdBy,
  createdAt: binding.createdAt,
  deliverability: deliverability(binding, employee, agent),
  lastDelivery: binding.lastDelivery,
});

export const syncRunShape = ({ dockingId: _dockingId, ...run }: SyncRun): object => run;

export const deliveryShape = ({ dockingId: _dockingId, ...delivery }: Delivery): object => delivery;

/** With what people did with its card. */
export const provenDelivery = (delivery: Delivery, reactions: Reactions): object => ({
  ...deliveryShape(delivery),
  reactions: (reactions.get(delivery.id) ?? []).map(reactionShape),
});

/** The "why" of one event: rule by rule, receiver by receiver. `language`: of summary and details. */
export function whyShape(
  event: EventRecord,
  deliveries: ReadonlyMap<string, Delivery>,
  reactions?: Reactions,
  language: Language = 'en',
): object {
  return {
    eventId: event.eventId,
    ticketId: event.ticketId,
    type: event.type,
    state: event.state,
    occurredAt: event.occurredAt,
    receivedAt: event.receivedAt,
    entrance: event.entrance,
    stale: event.stale,
    rulesVersion: event.verdict?.rulesVersion ?? null,
    summary: summaryOf(event, deliveries, language),
    explanation: explainEvent(event, deliveries, reactions),
    // The words of a card are the ticket's own; the trace masks what it shows.
    rules: (event.verdict?.rules ?? []).map(({ card: _card, ...rule }) => rule),
    receivers: [
      ...event.receivers.map((receiver) => {
        const delivery = receiver.deliveryId ? deliveries.get(receiver.deliveryId) : undefined;
        return {
          role: receiver.role,
          agentId: receiver.agentId,
          employeeId: receiver.employeeId,
          ruleIds: receiver.ruleIds,
          outcome: outcomeOf(event, receiver, deliveries),
          reason: receiver.suppressedBy ?? delivery?.reason ?? null,
          detail: detailOf(receiver, deliveries, language),
          deliveryId: receiver.deliveryId,
          // Of a digest: the card that carried this one.
          carriedByDeliveryId: delivery?.bundledInto ?? null,
          messageId: delivery?.messageId ?? null,
          ...(reactions && delivery
            ? { reactions: (reactions.get(delivery.id) ?? []).map(reactionShape) }
            : {}),
        };
      }),
      ...refreshedReceivers(event, deliveries, language),
    ],
  };
}
