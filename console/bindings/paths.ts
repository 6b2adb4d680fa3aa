/** Where bindings live: in the API, in the cache of answers, and in the console. */
import { dockingKey, pathOf } from '../dockings/docking';

export const bindingsKey = (dockingId: string): readonly unknown[] => [...dockingKey(dockingId), 'bindings'];
export const bindingsPath = (dockingId: string): string => `${pathOf(dockingId)}/bindings`;
export const bindingPath = (dockingId: string, bindingId: string): string =>
  `${bindingsPath(dockingId)}/${encodeURIComponent(bindingId)}`;

export const runsKey = (dockingId: string): readonly unknown[] => [...dockingKey(dockingId), 'binding-runs'];
export const runPath = (dockingId: string, runId: string): string =>
  `${bindingsPath(dockingId)}/runs/${encodeURIComponent(runId)}`;

/** Address of a page of the console. */
export const pageOf = (dockingId: string, ...parts: string[]): string =>
  ['/dockings', dockingId, 'bindings', ...parts].join('/');
