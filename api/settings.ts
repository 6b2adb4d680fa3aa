import { z } from 'zod';

const schema = z.object({
  NODE_ENV: z.string().default('development'),
  /** Port of the API and the console. Default 8080. */
  PORT: z.coerce.number().int().min(0).max(65535).default(8080),
  HOST: z.string().default('127.0.0.1'),
  MONGODB_URI: z.string().min(1),
  /** 32 bytes in base64; several, comma-separated, while rotating: the first seals, all open. */
  DOCKING_MASTER_KEY: z.string().min(1),
  /** Opens everything. Without it only tokens from the database are accepted. */
  DOCKING_ADMIN_TOKEN: z.string().min(16).optional(),
  /** Platform addresses beside the two brands' own, comma-separated; for rehearsals against the simulator. */
  DOCKING_ALLOWED_PLATFORM_URLS: z.string().default(''),
  /** Where people and platforms reach this API. Default: its own address. */
  DOCKING_PUBLIC_URL: z.url().optional(),
  /** Workflow tasks that this process works on at once, beside the workers; 0 = none. Default 40. */
  API_TICKET_RUNS: z.coerce
    .number()
    .int()
    .min(0)
    .max(1000)
    // Temporal's SDK polls for new runs and for those it keeps, one each at least.
    .refine((tasks) => tasks !== 1, 'must be 0, or 2 and more')
    .default(40),
  LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent']).default('info'),
});

export interface ApiSettings {
  port: number;
  host: string;
  mongodbUri: string;
  masterKey: string;
  adminToken: string | undefined;
  allowedPlatformUrls: string[];
  publicUrl: string;
  logLevel: string;
  /** Workflow tasks at once; 0 = none. */
  ticketRuns: number;
  production: boolean;
}

/** Reads the environment; an error names the variable and never its value. */
export function readSettings(env: NodeJS.ProcessEnv): ApiSettings {
  const parsed = schema.safeParse(env);
  if (!parsed.success) {
    const faults = parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`);
    throw new Error(`The environment is not complete. ${faults.join('; ')}`);
  }
  const { data } = parsed;
  return {
    port: data.PORT,
    host: data.HOST,
    mongodbUri: data.MONGODB_URI,
    masterKey: data.DOCKING_MASTER_KEY,
    adminToken: data.DOCKING_ADMIN_TOKEN,
    allowedPlatformUrls: data.DOCKING_ALLOWED_PLATFORM_URLS.split(',')
      .map((url) => url.trim().replace(/\/$/, ''))
      .filter((url) => url !== ''),
    publicUrl: (data.DOCKING_PUBLIC_URL ?? `http://${data.HOST}:${data.PORT}`).replace(/\/$/, ''),
    logLevel: data.LOG_LEVEL,
    ticketRuns: data.API_TICKET_RUNS,
    production: data.NODE_ENV === 'production',
  };
}
