import type { Fields } from './cast.js';
import type { Dice } from './dice.js';

/** One thing that happens in a scene, some minutes after the one before. A payment gets its id from the plot. */
export interface Beat {
  readonly minutes: number;
  readonly happening: Fields | 'mailBack';
}

/** What a scene must know of the story so far. */
export interface Facts {
  readonly hasProfile: boolean;
  readonly advancedRules: readonly Fields[];
  readonly currency: string;
  readonly balanceModel: string;
  /** the rule that a person resets; null: there is none */
  readonly ruleKey: string | null;
}

/** A notification waits for the mail server, or failed, while things happen that may end its wait. */
export function outageScene(dice: Dice, facts: Facts): Beat[] {
  const lift = dice.chance(0.6) ? [beat(0, { payment: '90.00' })] : [];
  const fall = [beat(5, { mail: 'down' }), beat(dice.pick([0, 5]), { charge: `${dice.int(5, 12)}0.00` })];
  const middle: Beat[] = [];
  const gaps = dice.pick([
    [5, 5, 5, 10],
    [10, 10, 15],
    [35, 5, 5, 5],
    [40, 5, 5],
    [25, 10, 10],
  ] as const);
  const undo: Fields[] = [];
  for (const minutes of gaps) {
    const back = undo.length > 0 && dice.chance(0.6) ? undo.shift() : null;
    if (back) {
      middle.push(beat(minutes, back));
      continue;
    }
    const [happening, opposite] = twist(dice, facts);
    if (opposite) undo.push(opposite);
    middle.push(beat(minutes, happening));
  }
  middle.splice(dice.int(1, middle.length), 0, { minutes: 0, happening: 'mailBack' });
  return [...lift, ...fall, ...middle, ...undo.map((happening) => beat(5, happening))];
}

/** The balance hovers around its thresholds within the hour. */
export function hoverScene(dice: Dice): Beat[] {
  return Array.from({ length: dice.int(3, 6) }, (_, index) => {
    const amount = `${dice.int(5, 9)}0.00`;
    const rise = dice.chance(0.5) ? { payment: amount } : { adjustment: amount };
    return beat(dice.pick([5, 10, 15, 20, 30]), index % 2 === 0 ? { charge: amount } : rise);
  });
}

/** Something happens and is undone while the periods of what was sent before still run. */
export function detourScene(dice: Dice, facts: Facts): Beat[] {
  const [happening, opposite] = twist(dice, facts);
  const [inner] = twist(dice, facts);
  const between = dice.chance(0.6) ? [beat(dice.pick([0, 5, 10]), inner)] : [];
  return [
    beat(5, { charge: `${dice.int(2, 8)}0.00` }),
    beat(dice.pick([5, 20]), happening),
    ...between,
    ...(opposite ? [beat(dice.pick([0, 5, 15, 40]), opposite)] : []),
  ];
}

/** What may end a wait or reset a counter, and what undoes it. */
function twist(dice: Dice, facts: Facts): readonly [Fields, Fields?] {
  const everywhere: (readonly [Fields, Fields?])[] = [
    [{ status: 'stop' }, { status: 'active' }],
    [{ pause: true }, { resume: true }],
    [{ payment: '3.00' }],
    [{ payment: '150.00' }, { charge: '150.00' }],
    [{ adjustment: '150.00' }, { adjustment: '-150.00' }],
    [{ creditLimit: '150.00' }, { creditLimit: '0.00' }],
    [{ balanceSource: 'down' }, { balanceSource: 'up' }],
    [{ balanceModel: 'unlimited' }, { balanceModel: facts.balanceModel }],
    [{ checkNow: true }],
    [{ checkNow: true }],
    [{ silence: dice.pick([5, 10, 20]) }, { checkNow: true }],
    ...(facts.ruleKey === null ? [] : [[{ resetCounter: { rule: facts.ruleKey } }] as const]),
  ];
  if (!facts.hasProfile || dice.chance(0.5)) return dice.pick(everywhere);
  const other = facts.currency === 'USD' ? 'EUR' : 'USD';
  const edits: (readonly [Fields, Fields])[] = [
    [{ clientRule: { threshold: null } }, { clientRule: { threshold: '80.00' } }],
    [{ clientRule: { threshold: '-500.00' } }, { clientRule: { threshold: '80.00' } }],
    [{ userRule: { threshold: null } }, { userRule: { threshold: '65.00' } }],
    [{ advancedRules: [] }, { advancedRules: facts.advancedRules }],
    [{ currency: other }, { currency: facts.currency }],
    [{ checkEveryMinutes: 15 }, { checkEveryMinutes: 60 }],
    [{ checkEveryMinutes: 1_440 }, { checkEveryMinutes: 30 }],
    [{ trigger: 'period' }, { trigger: 'change' }],
    [{ trigger: 'change' }, { trigger: 'period' }],
  ];
  const [edit, opposite] = dice.pick(edits);
  return [{ profile: edit }, { profile: opposite }];
}

function beat(minutes: number, happening: Fields): Beat {
  return { minutes, happening };
}
