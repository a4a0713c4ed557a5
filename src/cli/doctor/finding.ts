/** What one check of the doctor found. */
export type Finding = {
  name: string;
  /** `warn`: it works, but needs attention; `fail`: it does not work */
  status: 'ok' | 'warn' | 'fail';
  /** what was found; no secrets */
  detail: string;
  /** what to do, for anything but `ok` */
  remedy?: string;
};

export function ok(name: string, detail: string): Finding {
  return { name, status: 'ok', detail };
}

export function warn(name: string, detail: string, remedy: string): Finding {
  return { name, status: 'warn', detail, remedy };
}

export function fail(name: string, detail: string, remedy: string): Finding {
  return { name, status: 'fail', detail, remedy };
}

/** The reason of a failure in one line; connection errors come nested and with empty messages. */
export function reasonOf(error: unknown): string {
  if (error instanceof AggregateError) return reasonOf(error.errors[0]);
  if (!(error instanceof Error)) return String(error);
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  const text = (error.message || code || error.name).split('\n')[0] ?? '';
  return error.cause === undefined || text !== error.name ? text : reasonOf(error.cause);
}

/** Fails a check that takes longer than it may. */
export async function within<T>(limitMs: number, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no response within ${limitMs / 1000} s`)), limitMs);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
