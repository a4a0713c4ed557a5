import type { Logger as TemporalLogger, LogLevel, LogMetadata } from '@temporalio/common';
import { pino, type DestinationStream, type Logger } from 'pino';
import type { Config } from '../config.js';
import { redactedText, isError, redactError, redactFields, redactText } from './redact.js';

export type { Logger } from 'pino';

/**
 * The log of a process: one JSON object a line, on standard error, for standard output carries a command's result.
 * Fields: `time` (RFC 3339), `level` (a word), `name` (the process: `api`, `worker`, ...), `pid`, `msg`, and those of
 * `requestId`, `clientId`, `workflowId`, `runId`, `notificationId`, `actor` is known.
 *
 * Secrets, cookies and the content of emails are never written: neither as fields, at any depth, nor as passwords
 * within an address in a text.
 *
 * @param stream where the lines go instead; for tests, and to show them in another form.
 */
export function createLogger(config: Pick<Config, 'LOG_LEVEL'>, name: string, stream?: DestinationStream): Logger {
  return pino(
    {
      level: config.LOG_LEVEL,
      base: { name, pid: process.pid },
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }), log: redactFields },
      serializers: { err: (error: unknown) => (isError(error) ? redactError(error) : error) },
      // What formatters do not see: the bindings of child loggers, and requests, which are serialized after them.
      redact: { paths: [...secretBindings, ...secretHeaders], censor: redactedText },
      hooks: { streamWrite: redactText },
    },
    stream ?? pino.destination({ dest: 2, sync: true }),
  );
}

/** A logger that writes nothing, for tests. */
export const nullLogger: Logger = pino({ level: 'silent' });

/**
 * The same log for Temporal's SDK: `Runtime.install({ logger: temporalLogger(logger) })`. Ids that the SDK knows
 * (`workflowId`, `runId`, `activityType`, `attempt`) become fields, an error becomes `err`.
 */
export function temporalLogger(logger: Logger): TemporalLogger {
  const log = (level: LogLevel, message: string, meta?: LogMetadata): void => {
    const { error, ...fields } = meta ?? {};
    logger[pinoLevels[level]](error === undefined ? fields : { ...fields, err: error }, message);
  };
  return {
    log,
    trace: (message, meta) => log('TRACE', message, meta),
    debug: (message, meta) => log('DEBUG', message, meta),
    info: (message, meta) => log('INFO', message, meta),
    warn: (message, meta) => log('WARN', message, meta),
    error: (message, meta) => log('ERROR', message, meta),
  };
}

const pinoLevels = { TRACE: 'trace', DEBUG: 'debug', INFO: 'info', WARN: 'warn', ERROR: 'error' } as const;

const secretBindings = ['authorization', 'cookie', 'secret', 'password', 'token', 'key', 'apiKey', 'secretKey'];

const secretHeaders = [
  'req.headers.authorization',
  'req.headers.cookie',
  'req.headers["x-api-key"]',
  'req.headers["webhook-signature"]',
  'res.headers["set-cookie"]',
];
