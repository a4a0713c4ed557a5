/** What a channel is reached with. All but `account` and `sender` is secret. */
export interface ChannelConnection {
  readonly url: string;
  readonly account: string;
  /** empty: none */
  readonly token: string;
  /** empty: none */
  readonly sender: string;
}

/** A message before it is written in the format of a channel. */
export interface ChannelMessage {
  /** the same for each attempt, so that a receiver can know a repeated one */
  readonly key: string;
  readonly title: string;
  readonly text: string;
  readonly link: { readonly url: string; readonly text: string } | null;
  /** phone number; null: the channel is the address */
  readonly to: string | null;
}

/** A request of a format: a POST. */
interface ChannelRequest {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** Writes a message in the format of a channel. */
export type WriteMessage = (message: ChannelMessage, connection: ChannelConnection) => ChannelRequest;
