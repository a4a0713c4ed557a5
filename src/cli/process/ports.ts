import { randomInt } from 'node:crypto';
import { readFileSync, readdirSync, readlinkSync } from 'node:fs';
import { createServer } from 'node:net';
import { commandLineOf } from './processes.js';
import { StartError } from './start-error.js';

/**
 * Free ports are chosen below those that systems hand out for outgoing connections (from 32768 or 49152 on): between
 * the choice and its use no other process is likely to get it.
 */
const FIRST_PORT = 20_000;
const LAST_PORT = 31_999;

/** A TCP port of this machine (127.0.0.1) without a listener at the moment. */
async function freePort(): Promise<number> {
  for (let attempt = 0; attempt < 200; attempt++) {
    const port = randomInt(FIRST_PORT, LAST_PORT + 1);
    if (await isFree(port)) return port;
  }
  throw new StartError(`No free port was found between ${FIRST_PORT} and ${LAST_PORT}.`, 'Stop what holds them.');
}

/** A free port for each name, all different. */
export async function freePorts<Name extends string>(names: readonly Name[]): Promise<Record<Name, number>> {
  const ports = new Set<number>();
  while (ports.size < names.length) ports.add(await freePort());
  const found = [...ports];
  return Object.fromEntries(names.map((name, index) => [name, found[index]])) as Record<Name, number>;
}

/**
 * Makes sure that a wanted port is free.
 *
 * @param port the port, or 0 for any free one
 * @param purpose what the port is for, as the message has it: `the API`
 * @param remedy what to do when it is taken
 * @returns the port
 * @throws StartError naming the port, who holds it as far as the system shows it, and the remedy
 */
export async function claimPort(port: number, purpose: string, remedy: string): Promise<number> {
  if (port === 0) return freePort();
  if (await isFree(port)) return port;
  const holder = portHolder(port);
  throw new StartError(
    `Port ${port}, wanted for ${purpose}, is taken${holder ? ` by ${holder}` : ` (see: lsof -i :${port})`}.`,
    remedy,
  );
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EADDRINUSE') resolve(false);
      else if (error.code === 'EACCES') {
        reject(new StartError(`This user can't open port ${port}.`, 'Choose a port above 1023.'));
      } else reject(error);
    });
    server.listen({ port, host: '127.0.0.1', exclusive: true }, () => server.close(() => resolve(true)));
  });
}

/** The process that listens on a port, for people; null where the system does not show it (not Linux, other users). */
function portHolder(port: number): string | null {
  const sockets = new Set(listeningSockets(port).map((inode) => `socket:[${inode}]`));
  if (sockets.size === 0) return null;
  for (const pid of list('/proc').filter((name) => /^\d+$/.test(name))) {
    for (const fd of list(`/proc/${pid}/fd`)) {
      try {
        if (!sockets.has(readlinkSync(`/proc/${pid}/fd/${fd}`))) continue;
      } catch {
        continue;
      }
      const command = commandLineOf(Number(pid)) ?? '';
      return `process ${pid}${command ? ` (${command.length > 80 ? `${command.slice(0, 77)}...` : command})` : ''}`;
    }
  }
  return null;
}

/** Inodes of the sockets in state LISTEN (0A) on a port. */
function listeningSockets(port: number): string[] {
  const suffix = `:${port.toString(16).toUpperCase().padStart(4, '0')}`;
  return ['/proc/net/tcp', '/proc/net/tcp6'].flatMap((table) => {
    try {
      return readFileSync(table, 'utf8')
        .split('\n')
        .map((line) => line.trim().split(/\s+/))
        .filter((fields) => fields[1]?.endsWith(suffix) && fields[3] === '0A')
        .flatMap((fields) => fields[9] ?? []);
    } catch {
      return [];
    }
  });
}

function list(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
