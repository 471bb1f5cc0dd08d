/**
 * What a register answered to a question. `unknown` is a value and never an exception: it is not "no", it fails nothing,
 * it is asked again with growing pauses, and after a limit a person is asked for evidence.
 */
export type Answer<Yes extends object, No extends object> =
  | ({ readonly answer: 'yes'; readonly raw: string } & Yes)
  | ({ readonly answer: 'no'; readonly raw: string } & No)
  | Unknown;

/** No usable answer. `raw` is what came back, if anything did. */
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
 * - `invalid`: an answer that is not what was agreed, contradicts itself, names a day that cannot be, or is about somebody else
 */
export type UnknownWhy = 'timeout' | 'unreachable' | 'busy' | 'refused' | 'invalid';

/** Where a register is and how long it may take. */
export interface Connection {
  /** Address without a slash at the end, such as `https://yammt.example/api`. */
  readonly baseUrl: string;
  /** Milliseconds from the question to the last byte of its answer. */
  readonly timeoutMs: number;
  readonly fetch?: typeof fetch;
}
