import { z } from 'zod';

const count = (fallback: number) => z.coerce.number().int().min(1).max(10_000).default(fallback);

const schema = z.object({
  NODE_ENV: z.string().default('development'),
  MONGODB_URI: z.string().min(1),
  DOCKING_MASTER_KEY: z.string().min(1),
  DOCKING_PUBLIC_URL: z.url().default('http://127.0.0.1:8080'),
  LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent']).default('info'),
  /** Port of `/healthz`, `/readyz` and `/metrics`. Default 9464; 0 = any free one. */
  WORKER_HEALTH_PORT: z.coerce.number().int().min(0).max(65535).default(9464),
  /** Workflows kept in memory; a ticket's history is short, so an evicted one costs only a replay. Default 500. */
  WORKER_CACHED_WORKFLOWS: count(500),
  /** Platform calls under way at once, per worker. Default 40: the platform's 50 per second is the real limit. */
  WORKER_FEISHU_ACTIVITIES: count(40),
});

export interface WorkerSettings {
  mongodbUri: string;
  masterKey: string;
  publicUrl: string;
  logLevel: string;
  healthPort: number;
  cachedWorkflows: number;
  feishuActivities: number;
}

/** Reads the environment; an error names the variable and never its value. */
export function readSettings(env: NodeJS.ProcessEnv): WorkerSettings {
  const parsed = schema.safeParse(env);
  if (!parsed.success) {
    const faults = parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`);
    throw new Error(`The environment is not complete. ${faults.join('; ')}`);
  }
  const { data } = parsed;
  return {
    mongodbUri: data.MONGODB_URI,
    masterKey: data.DOCKING_MASTER_KEY,
    publicUrl: data.DOCKING_PUBLIC_URL.replace(/\/$/, ''),
    logLevel: data.LOG_LEVEL,
    healthPort: data.WORKER_HEALTH_PORT,
    cachedWorkflows: data.WORKER_CACHED_WORKFLOWS,
    feishuActivities: data.WORKER_FEISHU_ACTIVITIES,
  };
}
