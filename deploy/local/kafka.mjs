import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { containerOf } from './containers.mjs';
import { addressIn, requireAnswer } from './given.mjs';
import { fetchJars, jarsAreThere, kafkaClassPath } from './jars.mjs';
import { explain, startPart } from './part.mjs';
import { ProcessFailed } from './processes.mjs';
import { Halt, step } from './progress.mjs';
import { aptInstall, canInstall, findJava, hasDocker, hasMaven } from './tools.mjs';

const VARIABLE = 'KAFKA_BROKERS';
const log4j = fileURLToPath(new URL('./kafka-log4j2.properties', import.meta.url));

/** A small heap, the serial collector and the quick compiler: up in 2 s, 340 MB. */
const JVM = [
  '-Xmx512m',
  '-XX:+UseSerialGC',
  '-XX:TieredStopAtLevel=1',
  `-Dlog4j2.configurationFile=${log4j}`,
];

/**
 * Apache Kafka, one node that is broker and controller: given, or on this machine's Java, or a container.
 * Says at once, before anything is installed, what is missing.
 * @param {import('./part.mjs').Context} context
 * @returns {Promise<import('./part.mjs').Part>}
 */
export async function kafka(context) {
  const { profile, processes } = context;
  const given = process.env[VARIABLE];
  if (given) {
    const bringUp = async () => {
      const [first = ''] = given.split(',');
      await requireAnswer(VARIABLE, addressIn(VARIABLE, `kafka://${first}`, 9092));
      return given;
    };
    return { needs: [], bringUp };
  }
  const java = await chooseJava(processes);
  const address = `127.0.0.1:${profile.ports.kafka}`;
  const bringUp = async () => {
    if (java) await fetchJars(processes);
    return await step('Kafka', 'ready', async (note) => {
      const server = java ? await localServer(context, java) : containerOf(profile, 'kafka');
      const isReady = () => answers(address);
      await startPart(context, { readyWithin: 60_000, ...server, name: 'kafka', title: 'Kafka', isReady });
      note(address);
      return address;
    });
  };
  const needs = [
    { port: profile.ports.kafka, title: 'Kafka' },
    { port: profile.ports.controller, title: "Kafka's controller" },
  ];
  return { needs, bringUp };
}

/**
 * @param {import('./processes.mjs').Processes} processes
 * @returns {Promise<string | undefined>} the `java` to run Kafka with; undefined when it must be a container
 */
async function chooseJava(processes) {
  let { java, whatIsMissing } = await lookForJava();
  if (java) return java;
  if (await hasDocker()) return undefined;
  if (canInstall()) {
    await aptInstall(processes, ['default-jre-headless', 'maven']);
    ({ java, whatIsMissing } = await lookForJava());
    if (java) return java;
  }
  throw new Halt(
    whatIsMissing,
    'install both (Debian, Ubuntu: `apt-get install default-jre-headless maven`; macOS: `brew install openjdk ' +
      `maven\`), or start Docker, or set ${VARIABLE} to a broker that you run`,
  );
}

/** @returns {Promise<{ java?: string, whatIsMissing: string }>} */
async function lookForJava() {
  const { command, found } = await findJava();
  if (!command)
    return {
      whatIsMissing: `Kafka needs Java 17 or newer with Maven, and ${found ? `the Java here is ${found}` : 'there is no `java` on the PATH'}`,
    };
  if (!jarsAreThere() && !(await hasMaven()))
    return { whatIsMissing: 'Kafka is fetched with Maven, and there is no `mvn` on the PATH' };
  return { java: command, whatIsMissing: '' };
}

/** @param {import('./part.mjs').Context} context @param {string} java */
async function localServer({ profile, processes }, java) {
  const data = join(profile.data, 'kafka');
  const call = (main, ...args) => ({ command: java, args: [...JVM, '-cp', kafkaClassPath(), main, ...args] });
  mkdirSync(profile.data, { recursive: true });
  if (!existsSync(data)) {
    // Beside its place first, as with PostgreSQL: a folder formatted by halves would be refused for ever.
    const fresh = `${data}.new`;
    rmSync(fresh, { recursive: true, force: true });
    const clusterId = randomBytes(16).toString('base64url').replace(/^-/, 'A'); // not an option
    const format = call(
      'kafka.tools.StorageTool',
      'format',
      '-t',
      clusterId,
      '-c',
      configuration(profile, fresh),
    );
    const { code, tail } = await processes.run({ name: 'kafka-format', ...format });
    const log = processes.logFile('kafka-format');
    if (code !== 0)
      throw await explain(
        profile,
        new ProcessFailed('Formatting Kafka', `ended with code ${code}`, tail, log),
      );
    renameSync(fresh, data);
  }
  return { ...call('kafka.Kafka', configuration(profile, data)), stopWithin: 20_000 };
}

/**
 * @param {import('./profile.mjs').Profile} profile
 * @param {string} data
 * @returns {string} the properties file, written anew so that a new version's settings reach old data
 */
function configuration({ ports, run }, data) {
  const settings = {
    'process.roles': 'broker,controller',
    'node.id': 1,
    'controller.quorum.voters': `1@127.0.0.1:${ports.controller}`,
    listeners: `PLAINTEXT://127.0.0.1:${ports.kafka},CONTROLLER://127.0.0.1:${ports.controller}`,
    'advertised.listeners': `PLAINTEXT://127.0.0.1:${ports.kafka}`,
    'controller.listener.names': 'CONTROLLER',
    'log.dirs': data.replaceAll('\\', '/'),
    'offsets.topic.num.partitions': 12, // 50 by default: 100 files and a second of the first start
    'offsets.topic.replication.factor': 1,
    'transaction.state.log.replication.factor': 1,
    'transaction.state.log.min.isr': 1,
    'share.coordinator.state.topic.replication.factor': 1,
    'share.coordinator.state.topic.min.isr': 1,
    'group.initial.rebalance.delay.ms': 0, // 3 s by default, waited at every start of a consumer
    // After a kill -9 the broker waits until its former self counts as gone: 5 s instead of 9.
    'broker.session.timeout.ms': 5_000,
    'broker.heartbeat.interval.ms': 1_000,
    'auto.create.topics.enable': false, // a misspelt topic must be an error
  };
  const file = join(run, 'kafka.properties');
  const lines = Object.entries(settings).map(([name, value]) => `${name}=${value}\n`);
  writeFileSync(file, lines.join(''));
  return file;
}

/**
 * Asks as the services will: the port is open before the broker serves, and a new broker makes its topic of
 * consumer groups only when first asked for one, which takes longer than KafkaJS has patience.
 * @param {string} address
 */
async function answers(address) {
  const { Kafka, logLevel } = (await import('kafkajs')).default;
  const client = new Kafka({
    brokers: [address],
    logLevel: logLevel.NOTHING,
    connectionTimeout: 1_000,
    retry: { retries: 0 },
  });
  const admin = client.admin();
  try {
    await admin.connect();
    await admin.listTopics(); // KafkaJS learns of the brokers here; the next call needs them
    await admin.fetchOffsets({ groupId: 'chengxin-local-start' });
    return true;
  } catch (error) {
    if (error.name?.startsWith('KafkaJS')) return false; // not up yet
    throw error;
  } finally {
    await admin.disconnect();
  }
}
