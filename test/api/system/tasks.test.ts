import { startTestApi, type Reply, type TestApi } from '../../support/api/api.js';
import { readTaskIntervals } from '../../../src/storage/system/task-intervals.js';

let api: TestApi;

beforeAll(async () => {
  api = await startTestApi();
});
afterAll(() => api.stop());

const task = '/v1/tasks/balance-thresholds';
const patch = (body: object): Promise<Reply> => api.post(`${task}/change`, body);

test('tasks are listed with their last runs and what these found', async () => {
  const { body } = await api.get('/v1/tasks');
  expect(body.data.map((one: Reply['body']) => one.task)).toEqual([
    ...['balance-thresholds', 'autoinvoicing', 'due-invoices', 'digests', 'bounces', 'reconcile', 'retention'],
  ]);
  expect(body.data[0]).toMatchObject({ everySeconds: 300, paused: false, runs: [{ found: { checked: 3, low: 1 } }] });
});

test('an interval is changed for good, and recorded with its reason', async () => {
  const changed = await patch({ everySeconds: 600, reason: 'enough' });
  expect(changed.body).toMatchObject({ everySeconds: 600, paused: false });
  // What a worker that starts reads.
  expect(await readTaskIntervals(api.sql)).toEqual(new Map([['balance-thresholds', 600]]));
  const [row] = (await api.get('/v1/audit?subjectType=task')).body.data;
  expect(row).toMatchObject({
    action: 'task.update',
    reason: 'enough',
    before: { everySeconds: 300 },
    after: { everySeconds: 600 },
  });
  expect(await patch({ everySeconds: 5, reason: 'fast' })).toBeProblem(400, 'invalid', '#/everySeconds');
  expect(await patch({ everySeconds: 600 })).toBeProblem(400, 'invalid', '#/reason');
});

test('a task is paused, run once by hand, and resumed', async () => {
  expect((await patch({ paused: true, reason: 'maintenance' })).body).toMatchObject({
    paused: true,
    note: 'maintenance',
  });
  expect(await api.post(`${task}/run`, {})).toHaveStatus(202);
  expect(api.temporal.calls.filter(({ method }) => method === 'runTask')).toHaveLength(1);
  expect((await patch({ paused: false, reason: 'done' })).body).toMatchObject({ paused: false });
  const rows = (await api.get('/v1/audit?subjectType=task')).body.data.map((row: Reply['body']) => row.action);
  expect(rows).toEqual(['task.resume', 'task.run', 'task.pause', 'task.update']);
});

test('without Temporal nothing is changed or recorded', async () => {
  api.temporal.down = true;
  expect(await patch({ everySeconds: 900, reason: 'x' })).toBeProblem(503, 'temporal_unavailable');
  expect(await api.get('/v1/tasks')).toBeProblem(503, 'temporal_unavailable');
  api.temporal.down = false;
  expect((await readTaskIntervals(api.sql)).get('balance-thresholds')).toBe(600);
  expect(await api.post('/v1/tasks/others/run', {})).toBeProblem(404, 'not_found', '#/path/task');
});
