export { createApi, type ApiServer } from './server';
export { readSettings, type ApiSettings } from './settings';
export type { ApiPorts } from './ports';
