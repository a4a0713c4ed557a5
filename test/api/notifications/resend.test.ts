import { api, clientB, deliveryOf, idOf, useNotificationsApi } from '../../support/notifications/notifications-api.js';

useNotificationsApi();

describe('a resend', () => {
  beforeEach(() => {
    api.temporal.calls.length = 0;
  });

  test('of one delivery is passed to Temporal, and audited', async () => {
    const id = await deliveryOf('client', 2);
    const answer = await api.post(`/v1/deliveries/${id}/resend`, { reason: 'never came' });
    expect(answer).toHaveStatus(202);
    expect(answer.headers.get('location')).toEqual(`/v1/deliveries/${id}/attempts`);
    expect(api.temporal.calls).toEqual([
      {
        method: 'resend',
        id,
        input: {
          requestId: expect.any(String),
          reason: 'never came',
          actor: expect.objectContaining({ source: 'api' }),
        },
      },
    ]);
    const [row] = await api.sql`
      select subject_id, reason, before from audit where action = 'notification.resend'`;
    expect(row).toEqual({
      subject_id: await idOf('client', 2),
      reason: 'never came',
      before: { deliveryId: id, status: 'failed', attempts: 1 },
    });
  });

  test('is refused while the delivery is in progress, without a reason, and while Temporal is down', async () => {
    const before = await api.sql`select count(*) from audit`;
    const busy = await api.post(`/v1/deliveries/${await deliveryOf('client', 1, clientB)}/resend`, { reason: 'x' });
    expect(busy).toBeProblem(409, 'conflict');
    const path = `/v1/deliveries/${await deliveryOf('client', 2)}/resend`;
    const silent = await api.post(path, {});
    expect(silent).toBeProblem(400, 'invalid', '#/reason');
    expect(api.temporal.calls).toEqual([]);
    api.temporal.down = true;
    const down = await api.post(path, { reason: 'x' });
    api.temporal.down = false;
    expect(down).toBeProblem(503, 'temporal_unavailable');
    expect(down.headers.get('retry-after')).toBe('5');
    expect(await api.sql`select count(*) from audit`).toEqual(before);
  });
});
