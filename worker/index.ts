export { createPorts, type WorkerPorts } from './ports';
export { createWorkers } from './workers';
export { readSettings, type WorkerSettings } from './settings';
