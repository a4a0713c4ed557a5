import { pingDatabase } from '../../storage/system/database-server.js';
import { requireSchema } from '../../storage/system/migrate.js';
import type { ApiContext } from '../context.js';

export interface ReadinessCheck {
  readonly name: string;
  readonly ok: boolean;
  readonly detail?: string;
}

/** Whether what requests depend on answers. A load balancer asks: there is no caller, hence no scope. */
export function checkReadiness(context: ApiContext): Promise<ReadinessCheck[]> {
  return Promise.all([
    named('database', () => pingDatabase(context.sql)),
    named('migrations', () => requireSchema(context.sql)),
    named('temporal', () => context.temporal.ping()),
  ]);
}

const checkTimeoutMs = 3000;

async function named(name: string, ask: () => PromiseLike<unknown>): Promise<ReadinessCheck> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer in ${checkTimeoutMs / 1000} s`)), checkTimeoutMs);
  });
  try {
    await Promise.race([ask(), late]);
    return { name, ok: true };
  } catch (error) {
    return { name, ok: false, detail: plainError(error) };
  } finally {
    clearTimeout(timer);
  }
}

/** What every caller may see: our own words, or a code; never an address. */
function plainError(error: unknown): string {
  if (error instanceof Error && (error.name === 'SchemaError' || error.message.startsWith('no answer'))) {
    return error.message;
  }
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return typeof code === 'string' ? code : 'not reachable';
}
