export { startOwnRuns, type OwnRuns } from './own-runs';
export { collectProcessMetrics } from './process-metrics';
export { createPorts, type WorkerPorts } from './ports';
export { createTicketSystems } from './ticket-systems';
export { connectNatively, type Temporal } from './temporal';
export { createWorkers } from './workers';
export { readSettings, type WorkerSettings } from './settings';
