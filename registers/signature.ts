import { createHmac, timingSafeEqual } from 'node:crypto';

/** The HTTP header, in Node's lower case, that carries the signature of pushed news. */
export const SIGNATURE_HEADER = 'x-register-signature';

const TOLERANCE_SECONDS = 300;

/**
 * Signs a body with HMAC-SHA256 over `<timestamp>.<body>`.
 *
 * @param timestamp Unix seconds
 * @param body the bytes as they are sent
 * @returns the header's value, `t=<unix seconds>,v1=<hex>`
 */
export const sign = (secret: string, timestamp: number, body: string | Buffer): string =>
  `t=${timestamp},v1=${digest(secret, String(timestamp), body).toString('hex')}`;

/**
 * Whether a body was signed with this secret, and recently.
 *
 * @param body the received bytes, before any parsing
 * @param toleranceSeconds the greatest distance of the signature's time from `now`, before or after
 */
export const verify = ({
  secret,
  header,
  body,
  now,
  toleranceSeconds = TOLERANCE_SECONDS,
}: {
  secret: string;
  header: string | undefined;
  body: string | Buffer;
  now: Date;
  toleranceSeconds?: number;
}): boolean => {
  const [, timestamp, signature] = /^t=(\d{1,12}),v1=([0-9a-f]{64})$/.exec(header ?? '') ?? [];
  if (timestamp === undefined || signature === undefined) return false;
  const isGenuine = timingSafeEqual(Buffer.from(signature, 'hex'), digest(secret, timestamp, body));
  return isGenuine && Math.abs(now.getTime() / 1000 - Number(timestamp)) <= toleranceSeconds;
};

const digest = (secret: string, timestamp: string, body: string | Buffer): Buffer =>
  createHmac('sha256', secret).update(`${timestamp}.`).update(body).digest();
