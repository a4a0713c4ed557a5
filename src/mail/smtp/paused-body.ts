import { Readable } from 'node:stream';
import { setImmediate as loopTurn } from 'node:timers/promises';

const chunkLength = 16 * 1024;

/**
 * The bytes of a message, whose end is held back.
 *
 * SMTP ends a message with a dot on its own line; from that dot on the email may have arrived. nodemailer writes
 * it when this stream ends. So the stream gives all bytes, then asks `beforeEnd`, and ends only once that has
 * resolved and the connection still wants it: a failure any earlier is known to have delivered nothing.
 */
export class PausedBody extends Readable {
  /** The server agreed to take the message and the first byte was asked for. */
  started = false;
  /** The end was handed on: from here on the email may have arrived. */
  endReleased = false;
  private position = 0;
  private asked: Promise<void> | null = null;

  constructor(
    private readonly bytes: Buffer,
    private readonly beforeEnd: () => Promise<void>,
    /** runs at the moment from which on the email may have arrived */
    private readonly onEnd: () => void = () => undefined,
  ) {
    // so small that the end is not asked for while anything waits to be written
    super({ highWaterMark: 1 });
  }

  override _read(): void {
    this.started = true;
    if (this.position < this.bytes.length) {
      const chunk = this.bytes.subarray(this.position, this.position + chunkLength);
      this.position += chunk.length;
      this.push(chunk);
      return;
    }
    this.asked ??= this.askForEnd();
    // its failure is thrown by whenAsked, and destroys the stream as well
    this.asked.catch((error: unknown) => this.destroy(error instanceof Error ? error : new Error(String(error))));
  }

  /**
   * Resolves once `beforeEnd` is no longer under way, also when it was never asked.
   *
   * @throws what `beforeEnd` threw.
   */
  async whenAsked(): Promise<void> {
    await this.asked;
  }

  private async askForEnd(): Promise<void> {
    await this.beforeEnd();
    // two turns of the event loop, so that a break the socket knows of already leaves no doubt behind
    await loopTurn();
    await loopTurn();
    // the connection broke: the dot was not written, and is not any more
    if (this.destroyed) return;
    this.endReleased = true;
    this.onEnd();
    this.push(null);
  }
}
