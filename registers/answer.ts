/**
 * A register's answer to a question. `unknown` is a value and never an exception. It is not "no", and nothing fails by it. The
 * register is asked again with growing pauses. After a limit a person is asked for evidence.
 */
export type Answer<Yes extends object, No extends object> =
  | ({ readonly answer: 'yes'; readonly raw: string } & Yes)
  | ({ readonly answer: 'no'; readonly raw: string } & No)
  | Unknown;

/** No usable answer. `raw` is the body that came back, if any. */
export interface Unknown {
  readonly answer: 'unknown';
  readonly why: UnknownWhy;
  readonly raw?: string;
}

/**
 * - `timeout`: no complete answer within the time allowed; the other side may still have acted
 * - `unreachable`: no connection, or it broke
 * - `busy`: the other side cannot answer now (408, 429, 5xx)
 * - `refused`: the other side will not answer us (any other status but 2xx), such as an expired credential
 * - `accepted`: the other side has our order, and has not said yet what became of it
 * - `invalid`: an answer that breaks the agreed format, contradicts itself, names an impossible day, or is about another person
 */
export type UnknownWhy = 'timeout' | 'unreachable' | 'busy' | 'refused' | 'accepted' | 'invalid';

/** A register's address and time limit. */
export interface Connection {
  /** Address without a slash at the end, such as `https://yammt.example/api`. */
  readonly baseUrl: string;
  /** Milliseconds from the question to the last byte of its answer. */
  readonly timeoutMs: number;
  readonly fetch?: typeof fetch;
}
