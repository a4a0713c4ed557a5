import type { MonitorCommand, MonitorEvent } from '../../../src/domain/monitoring/commands.js';
import type { RuleDefinition } from '../../../src/domain/monitoring/rule-definition.js';
import {
  initialState,
  type MonitorConfig,
  type MonitorRequest,
  type MonitorState,
  type ObservedClient,
  type StoredMonitor,
} from '../../../src/domain/monitoring/state.js';
import { step } from '../../../src/domain/monitoring/step.js';
import { hourMs, minuteMs, startMs } from './client.js';

export const administrator = { id: 'user:1', source: 'api' } as const;

export function configOf(rules: readonly RuleDefinition[], changes: Partial<MonitorConfig> = {}): MonitorConfig {
  return {
    version: '1',
    resellerId: 'r',
    intervalMs: hourMs,
    whenSeveral: 'each',
    unlimited: false,
    rules,
    grant: null,
    episodes: {},
    options: { continueAfterEvents: 0, continueAfterChecks: 0, spreadShare: 0, spreadMaxMs: 0 },
    ...changes,
  };
}

function observedOf(live: string | null, changes: Partial<ObservedClient> = {}): ObservedClient {
  return { ...(live !== null && { live }), refills: 0, chargedAt: startMs, ...changes };
}

/** One monitor, one event after another. Nothing is executed: `commands` are those of the last step. */
export class Monitor {
  state: MonitorState = initialState('client-1', startMs);
  commands: readonly MonitorCommand[] = [];

  constructor(rules: readonly RuleDefinition[], changes: Partial<MonitorConfig> = {}, stored?: StoredMonitor) {
    const config = configOf(rules, changes);
    this.take(0, {
      type: 'observed',
      observed: observedOf('60.00'),
      config,
      purpose: 'load',
      ...(stored && { stored }),
    });
  }

  take(minutes: number, event: MonitorEvent): readonly MonitorCommand[] {
    const { state, commands } = step(this.state, event, startMs + minutes * minuteMs);
    this.state = state;
    this.commands = commands;
    return commands;
  }

  /** Reads the client at a scheduled check. */
  check(minutes: number, live: string | null, changes: Partial<ObservedClient> = {}): readonly MonitorCommand[] {
    return this.take(minutes, { type: 'observed', observed: observedOf(live, changes), purpose: 'scheduled' });
  }

  /** Reads the client because something changed. */
  change(
    minutes: number,
    live: string | null,
    changes: Partial<ObservedClient> = {},
    config?: MonitorConfig,
  ): readonly MonitorCommand[] {
    const observed = observedOf(live, changes);
    return this.take(minutes, { type: 'observed', observed, purpose: 'change', ...(config && { config }) });
  }

  request(
    minutes: number,
    id: string,
    request: { readonly kind: MonitorRequest['kind'] } & Record<string, unknown>,
  ): void {
    const made = { id, actor: administrator, reason: 'because', ...request } as MonitorRequest;
    this.take(minutes, { type: 'requested', request: made });
  }

  get reasons(): string[] {
    return this.state.verdicts.map(({ reason }) => reason);
  }
}

/** `notify client 1/2`, `answer 7`, `publish` */
export function describeCommands(commands: readonly MonitorCommand[]): string[] {
  return commands.map((command) => {
    switch (command.type) {
      case 'notify':
      case 'cancelDelivery':
        return `${command.type} ${command.rule} ${command.episode}/${command.number}`;
      case 'notifyCredit':
        return `${command.type} ${command.kind} ${command.number}`;
      case 'raiseEvent':
        return `${command.type} ${command.kind}`;
      case 'answer':
        return `${command.type} ${command.requestId} ${command.answer.kind}`;
      case 'publish':
        return command.type;
    }
  });
}
