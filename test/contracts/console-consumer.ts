import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { promisify } from 'node:util';

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

/** The first `messages` of a topic, over all its partitions; fails when they do not come. */
export async function readByConsole(broker: string, topic: string, messages: number): Promise<Line[]> {
  const options = [
    ...['--bootstrap-server', broker, '--topic', topic, '--from-beginning'],
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
  if (lines.length !== messages) throw new Error(`${topic}: ${lines.length} of ${messages} messages came`);
  return lines;
}
