import { mergeWindows, type SilenceWindow } from '../domain/silences/silence-window.js';
import type { ClientsSilence, ScenarioHappening } from './scenario.js';

/** The silences over many clients of a story, and which of them cover its client. */
export class SimulatedSilences {
  private silences: readonly ClientsSilence[] = [];

  constructor(private tags: readonly string[]) {}

  /** True when the event may change what covers the client. */
  apply(event: ScenarioHappening, now: number): boolean {
    switch (event.kind) {
      case 'clientsSilence':
        this.silences = [...this.silences, event];
        return true;
      case 'expireSilence':
        this.silences = this.silences.map((silence) =>
          silence.id === event.id ? { ...silence, untilMs: Math.min(silence.untilMs, now) } : silence,
        );
        return true;
      case 'tags':
        this.tags = event.tags;
        return true;
      default:
        return false;
    }
  }

  /** Of the silences that cover the client with the tags that it has. */
  get windows(): SilenceWindow[] {
    const tags = new Set(this.tags.map((tag) => tag.toLowerCase()));
    const covering = this.silences.filter(({ tag, fromMs, untilMs }) => {
      return fromMs < untilMs && (tag === null || tags.has(tag.toLowerCase()));
    });
    return mergeWindows(covering.map(({ fromMs, untilMs }) => ({ from: fromMs, until: untilMs })));
  }
}
