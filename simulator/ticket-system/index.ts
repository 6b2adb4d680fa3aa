export {
  createTicketSystemSimulator,
  resetTicketSystems,
  type TicketSystemReset,
  type TicketSystemSimulator,
  type TicketSystemSimulatorOptions,
} from './server';
export type { TicketSystemDescription } from './describe';
export type { Colleague } from './types';
