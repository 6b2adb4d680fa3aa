/** What the local stack keeps in its data folder about itself, and what it tells its child processes. */
import { randomBytes } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

export interface StackSettings {
  /** 32 bytes in base64; seals the secrets in MongoDB. */
  masterKey: string;
  /** Opens everything in the API. */
  adminToken: string;
  /** True when this start made the admin token. */
  firstStart: boolean;
}

/**
 * From the environment, else from the data folder, else made now and kept there (mode 600). Throws with
 * NODE_ENV=production and no DOCKING_MASTER_KEY: a key beside the data protects nothing.
 */
export async function stackSettings(dataDir: string, env = process.env): Promise<StackSettings> {
  if (env['NODE_ENV'] === 'production' && !env['DOCKING_MASTER_KEY']) {
    throw new Error(
      'NODE_ENV is production and DOCKING_MASTER_KEY is not set. Make a key once with ' +
        '`openssl rand -base64 32`, keep it in your secret store, and pass it to every process.',
    );
  }
  await mkdir(dataDir, { recursive: true });
  const masterKey = env['DOCKING_MASTER_KEY'] ?? (await kept(join(dataDir, 'master-key'), 'base64')).text;
  const token = env['DOCKING_ADMIN_TOKEN']
    ? { text: env['DOCKING_ADMIN_TOKEN'], made: false }
    : await kept(join(dataDir, 'admin-token'), 'base64url');
  return { masterKey, adminToken: token.text, firstStart: token.made };
}

async function kept(
  file: string,
  encoding: 'base64' | 'base64url',
): Promise<{ text: string; made: boolean }> {
  try {
    return { text: (await readFile(file, 'utf8')).trim(), made: false };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
  const text = randomBytes(32).toString(encoding);
  await writeFile(file, `${text}\n`, { mode: 0o600 });
  return { text, made: true };
}

/** Where everything is; also the content of `<data-dir>/endpoints.json`. Null: not part of this stack. */
export interface Endpoints {
  api: string;
  /** host:port */
  temporal: string;
  temporalUi: string | null;
  mongodb: string;
  simulator: string | null;
  ticketSystem: string | null;
  adminToken: string;
}

/** The environment of worker and API. What the caller's own environment says beside these is passed on. */
export function childEnvironment(endpoints: Endpoints, settings: StackSettings): Record<string, string> {
  const allowed = [endpoints.simulator, process.env['DOCKING_ALLOWED_PLATFORM_URLS']].filter(Boolean);
  return {
    TEMPORAL_ADDRESS: endpoints.temporal,
    ...(endpoints.temporalUi && { TEMPORAL_UI_URL: endpoints.temporalUi }),
    MONGODB_URI: endpoints.mongodb,
    DOCKING_MASTER_KEY: settings.masterKey,
    DOCKING_ADMIN_TOKEN: settings.adminToken,
    DOCKING_ALLOWED_PLATFORM_URLS: allowed.join(','),
    DOCKING_PUBLIC_URL: process.env['DOCKING_PUBLIC_URL'] ?? endpoints.api,
    LOG_LEVEL: process.env['LOG_LEVEL'] ?? 'info',
    NODE_ENV: process.env['NODE_ENV'] ?? 'development',
  };
}
