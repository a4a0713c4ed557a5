import { wereTakenTogether } from '../../../local-stack/src/simulate/monitor-history.js';

type Events = Parameters<typeof wereTakenTogether>[0];

const started = { workflowExecutionStartedEventAttributes: {} };
const completed = { workflowTaskCompletedEventAttributes: {} };
const accepted = (updateId: string) => ({
  workflowExecutionUpdateAcceptedEventAttributes: { acceptedRequest: { meta: { updateId } } },
});

test.each<[string, boolean, Events]>([
  ['in one task, in their order', true, [started, completed, completed, accepted('a'), accepted('b')]],
  ['in one task, in another order', false, [started, completed, completed, accepted('b'), accepted('a')]],
  ['in two tasks', false, [started, completed, completed, accepted('a'), completed, accepted('b')]],
  ['in a later task', false, [started, completed, completed, completed, accepted('a'), accepted('b')]],
  ['not all', false, [started, completed, completed, accepted('a')]],
])('updates that were accepted %s', (_how, expected, events) => {
  expect(wereTakenTogether(events, ['a', 'b'], 2)).toBe(expected);
});
