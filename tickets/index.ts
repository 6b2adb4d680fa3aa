export * from './event';
export type * from './agent';
export type * from './port';
export * from './failure';
export { memoryTokenStore } from './token-store';
export { createTicketSystem } from './ticket-system';
export { readPush } from './read-push';
