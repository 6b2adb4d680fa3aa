import { mongo, type Connection, type Model } from 'mongoose';

/** IndexOptionsConflict and IndexKeySpecsConflict: an older build made an index of that name in another way. */
const OTHER_INDEX = new Set<unknown>([85, 86]);
/** Another process that starts beside this one has dropped it just now. */
const INDEX_NOT_FOUND = 27;
/** Two processes of an upgrade can undo each other's step at most so often before both are through. */
const ATTEMPTS = 5;

/**
 * Creates what is missing. Where a data folder of an older build has an index of the same name with other fields or
 * options, it is replaced: nobody but this product keeps indexes here, and records are left as they are.
 */
export async function createIndexes(connection: Connection): Promise<void> {
  const models = connection.modelNames().map((name) => connection.model<unknown>(name));
  await Promise.all(models.map((model) => bringUpToDate(model)));
}

async function bringUpToDate(model: Model<unknown>): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      await model.createIndexes();
      return;
    } catch (error) {
      if (attempt === ATTEMPTS || !OTHER_INDEX.has(codeOf(error))) throw error;
    }
    await dropOthers(model);
  }
}

/** Everything the schema does not have in exactly this way. */
async function dropOthers(model: Model<unknown>): Promise<void> {
  const { toDrop }: { toDrop: string[] } = await model.diffIndexes();
  for (const name of toDrop) {
    try {
      await model.collection.dropIndex(name);
    } catch (error) {
      if (codeOf(error) !== INDEX_NOT_FOUND) throw error;
    }
  }
}

const codeOf = (error: unknown): unknown => (error instanceof mongo.MongoServerError ? error.code : null);
