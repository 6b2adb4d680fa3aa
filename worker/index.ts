export { createPorts, type WorkerPorts } from './ports';
export { createTicketSystems } from './ticket-systems';
export { createWorkers } from './workers';
export { readSettings, type WorkerSettings } from './settings';
