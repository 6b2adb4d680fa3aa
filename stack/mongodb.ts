/** MongoDB on this machine: which server is used, and how it is started. */
import { createHash } from 'node:crypto';
import { mkdir, readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { mongo } from 'mongoose';
import { findOnPath, isExecutable, runCommand } from './command';
import { installJars, installOnce, vendorDownload } from './install';
import { cacheDir, projectRoot } from './paths';
import type { Child, Processes } from './processes';
import { untilReady } from './readiness';
import { resolve, type Resolved } from './resolve';

/** The Java server reads all documents at its start to know them by their indexes: 11 s for 120,000 people. */
const READY_TIMEOUT_MS = 120_000;
const COMPILE_TIMEOUT_MS = 60_000;
/** The driver's floor. */
const OLDEST_MONGOD = 4.2;

export type MongoServer = { uri: string } | { mongod: string } | { java: { classPath: string } };

/** MONGODB_URI → `mongod` on PATH → official download → a MongoDB-compatible server in Java from Maven. */
export async function resolveMongo(log: (line: string) => void): Promise<Resolved<MongoServer>> {
  const downloads = join(cacheDir(), 'mongod-download');
  return resolve<MongoServer>({
    what: 'MongoDB',
    steps: [
      {
        name: 'MONGODB_URI',
        missing: 'not set',
        find: async () => (process.env['MONGODB_URI'] ? { uri: process.env['MONGODB_URI'] } : null),
      },
      {
        name: 'mongod on PATH',
        missing: 'not there',
        find: async () => checkedMongod(await findOnPath('mongod')),
      },
      {
        name: 'the official download',
        missing: 'not downloaded yet',
        find: async () => checkedMongod(await downloadedMongod(downloads)),
        async install() {
          await vendorDownload(DOWNLOAD_SCRIPT, downloads);
          const found = await checkedMongod(await downloadedMongod(downloads));
          if (!found) throw new Error('nothing executable in it');
          return found;
        },
      },
      {
        name: 'mongo-java-server 1.47.0 (Java, Maven)',
        missing: 'not installed yet',
        find: async () => {
          const folder = join(cacheDir(), await javaFolder());
          return (await isExecutable(folder)) ? java(folder) : null;
        },
        install: async () => java(await installOnce(await javaFolder(), compileJava)),
      },
    ],
    fixes: [
      'set MONGODB_URI to a server that runs, or put mongod on PATH',
      'allow the download that mongodb-memory-server-core does (delete .cache/resolution.json to try at once)',
      'install a JDK 17 or newer and Maven, and allow Maven to reach its repository',
    ],
    log,
  });
}

export interface MongoOptions {
  server: Exclude<MongoServer, { uri: string }>;
  port: number;
  /** Folder of the data. */
  dataDir: string;
  /** Nothing needs to survive the process: the Java server then writes no file. */
  inMemory: boolean;
  /** Most memory of the Java server, in MB. Default 2048; a company of 100,000 in memory needs more. */
  heapMb?: number;
}

/** Starts the server and waits until it answers a ping. */
export async function startMongo(options: MongoOptions, processes: Processes): Promise<Child> {
  const { server, port, dataDir, inMemory, heapMb = 2048 } = options;
  await mkdir(dataDir, { recursive: true });
  const child =
    'mongod' in server
      ? await processes.start({
          name: 'mongodb',
          command: server.mongod,
          args: [...['--bind_ip', '127.0.0.1', '--port', `${port}`, '--quiet'], ...['--dbpath', dataDir]],
        })
      : await processes.start({
          name: 'mongodb',
          command: 'java',
          args: [
            ...[
              '-XX:+UseSerialGC',
              // Its best compiler takes most of the CPU of the first minutes: only for what is called very often.
              '-XX:CompileThresholdScaling=5',
              `-Xmx${heapMb}m`,
              // One that is out of memory answers nobody any more; one that ends is started again.
              '-XX:+ExitOnOutOfMemoryError',
              '-Dorg.slf4j.simpleLogger.defaultLogLevel=warn',
              // It prints failing commands with all their values; the launcher tells of them without.
              '-Dorg.slf4j.simpleLogger.log.de.bwaldvogel.mongo.wire.MongoWireProtocolHandler=off',
              '-cp',
              server.java.classPath,
              'Launcher',
              `${port}`,
            ],
            ...(inMemory ? [] : [join(dataDir, 'mongodb.h2')]),
          ],
        });
  await untilReady({
    what: `MongoDB on 127.0.0.1:${port}`,
    timeoutMs: READY_TIMEOUT_MS,
    child,
    probe: () => pingMongo(`mongodb://127.0.0.1:${port}`, 1_000),
  });
  return child;
}

/** Succeeds when the server answers a ping. The URI's password never gets into the error. */
export async function pingMongo(uri: string, timeoutMs: number): Promise<void> {
  const client = new mongo.MongoClient(uri, { serverSelectionTimeoutMS: timeoutMs });
  try {
    await client.db('admin').command({ ping: 1 });
  } finally {
    await client.close();
  }
}

async function checkedMongod(path: string | null): Promise<MongoServer | null> {
  if (!path) return null;
  const said = await runCommand(path, ['--version'], { timeoutMs: 10_000 });
  const version = /v(\d+\.\d+)/.exec(said)?.[1];
  if (!version || Number(version) < OLDEST_MONGOD) {
    throw new Error(
      `mongod ${version ?? 'of unknown version'} is too old, ${OLDEST_MONGOD} or newer is needed`,
    );
  }
  return { mongod: path };
}

const DOWNLOAD_SCRIPT = `
  const { MongoBinary } = require('mongodb-memory-server-core');
  MongoBinary.getPath({ downloadDir: process.argv[1] })
    .catch((error) => { console.error(error.message.replaceAll('\\n', ' ')); process.exitCode = 1; });
`;

async function downloadedMongod(folder: string): Promise<string | null> {
  const names = await readdir(folder).catch(() => []);
  const name = names.find((candidate) => /^mongod-.*\d$/.test(candidate));
  return name && (await isExecutable(join(folder, name))) ? join(folder, name) : null;
}

const java = (folder: string): MongoServer => ({ java: { classPath: `${folder}:${join(folder, '*')}` } });

const javaSources = [
  'pom.xml',
  'AskedValues.java',
  'BsonDocuments.java',
  'DocumentKeys.java',
  'IndexedBackend.java',
  'Launcher.java',
  'PrefixLookup.java',
  'UnchangingCollection.java',
  'UniqueLookup.java',
].map((name) => join(projectRoot(), 'stack', 'java', name));

/** Another launcher or other jars are another installation. */
async function javaFolder(): Promise<string> {
  const hash = createHash('sha256');
  for (const source of javaSources) hash.update(await readFile(source));
  return `mongo-java-server-${hash.digest('hex').slice(0, 12)}`;
}

async function compileJava(folder: string): Promise<void> {
  await installJars(folder);
  const programs = javaSources.filter((source) => source.endsWith('.java'));
  await runCommand('javac', ['-cp', join(folder, '*'), '-d', folder, ...programs], {
    timeoutMs: COMPILE_TIMEOUT_MS,
  });
}
