/** Id forms of the platform. Match by them only to refuse nonsense early: Feishu decides what exists. */
export const ID_PATTERNS = {
  /** Same form on both brands: the brand cannot be read from it. */
  appId: /^cli_[0-9a-f]{16}$/i,
  /** Differs per app: an open_id of another app is refused with 230001 or 99992361. */
  openId: /^ou_[0-9a-f]{32}$/i,
  unionId: /^on_[0-9a-z]{32}$/i,
  openDepartmentId: /^(?:0|od-[0-9a-z]{32})$/i,
  messageId: /^om_[0-9a-z_]+$/i,
  chatId: /^oc_[0-9a-z]+$/i,
  versionId: /^oav_[0-9a-z]+$/i,
} as const;

/** The root of every tenant's department tree. Reading it needs the contact range "all members". */
export const ROOT_DEPARTMENT_ID = '0';

/** A person's state as the contact API gives it. A member that is `undefined` was not sent. */
export interface UserStatus {
  readonly isActivated: boolean | undefined;
  readonly isFrozen: boolean | undefined;
  readonly isResigned: boolean | undefined;
  /** Left by themselves; becomes "resigned" later. */
  readonly isExited: boolean | undefined;
  /** Invited, not yet confirmed. */
  readonly isUnjoin: boolean | undefined;
}

export type EmployeeState = 'active' | 'not-activated' | 'frozen' | 'left' | 'unknown';

/** One word for a person's state. An absent status means "we may not read it" and stays `unknown`, never inactive. */
export function employeeState(status: UserStatus | undefined): EmployeeState {
  if (status === undefined) return 'unknown';
  if (status.isResigned === true || status.isExited === true) return 'left';
  if (status.isFrozen === true) return 'frozen';
  if (status.isActivated === true) return 'active';
  return status.isActivated === false ? 'not-activated' : 'unknown';
}

export interface Deliverability {
  readonly verdict: 'yes' | 'no' | 'unknown';
  readonly reasons: readonly ('not-activated' | 'frozen' | 'resigned' | 'exited' | 'status-unreadable')[];
}

/** Can a message reach this person: activated, not frozen, not resigned, not exited. Unknown does not stop a send. */
export function deliverable(status: UserStatus | undefined): Deliverability {
  if (status === undefined) return { verdict: 'unknown', reasons: ['status-unreadable'] };
  const reasons: Deliverability['reasons'][number][] = [];
  if (status.isResigned === true) reasons.push('resigned');
  if (status.isExited === true) reasons.push('exited');
  if (status.isFrozen === true) reasons.push('frozen');
  if (status.isActivated === false) reasons.push('not-activated');
  if (reasons.length > 0) return { verdict: 'no', reasons };
  return status.isActivated === true
    ? { verdict: 'yes', reasons: [] }
    : { verdict: 'unknown', reasons: ['status-unreadable'] };
}
