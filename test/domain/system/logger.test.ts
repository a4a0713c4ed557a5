import { createLogger, temporalLogger, type Logger } from '../../../src/observability/logger.js';

/** The secret part of an API key. */
const secret = 'deadbeef'.repeat(6);

describe('the log', () => {
  let lines: string[];
  let logger: Logger;
  const last = (): Record<string, unknown> => JSON.parse(lines.at(-1) ?? 'null') as Record<string, unknown>;

  beforeEach(() => {
    lines = [];
    logger = createLogger({ LOG_LEVEL: 'debug' }, 'api', { write: (line) => void lines.push(line) });
  });

  test('is one JSON object a line with time, level word, process and ids', () => {
    logger.child({ requestId: 'r-1' }).info({ clientId: '7', workflowId: 'monitor/7' }, 'checked');

    expect(lines[0]).toMatch(/^\{.*\}\n$/);
    expect(last()).toMatchObject({
      level: 'info',
      name: 'api',
      pid: process.pid,
      requestId: 'r-1',
      clientId: '7',
      workflowId: 'monitor/7',
      msg: 'checked',
    });
    expect(new Date(String(last()['time'])).getTime()).not.toBeNaN();
  });

  test.each([
    ['a field', () => logger.info({ password: 'hunter2' }, 'x')],
    ['a longer name', () => logger.info({ webhookSecret: 'hunter2' }, 'x')],
    ['a token', () => logger.info({ token: 'hunter2' }, 'x')],
    ['a deep field', () => logger.info({ a: { b: [{ c: { apiKey: 'hunter2' } }] } }, 'x')],
    ['a list under a secret name', () => logger.info({ secrets: ['hunter2'] }, 'x')],
    ['a binding of a child', () => logger.child({ token: 'hunter2' }).info('x')],
    ['a request header', () => logger.info({ req: { headers: { authorization: 'hunter2' } } }, 'x')],
    ['a request header of a child', () => logger.child({ req: { headers: { cookie: 'hunter2' } } }).info('x')],
    ['a mail', () => logger.info({ mail: { to: 'a@example.org', html: '<p>hunter2', text: 'hunter2' } }, 'x')],
    ['an address with a password', () => logger.info({ url: 'postgres://lowwater:hunter2@db:5432/x' }, 'x')],
    ['the same in the message', () => logger.error('cannot reach smtp://u:hunter2@mail:25, gave up')],
    ['the same in an error', () => logger.error(new Error('cannot reach smtp://u:hunter2@mail:25'))],
    ['a bearer token in a text', () => logger.info('sent Authorization: Bearer hunter2hunter2')],
    ['an API key in a text', () => logger.info(`tried lw_live_0123456789ab_${secret}`)],
    ["an error's own fields", () => logger.error({ err: Object.assign(new Error('no'), { token: 'hunter2' }) }, 'x')],
    ['an error under another name', () => logger.error({ cause: Object.assign(new Error('no'), { key: 'hunter2' }) })],
  ])('never shows a secret: %s', (_where, write) => {
    write();

    expect(lines).toHaveLength(1);
    expect(lines[0]).toContain('[redacted]');
    expect(lines[0]).not.toContain('hunter2');
    expect(lines[0]).not.toContain(secret);
  });

  test('shows an error of PostgreSQL without the values of rows', () => {
    const error = Object.assign(new Error('duplicate key value violates unique constraint "users_email"'), {
      ...{ name: 'PostgresError', code: '23505', detail: 'Key (email)=(hunter2@example.org) already exists.' },
      ...{ where: 'COPY hunter2', query: "select 'hunter2'", parameters: ['hunter2'], args: ['hunter2'] },
      ...{ constraint_name: 'users_email', table_name: 'users' },
    });
    logger.error({ err: error }, 'x');
    expect(lines[0]).not.toContain('hunter2');
    expect(last()['err']).toMatchObject({ code: '23505', constraint_name: 'users_email', detail: '[redacted]' });
  });

  test('shows an error with its message and stack, wherever it is', () => {
    logger.error({ err: new Error('the database is gone') }, 'check failed');

    expect(last()['err']).toMatchObject({ type: 'Error', message: 'the database is gone' });
    expect(JSON.stringify(last()['err'])).toContain('logger.test.ts');
  });

  test('leaves the fields that were given to it unchanged, and survives a cycle', () => {
    const fields: Record<string, unknown> = { password: 'hunter2', inner: { token: 't' } };
    fields['self'] = fields;

    logger.info(fields, 'x');

    expect(fields).toMatchObject({ password: 'hunter2', inner: { token: 't' } });
    expect(lines).toHaveLength(1);
  });

  test("takes in the SDK's messages with their ids and errors", () => {
    const sdk = temporalLogger(logger);

    sdk.warn('Activity failed', {
      workflowId: 'monitor/7',
      attempt: 2,
      taskToken: 'AAAA',
      error: new Error('refused'),
    });

    expect(last()).toMatchObject({ level: 'warn', msg: 'Activity failed', workflowId: 'monitor/7', attempt: 2 });
    expect(last()['taskToken']).toBe('[redacted]');
    expect(last()['err']).toMatchObject({ message: 'refused' });
    sdk.log('TRACE', 'too fine for this level');
    expect(lines).toHaveLength(1);
  });
});
