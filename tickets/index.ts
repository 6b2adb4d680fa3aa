export * from './event';
export * from './order';
export type * from './agent';
export type * from './port';
export * from './failure';
export { memorySharedState, memoryTokenStore } from './memory';
export { createTicketSystem } from './ticket-system';
export { readPush } from './read-push';
export { ticketLink } from './links';
