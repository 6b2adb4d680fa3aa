/** Temporal and MongoDB on a laptop, and the product's processes beside them. */
export { choosePort, DEFAULT_PORTS } from './ports';
export { superviseProcesses, type Child, type Processes } from './processes';
export { resolveMongo, startMongo, type MongoServer } from './mongodb';
export { registerSearchAttributes, SEARCH_ATTRIBUTES } from './search-attributes';
export { devServerExecutable, DYNAMIC_CONFIG } from './temporal';
export { terminalProgress, type Progress } from './terminal';
export { testServerExecutable } from './time-skipping';
export { bringUp, type BringUpOptions, type Stack } from './up';
