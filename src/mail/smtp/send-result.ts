import type { SMTPConnectionSendInfo } from 'nodemailer/lib/smtp-connection';

/**
 * The outcome of sending an email. Never "delivered": a server that accepts an email promises to try.
 *
 * - `accepted`: the server took it for at least one recipient. `rejected` names those it refused.
 * - `refused`: no recipient has it; sending it again is safe. `permanent`: the server refused this email for good (5yz
 * to its
 *   sender, its recipients or itself), or it must not be sent at all. A server that cannot be reached, or does not let
 *   us in, is not permanent, whatever its code: that is not the email's fault.
 * - `uncertain`: the end of the email was transmitted and no reply came. It may have arrived; sent again, it may arrive
 *   twice.
 */
export type SendResult =
  | {
      readonly outcome: 'accepted';
      readonly accepted: string[];
      readonly rejected: { readonly address: string; readonly reply: string }[];
      readonly reply: string;
    }
  | { readonly outcome: 'refused'; readonly permanent: boolean; readonly code: number | null; readonly reply: string }
  | { readonly outcome: 'uncertain'; readonly reply: string };

/** How far an email had come when sending failed. */
type SendStage = 'connecting' | 'envelope' | 'writing' | 'ended';

interface SendFailure {
  readonly result: Exclude<SendResult, { outcome: 'accepted' }>;
  /** The server refused the email and expects the next one: the connection is still good. */
  readonly sessionGoesOn: boolean;
  /** No server has said anything about this email: the connection broke, or was closed. */
  readonly isConnectionLost: boolean;
}

export function accepted(info: SMTPConnectionSendInfo): SendResult {
  const rejected = (info.rejectedErrors ?? []).map((error) => ({
    address: error.recipient ?? '',
    reply: oneLine(error.response ?? error.message),
  }));
  return { outcome: 'accepted', accepted: [...info.accepted], rejected, reply: oneLine(info.response) };
}

export function refused(permanent: boolean, code: number | null, reply: string): SendFailure['result'] {
  return { outcome: 'refused', permanent, code, reply: oneLine(reply) };
}

/** A server that says yes before the email is complete does not speak SMTP; what it has is unknown. */
export function alreadyAnswered(reply: string): SendResult {
  return { outcome: 'uncertain', reply: oneLine(`the server answered before the message was complete: ${reply}`) };
}

/** Reads an error of nodemailer's connection. */
export function failureOf(error: unknown, stage: SendStage): SendFailure {
  const { code, responseCode, response } = replyIn(error);
  const message = response ?? (error instanceof Error ? error.message : String(error));
  // 421 closes the session, whatever it answers (RFC 5321, 3.8)
  const isRefusal = responseCode !== null && responseCode >= 400 && responseCode < 600;
  if (stage === 'ended' && !isRefusal) {
    const result = {
      outcome: 'uncertain',
      reply: oneLine(`no reply after the end of the message: ${message}`),
    } as const;
    return { result, sessionGoesOn: false, isConnectionLost: true };
  }
  const isOfMail = code === 'EENVELOPE' || code === 'EMESSAGE';
  const isAnswered = isOfMail && isRefusal && responseCode !== 421;
  return {
    result: refused(isOfMail && isForGood(responseCode, response), isRefusal ? responseCode : null, message),
    sessionGoesOn: isAnswered && stage !== 'writing',
    isConnectionLost: !isOfMail || responseCode === 421,
  };
}

/**
 * 503 says that the session was in the wrong state, not that the email is bad. A reply without a code is no SMTP and
 * refuses nothing for good. Without any reply nodemailer itself has refused the email: it is larger than the server
 * said it takes.
 */
function isForGood(responseCode: number | null, response: string | null): boolean {
  if (responseCode === null) return response === null;
  return responseCode >= 500 && responseCode < 600 && responseCode !== 503;
}

function replyIn(error: unknown): { code: string; responseCode: number | null; response: string | null } {
  const own = typeof error === 'object' && error !== null ? error : {};
  return {
    code: 'code' in own && typeof own.code === 'string' ? own.code : '',
    responseCode: 'responseCode' in own && typeof own.responseCode === 'number' ? own.responseCode : null,
    response: 'response' in own && typeof own.response === 'string' ? own.response : null,
  };
}

const maxReplyLength = 500;

/** A server's words, fit for a row and a log. */
function oneLine(text: string): string {
  return text
    .replace(/[\s\u0000-\u001f\u007f-\u009f]+/g, ' ')
    .trim()
    .slice(0, maxReplyLength);
}
