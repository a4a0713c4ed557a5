import { existsSync, readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import Ajv from 'ajv';
import addFormats from 'ajv-formats';
import { parse } from 'yaml';
import { loadConfig, settingNames } from '../../src/config.js';

/** What this file uses of a compose file; the rest is the schema's affair. */
interface Service {
  image?: string;
  command?: string[];
  environment?: Record<string, string>;
  volumes?: string[];
  ports?: string[];
  depends_on?: Record<string, { condition: string }>;
  healthcheck?: { test: string[] };
  build?: { context: string; dockerfile: string };
  restart?: string;
  stop_grace_period?: string;
  read_only?: boolean;
  cap_drop?: string[];
}
interface ComposeFile {
  services: Record<string, Service>;
  volumes: Record<string, unknown>;
}

const root = path.join(__dirname, '../..');
const read = (file: string): string => readFileSync(path.join(root, file), 'utf8');
const inRoot = (file: string): boolean => existsSync(path.join(root, file));

const text = read('docker-compose.yml');
const compose = parse(text, { merge: true }) as ComposeFile;
const services = Object.entries(compose.services);
const own = services.filter(([, service]) => service.image?.startsWith('lowwater:'));
const environmentOf = (service: Service): [string, string][] => Object.entries(service.environment ?? {});

/** Names in `${NAME}`, `${NAME:-default}`, `${NAME:?reason}`. */
const variablesOf = (source: string): string[] => [...source.matchAll(/\$\{(\w+)/g)].map(([, name]) => String(name));

/** What compose makes of a value, given the variables. */
function interpolate(value: string, variables: Record<string, string>): string {
  return value.replace(/\$\{(\w+)(?::([-?])([^}]*))?\}/g, (_all, name: string, kind?: string, rest?: string) => {
    return variables[name] || (kind === '-' ? (rest ?? '') : '');
  });
}

describe('docker-compose.yml', () => {
  const schemaFile = path.join(path.dirname(require.resolve('dclint/package.json')), 'schemas/compose.schema.json');
  const schema = JSON.parse(readFileSync(schemaFile, 'utf8')) as Record<string, unknown>;
  // The draft that Ajv knows by heart, under another spelling of its address.
  delete schema['$schema'];
  const ajv = new Ajv({ strict: false, allErrors: true });
  addFormats(ajv);
  const validate = ajv.compile(schema);

  test('is a compose file by the specification', () => {
    validate(compose);

    expect(validate.errors ?? []).toEqual([]);
  });

  test.each([
    ['an unknown key', { services: { api: { image: 'x', comand: ['api'] } } }],
    ['a wrong type', { services: { api: { image: 'x', ports: 8080 } } }],
    ['an unknown condition', { services: { api: { image: 'x', depends_on: { db: { condition: 'healthy' } } } } }],
  ])('would not be one with %s', (_fault, broken) => {
    expect(validate(broken)).toBe(false);
  });

  test('has the processes of the topology', () => {
    expect(services.map(([name]) => name)).toEqual(
      expect.arrayContaining([
        ...['postgres', 'temporal-schema', 'temporal', 'temporal-namespace', 'temporal-ui'],
        ...['migrate', 'api', 'worker', 'mailpit'],
      ]),
    );
  });

  test.each(own)('gives %s only settings that exist', (_name, service) => {
    const unknown = environmentOf(service).filter(([name]) => !settingNames.includes(name));

    expect(unknown).toEqual([]);
  });

  test.each(own)('gives %s settings that are taken', (_name, service) => {
    const filled = {
      LOWWATER_DB_PASSWORD: 'x1',
      SECRET_KEY: Buffer.alloc(32, 7).toString('base64'),
    };
    const environment = environmentOf(service).map(([name, value]) => [name, interpolate(value, filled)]);

    const config = loadConfig(Object.fromEntries(environment) as Record<string, string>);

    expect(config.DATABASE_URL).toBe('postgres://lowwater:x1@postgres:5432/lowwater');
    expect(config.TEMPORAL_NAMESPACE).toBe(compose.services['temporal-namespace']?.environment?.['TEMPORAL_NAMESPACE']);
  });

  test.each(own)('runs %s by a command that exists, without rights that it does not need', (_name, service) => {
    const commands = readdirSync(path.join(root, 'src/cli'))
      .filter((file) => file.endsWith('.ts'))
      .flatMap((file) => [...read(`src/cli/${file}`).matchAll(/new Command\('([\w-]+)'\)|^ {4}name: '([\w-]+)',$/gm)])
      .map(([, command, service]) => command ?? service);

    expect(commands).toContain(service.command?.[0]);
    expect(service.read_only).toBe(true);
    expect(service.cap_drop).toEqual(['ALL']);
  });

  test('gives what was begun the time to finish', () => {
    for (const [, service] of own) {
      const seconds = Number(/^(\d+)s$/.exec(service.stop_grace_period ?? '')?.[1]);
      expect(seconds).toBeGreaterThan(loadConfig({}).SHUTDOWN_SECONDS + 5);
    }
  });

  test.each(services)('pins the image of %s to a version', (_name, service) => {
    expect(service.image).toMatch(/:(v?\d+\.\d+(\.\d+)?$|\$\{LOWWATER_VERSION:-\d+\.\d+\.\d+\}$)/);
  });

  test.each(services)('waits, for %s, only for services that can be waited for', (_name, { depends_on = {} }) => {
    for (const [name, { condition }] of Object.entries(depends_on)) {
      const service = compose.services[name];
      expect(service).toBeDefined();
      if (condition === 'service_healthy') expect(service?.healthcheck).toBeDefined();
      if (condition === 'service_completed_successfully') expect(service?.restart).toMatch(/^on-failure/);
    }
  });

  test('opens ports on this machine only', () => {
    for (const port of services.flatMap(([, service]) => service.ports ?? [])) expect(port).toMatch(/^127\.0\.0\.1:/);
  });

  test('holds no secret: each comes from the environment and is insisted on', () => {
    const secrets = services
      .flatMap(([, service]) => environmentOf(service))
      .filter(([name]) => /PASSWORD|PWD|SECRET|TOKEN/.test(name));

    expect(secrets.length).toBeGreaterThan(5);
    for (const [, value] of secrets) expect(value).toMatch(/^\$\{\w+:\?[^}]+\}$/);
  });

  test('takes from .env what deploy/example.env names, and nothing else', () => {
    const example = [...read('deploy/example.env').matchAll(/^#?([A-Z_]+)=/gm)].map(([, name]) => String(name));

    expect([...new Set(variablesOf(text))].sort()).toEqual(example.sort());
    expect(read('.gitignore').split('\n')).toContain('.env');
  });

  test('mounts files that are there, and volumes that it declares', () => {
    for (const [source] of services.flatMap(([, { volumes = [] }]) => volumes.map((volume) => volume.split(':')))) {
      if (source?.startsWith('.')) expect([source, inRoot(source)]).toEqual([source, true]);
      else expect(Object.keys(compose.volumes)).toContain(source);
    }
  });
});

describe('deploy/Dockerfile', () => {
  const lines = read('deploy/Dockerfile').split('\n');
  const last = lines.slice(lines.map((line) => line.startsWith('FROM ')).lastIndexOf(true));

  test('is the one that compose builds', () => {
    expect(compose.services['migrate']?.build).toEqual({ context: '.', dockerfile: 'deploy/Dockerfile' });
  });

  test('does not run as root, says how its health is asked, and starts the program that the build makes', () => {
    const user = last.findIndex((line) => line === 'USER node');

    expect(user).toBeGreaterThan(0);
    expect(last.slice(user).some((line) => /^(RUN|COPY) /.test(line))).toBe(false);
    expect(last.some((line) => line.startsWith('HEALTHCHECK '))).toBe(true);
    const { bin } = JSON.parse(read('package.json')) as { bin: Record<string, string> };
    expect(last.join('\n')).toContain(`"${bin['lowwater']}"]`);
  });

  test('builds on a Node that the package accepts', () => {
    const versions = lines.flatMap((line) => /^FROM node:(\d+)\.(\d+)/.exec(line)?.slice(1, 3).map(Number) ?? []);

    expect(versions).toEqual([20, versions[1], 20, versions[1]]);
    expect(versions[1]).toBeGreaterThanOrEqual(19);
  });

  test('copies what is there and what its ignore file lets through, and all of that', () => {
    const allowed = read('deploy/Dockerfile.dockerignore')
      .split('\n')
      .filter((line) => line.startsWith('!'))
      .map((line) => line.slice(1));
    const copied = lines
      .filter((line) => line.startsWith('COPY ') && !line.includes('--from'))
      .flatMap((line) => line.split(' ').slice(1, -1));

    for (const source of copied) expect([source, inRoot(source)]).toEqual([source, true]);
    const within = (source: string): boolean =>
      allowed.some((path) => source === path || source.startsWith(`${path}/`));
    expect(copied.filter((source) => !within(source))).toEqual([]);
    expect(allowed.filter((path) => !copied.includes(path))).toEqual([]);
  });
});
