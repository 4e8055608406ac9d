import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { promisify } from 'node:util';
import { Kafka, logLevel } from 'kafkajs';

/* Kafka's own console consumer, from the jars of the local stack: a client that shares no line with ours. */

const run = promisify(execFile);
const ROOT = new URL('../../', import.meta.url);
const MAIN = 'org.apache.kafka.tools.consumer.ConsoleConsumer';
const JVM = ['-Xmx128m', '-XX:+UseSerialGC', '-XX:TieredStopAtLevel=1'];

async function classPath(): Promise<string> {
  const asked = `import('./deploy/local/jars.mjs').then((jars) => process.stdout.write(jars.kafkaClassPath()))`;
  const { stdout } = await run(process.execPath, ['-e', asked], { cwd: ROOT });
  const folder = stdout.replace(/\*$/, '');
  if (!existsSync(folder))
    throw new Error('the jars of the local Kafka are not there: npm test fetches them');
  return stdout;
}

export interface Line {
  key: string;
  value: string;
}

/** How many messages each topic holds now: how far the console consumer is to read. */
export async function messagesIn(broker: string, topics: readonly string[]): Promise<number[]> {
  const admin = new Kafka({ brokers: [broker], clientId: 'count', logLevel: logLevel.NOTHING }).admin();
  await admin.connect();
  try {
    const offsets = await Promise.all(topics.map((topic) => admin.fetchTopicOffsets(topic)));
    return offsets.map((of) => of.reduce((sum, { low, high }) => sum + Number(high) - Number(low), 0));
  } finally {
    await admin.disconnect();
  }
}

/** The first `messages` of some topics, over all their partitions, in one run; fails when they do not come. */
export async function readByConsole(
  broker: string,
  topics: readonly string[],
  messages: number,
): Promise<Line[]> {
  const names = topics.map((topic) => topic.replaceAll('.', '\\.'));
  const options = [
    ...['--bootstrap-server', broker, '--include', names.join('|'), '--from-beginning'],
    ...[
      '--max-messages',
      String(messages),
      '--timeout-ms',
      '60000',
      '--formatter-property',
      'print.key=true',
    ],
  ];
  const { stdout } = await run('java', [...JVM, '-cp', await classPath(), MAIN, ...options], {
    maxBuffer: 256 * 1024 * 1024,
    timeout: 120_000,
  });
  const lines = stdout.split('\n').flatMap((line): Line[] => {
    const tab = line.indexOf('\t');
    return tab < 0 ? [] : [{ key: line.slice(0, tab), value: line.slice(tab + 1) }];
  });
  if (lines.length !== messages)
    throw new Error(`${topics.join(', ')}: ${lines.length} of ${messages} messages came`);
  return lines;
}
