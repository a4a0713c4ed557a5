import type { ClientState, DeliveryOutcome } from '../../api/types';

/** Colors of areas and bars: at least 3:1 against the page, in light and dark. */

export const outcomeColors: Readonly<Record<DeliveryOutcome, string>> = {
  sending: 'light-dark(#228be6, #4dabf7)',
  retrying: 'light-dark(#c27803, #fcc419)',
  accepted: 'light-dark(#138193, #349aac)',
  failed: 'light-dark(#d6293e, #ff6b6b)',
  uncertain: 'light-dark(#7048e8, #9775fa)',
};

export const stateColors: Readonly<Record<ClientState, string>> = {
  ok: 'light-dark(#3f9a63, #4e9e6d)',
  low: 'light-dark(#d99100, #f0b429)',
  critical: 'light-dark(#d6293e, #ff6b6b)',
  exhausted: 'light-dark(#d9580d, #ff922b)',
  silenced: 'light-dark(#7048e8, #9775fa)',
  paused: 'light-dark(#868e96, #909296)',
  unlimited: 'light-dark(#2494a8, #4da6b6)',
  unknown: 'light-dark(#228be6, #4dabf7)',
  unhealthy: 'light-dark(#a61e4d, #f06595)',
};

/** Below a threshold, and above it. */
export const belowColor = stateColors.critical;
export const aboveColor = stateColors.ok;
