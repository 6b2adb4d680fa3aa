/** What a leaf's names mean: used by the check on save and by the compiler, so that both read a rule alike. */
import { findFact, type FactDefinition } from './facts';
import type { OperatorDefinition } from './operators';
import { plainPath } from './path';

export type ResolvedFact =
  | { ok: true; fact: FactDefinition }
  | { ok: false; code: 'unknown-fact' | 'path-not-plain'; part: 'fact' | 'path' };

/** `path` only continues the fact's dotted name; it never reaches the engine. */
export function resolveFact(name: unknown, path: unknown): ResolvedFact {
  if (typeof name !== 'string') return { ok: false, code: 'unknown-fact', part: 'fact' };
  let full = name;
  if (path !== undefined) {
    const parts = typeof path === 'string' ? plainPath(path) : null;
    if (!parts) return { ok: false, code: 'path-not-plain', part: 'path' };
    full = [name, ...parts].join('.');
  }
  const fact = findFact(full);
  if (!fact) return { ok: false, code: 'unknown-fact', part: path === undefined ? 'fact' : 'path' };
  return { ok: true, fact };
}

/** Operators about change look at the change: `ticket.priority changedTo` is `changes.priority changedTo`. */
export function factForOperator(operator: OperatorDefinition, fact: FactDefinition): FactDefinition {
  const aboutChange = operator.facts.includes('change');
  if (!aboutChange || !fact.name.startsWith('ticket.')) return fact;
  return findFact(fact.name.replace(/^ticket\./, 'changes.')) ?? fact;
}
