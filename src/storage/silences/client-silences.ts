import type { Queries } from '../system/database.js';
import { coversClient } from './covered-clients.js';

/** A silence over many clients that covers a client. */
export interface ClientSilence {
  readonly id: string;
  readonly comment: string;
  readonly resellerName: string;
  readonly from: Date;
  readonly until: Date;
}

/** The silences over many clients that cover a client and have not ended, by their starts. */
export function readClientSilences(q: Queries, clientId: string, at: Date): Promise<ClientSilence[]> {
  return q<ClientSilence[]>`
    select s.id, s.comment, o.name as "resellerName", s.starts_at as "from", s.ends_at as "until"
    from clients c join resellers r on r.id = c.reseller_id, silences s join resellers o on o.id = s.reseller_id
    where c.id = ${clientId} and s.ends_at > ${at} and ${coversClient(q)}
    order by s.starts_at, s.id`;
}
