/** The receivers of notification channels in the sandbox, as Slack and an SMS gateway answer. They pass nothing on. */

interface Answer {
  readonly status: number;
  readonly type: 'text/plain' | 'application/json';
  readonly text: string;
}

/** @param token that the SMS gateway asks for */
export function answerChannel(pathname: string, authorization: string | undefined, token: string): Answer {
  if (pathname.startsWith('/channels/slack/')) return { status: 200, type: 'text/plain', text: 'ok' };
  if (pathname !== '/channels/sms') return json(404, { error: 'unknown channel' });
  return authorization === `Bearer ${token}` ? json(202, { status: 'queued' }) : json(401, { error: 'wrong token' });
}

function json(status: number, body: object): Answer {
  return { status, type: 'application/json', text: JSON.stringify(body) };
}
