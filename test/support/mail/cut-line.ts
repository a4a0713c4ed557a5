import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

/** A line to a server that a test can cut and mend: a TCP proxy on its own port. */
export interface CutLine {
  readonly port: number;
  /** Breaks what is connected, and whatever connects until `mend`. */
  cut(): void;
  /** Takes connections and data, and passes nothing on until `mend`: a server that does not respond. */
  stall(): void;
  /** Ends a cut or a stall; what was stalled continues. */
  mend(): void;
  /** Resolves when so many attempts to connect have been broken since the line was cut. */
  refused(times: number): Promise<void>;
  stop(): Promise<void>;
}

export async function cutLine(target: { readonly host: string; readonly port: number }): Promise<CutLine> {
  const sockets = new Set<Socket>();
  let isCut = false;
  let isStalled = false;
  let refusals = 0;
  let told: () => void = () => undefined;
  const server = createServer((near) => {
    near.on('error', () => undefined);
    if (isCut) {
      near.destroy();
      refusals++;
      return told();
    }
    const far = connect(target.port, target.host);
    far.on('error', () => undefined);
    for (const socket of [near, far]) {
      sockets.add(socket);
      socket.on('close', () => {
        near.destroy();
        far.destroy();
        sockets.delete(socket);
      });
    }
    near.pipe(far).pipe(near);
    if (isStalled) pause();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));

  function cut(): void {
    isCut = true;
    refusals = 0;
    for (const socket of sockets) socket.destroy();
  }

  function pause(): void {
    for (const socket of sockets) socket.pause();
  }

  return {
    port: (server.address() as AddressInfo).port,
    cut,
    stall() {
      isStalled = true;
      pause();
    },
    mend() {
      isCut = false;
      isStalled = false;
      for (const socket of sockets) socket.resume();
    },
    async refused(times) {
      while (refusals < times) await new Promise<void>((resolve) => (told = resolve));
    },
    async stop() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      cut();
      await closed;
    },
  };
}
