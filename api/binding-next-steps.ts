import type { BindingResult } from '../store';

const OF_UNBOUND: Readonly<Record<string, string>> = {
  'employee-bound-to-other':
    'The employee was bound to another agent meanwhile. Bind this agent to somebody else, bind the employee to it instead of the other, or switch it off in the ticket system.',
  'agent-bound-to-other':
    'Somebody else was bound to this agent meanwhile. Unbind them and bind the employee, or leave it and create the agent again under another mailbox.',
  'employee-left':
    'The employee left meanwhile: bind this agent to somebody else, or switch it off in the ticket system.',
  'employee-frozen':
    'The account of the employee was frozen meanwhile: bind this agent to somebody else, or switch it off in the ticket system.',
  'outcome-unknown':
    'The ticket system gave no answer, so the agent may exist. Look for the mailbox of the employee there, and run this again: it never makes a second one.',
};

/** What a person should do about a result; null where nothing is left to do or the outcome says it all. */
export function nextStepOf({ outcome, reason }: Pick<BindingResult, 'outcome' | 'reason'>): string | null {
  return outcome === 'created-unbound' ? (OF_UNBOUND[reason] ?? null) : null;
}
