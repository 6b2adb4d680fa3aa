import { resolveMongo, type MongoServer } from '../../stack';

export type OwnMongo = Exclude<MongoServer, { uri: string }>;

/** The server that a test starts for itself, whatever the suite runs on. */
export async function ownMongo(): Promise<OwnMongo> {
  const uri = process.env['MONGODB_URI'];
  delete process.env['MONGODB_URI'];
  try {
    return (await resolveMongo(() => undefined)).value as OwnMongo;
  } finally {
    if (uri !== undefined) process.env['MONGODB_URI'] = uri;
  }
}
