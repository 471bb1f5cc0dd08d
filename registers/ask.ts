import type { z } from 'zod';
import type { Connection, Unknown, UnknownWhy } from './answer';

/** In characters; the default of a question. */
const LARGEST_ANSWER = 1_000_000;

interface Question {
  /** POST by default. PUT where the other side acts once for the path, also when the request is repeated. */
  readonly method?: 'POST' | 'PUT';
  readonly path: string;
  /** Sent as JSON in the body: questions about a person are POSTs, so that no URL carries personal data. */
  readonly body: object;
  readonly headers?: Readonly<Record<string, string>>;
  /** In characters. */
  readonly largestAnswer?: number;
}

/**
 * Asks a register one question, once. The caller decides when to ask again.
 *
 * @returns the answer in the schema's shape, with the raw body for the legal record; or unknown. Never throws for a fault of
 *   the other side or the network.
 */
export const ask = async <Schema extends z.ZodType>(
  { baseUrl, timeoutMs, fetch: send = fetch }: Connection,
  { method = 'POST', path, body, headers, largestAnswer = LARGEST_ANSWER }: Question,
  schema: Schema,
): Promise<{ answer: 'said'; said: z.infer<Schema>; raw: string } | Unknown> => {
  let raw: string;
  let status: number;
  try {
    const response = await send(`${baseUrl}${path}`, {
      method,
      headers: { 'content-type': 'application/json', accept: 'application/json', ...headers },
      body: JSON.stringify(body),
      redirect: 'manual',
      signal: AbortSignal.timeout(timeoutMs),
    });
    status = response.status;
    raw = await textOf(response, largestAnswer);
  } catch (error) {
    return { answer: 'unknown', why: whyItFailed(error) };
  }
  if (status < 200 || status > 299)
    return { answer: 'unknown', why: isBusy(status) ? 'busy' : 'refused', raw };
  const said = schema.safeParse(parsed(raw));
  return said.success ? { answer: 'said', said: said.data, raw } : { answer: 'unknown', why: 'invalid', raw };
};

/** The body, cut off above the largest answer. A cut body does not parse, so the answer is invalid. */
const textOf = async ({ body }: Response, largest: number): Promise<string> => {
  const chunks: AsyncIterable<Uint8Array> | never[] = body ?? [];
  const decoder = new TextDecoder();
  let text = '';
  for await (const chunk of chunks) {
    text += decoder.decode(chunk, { stream: true });
    if (text.length > largest) return text.slice(0, 1000);
  }
  return text + decoder.decode();
};

const parsed = (raw: string): unknown => {
  try {
    return JSON.parse(raw);
  } catch {
    return undefined;
  }
};

const isBusy = (status: number): boolean => status === 408 || status === 429 || status >= 500;

const whyItFailed = (error: unknown): UnknownWhy =>
  typeof error === 'object' && error !== null && 'name' in error && error.name === 'TimeoutError'
    ? 'timeout'
    : 'unreachable';
