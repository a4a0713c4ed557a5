import { readFileSync, readdirSync, readlinkSync } from 'node:fs';
import { createServer } from 'node:net';
import { commandLineOf } from './processes.js';
import { StartError } from './start-error.js';

/** A TCP port of this machine (127.0.0.1) that nobody listens on at the moment. */
export async function freePort(): Promise<number> {
  const port = await tryListen(0);
  if (port === null) throw new Error('the system gave no free port');
  return port;
}

/**
 * Makes sure that a wanted port is free.
 *
 * @param port the port, or 0 for any free one
 * @param purpose what the port is for, as it stands in the message: `the API`
 * @param remedy what to do when it is taken
 * @returns the port
 * @throws StartError naming the port, who holds it as far as the system tells, and the remedy
 */
export async function claimPort(port: number, purpose: string, remedy: string): Promise<number> {
  if (port === 0) return freePort();
  if ((await tryListen(port)) !== null) return port;
  const holder = portHolder(port);
  throw new StartError(
    `Port ${port}, wanted for ${purpose}, is taken${holder ? ` by ${holder}` : ` (see: lsof -i :${port})`}.`,
    remedy,
  );
}

/** The port that was opened and closed again, or null when it is taken. */
function tryListen(port: number): Promise<number | null> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EADDRINUSE') resolve(null);
      else if (error.code === 'EACCES') {
        reject(new StartError(`Port ${port} may not be opened by this user.`, 'Choose a port above 1023.'));
      } else reject(error);
    });
    server.listen({ port, host: '127.0.0.1', exclusive: true }, () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : port));
    });
  });
}

/** The process that listens on a port, for people; null where the system does not tell (not Linux, other users). */
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
