import { setImmediate as nextTurn } from 'node:timers/promises';
import { MockActivityEnvironment } from '@temporalio/testing';
import type { MailTransport } from '../../../src/mail/smtp/transport.js';
import { beginAttempt, endAttempt, markTransmitted } from '../../../src/storage/notifications/deliveries.js';
import {
  database,
  mail,
  client,
  noc,
  decidedAt,
  newClient,
  inputOf,
  deliver,
  rows,
  statusOf,
  sent,
  useDelivery,
} from '../../support/notifications/delivering.js';

useDelivery();

describe('fencing', () => {
  test('a decision that has failed is not sent by a late attempt; a later decision sends the number', async () => {
    const clientId = await newClient();
    mail.mode = 'refuse-permanent';
    expect(await deliver(inputOf(clientId))).toBe('failed');
    mail.mode = 'accept';
    expect(await deliver(inputOf(clientId))).toBe('failed');
    expect(mail.taken).toEqual([]);
    expect(await deliver(inputOf(clientId, { decidedAt: decidedAt + 3_600_000 }))).toBe('accepted');
    expect(await rows(clientId)).toEqual([`${client} accepted 2`]);
    expect(await statusOf(clientId)).toBe('accepted');
  });

  test('an accepted or uncertain notification is never sent again', async () => {
    for (const mode of ['accept', 'uncertain'] as const) {
      const clientId = await newClient();
      mail.mode = mode;
      const outcome = await deliver(inputOf(clientId));
      const before = mail.taken.length;
      expect(await deliver(inputOf(clientId, { decidedAt: decidedAt + 3_600_000 }))).toBe(outcome);
      expect(mail.taken).toHaveLength(before);
    }
  });

  test('a worker that died before the end of the data is replaced; after it, the delivery is uncertain', async () => {
    for (const [isTransmitted, outcome, count] of [
      [false, 'accepted', 1],
      [true, 'uncertain', 0],
    ] as const) {
      const clientId = await newClient();
      const before = mail.taken.length;
      const dying: MailTransport = {
        ...mail,
        async send(message, hooks) {
          if (isTransmitted) await hooks.beforeEnd();
          throw new Error(`worker died while sending ${message.subject}`);
        },
      };
      await expect(deliver(inputOf(clientId), { mail: dying })).rejects.toThrow();
      expect(await deliver(inputOf(clientId))).toBe(outcome);
      expect(mail.taken).toHaveLength(before + count);
    }
  });

  test('an attempt that lives on cannot complete a message that a later attempt has taken over', async () => {
    const clientId = await newClient();
    let isTakenOver = false;
    const paused: MailTransport = {
      ...mail,
      async send(message, hooks) {
        if (!isTakenOver) {
          isTakenOver = true;
          expect(await deliver(inputOf(clientId))).toBe('accepted');
        }
        return mail.send(message, hooks);
      },
    };
    await expect(deliver(inputOf(clientId), { mail: paused })).rejects.toThrow();
    expect(sent()).toEqual([client]);
    expect(await rows(clientId)).toEqual([`${client} accepted 2`]);
  });

  test('an acceptance that comes after the delivery was called uncertain is recorded; a refusal is not', async () => {
    const { sql } = database;
    for (const [outcome, status] of [
      ['accepted', 'accepted'],
      ['refused', 'uncertain'],
    ] as const) {
      const clientId = await newClient();
      mail.mode = 'refuse';
      await expect(deliver(inputOf(clientId))).rejects.toThrow();
      const [row] = await sql<{ id: string }[]>`
        select d.id from deliveries d join notifications n on n.id = d.notification_id where n.client_id = ${clientId}`;
      const id = row?.id ?? '';
      const attempt = (await beginAttempt(sql, id))?.attempts ?? 0;
      await markTransmitted(sql, id, attempt);
      expect(await deliver(inputOf(clientId))).toBe('uncertain');
      await endAttempt(sql, id, attempt, { outcome, code: null, reply: '' });
      expect(await statusOf(clientId)).toBe(status);
    }
  });
});

describe('a cancelled activity', () => {
  test('breaks off what was not transmitted and ends what is pending', async () => {
    const clientId = await newClient({ profile: { emails: [noc] } });
    const environment = new MockActivityEnvironment();
    const stopping: MailTransport = {
      ...mail,
      async send(message, hooks) {
        if (message.to[0] === client) return mail.send(message, hooks);
        while (!(await rows(clientId)).includes(`${client} accepted 1`)) await nextTurn();
        environment.cancel('CANCELLED');
        expect(hooks.stop?.aborted).toBe(true);
        return { outcome: 'refused', permanent: false, code: null, reply: 'canceled before sending' };
      },
    };
    await expect(deliver(inputOf(clientId), { mail: stopping }, environment)).rejects.toThrow('canceled');
    expect(await rows(clientId)).toEqual([`${client} accepted 1`, `${noc} failed 2`]);
    expect(await statusOf(clientId)).toBe('accepted');
  });

  test('still reports a message that the server accepted', async () => {
    const clientId = await newClient();
    const environment = new MockActivityEnvironment();
    const accepting: MailTransport = {
      ...mail,
      async send(message, hooks) {
        const result = await mail.send(message, hooks);
        environment.cancel('CANCELLED');
        return result;
      },
    };
    expect(await deliver(inputOf(clientId), { mail: accepting }, environment)).toBe('accepted');
  });
});
