import { randomUUID } from 'node:crypto';
import { Agent, request } from 'node:http';

const agent = new Agent({ keepAlive: true, maxSockets: 64 });

/** A request over a connection that stays open, as a client of the API has it. */
export function send(
  method: 'GET' | 'POST' | 'PUT',
  url: string,
  token: string,
  body?: object,
  key?: string,
): Promise<{ status: number; body: unknown }> {
  const text = body && JSON.stringify(body);
  return new Promise((resolve, reject) => {
    const headers = {
      Authorization: `Bearer ${token}`,
      ...(key !== undefined && { 'Idempotency-Key': key }),
      ...(text !== undefined && {
        'Content-Type': 'application/json',
        'Content-Length': Buffer.byteLength(text),
      }),
    };
    const sending = request(url, { method, agent, headers }, (response) => {
      let answer = '';
      response.setEncoding('utf8');
      response.on('data', (piece: string) => (answer += piece));
      response.on('end', () =>
        resolve({ status: response.statusCode ?? 0, body: JSON.parse(answer) as unknown }),
      );
    });
    sending.on('error', reject);
    sending.end(text);
  });
}

/** The body of an answer that must be good. Sent again under its key while the outcome is not known, as on a crowded machine. */
export async function must(
  method: 'POST' | 'PUT',
  url: string,
  token: string,
  body: object,
  key: string = randomUUID(),
): Promise<Record<string, unknown>> {
  let answer = await send(method, url, token, body, key);
  while (answer.status === 503) answer = await send(method, url, token, body, key);
  if (answer.status >= 300)
    throw new Error(`${method} ${url}: ${answer.status} ${JSON.stringify(answer.body)}`);
  return answer.body as Record<string, unknown>;
}
