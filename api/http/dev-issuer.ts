import { randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import {
  createLocalJWKSet,
  exportJWK,
  generateKeyPair,
  importJWK,
  type JWK,
  type JWTVerifyGetKey,
  SignJWT,
} from 'jose';
import type { Claims } from './auth';

export interface DevIssuer {
  keys: JWTVerifyGetKey;
  /** A token for these claims, valid between two instants of the clock port. */
  issueToken(said: Claims, valid: { from: Date; until: Date }): Promise<string>;
}

/**
 * An issuer for development and tests. Its key pair is in a file, which is made when it is missing.
 *
 * @param file the path of the private key (JWK)
 * @throws Error in production
 */
export async function devIssuer(
  file: string,
  { issuer, audience }: { issuer: string; audience: string },
): Promise<DevIssuer> {
  if (process.env['NODE_ENV'] === 'production')
    throw new Error('the development issuer does not run in production: set JWKS_URL');
  const jwk = await keptKey(file);
  const publicKey = { ...jwk };
  delete publicKey.d;
  const key = await importJWK(jwk, 'EdDSA');
  return {
    keys: createLocalJWKSet({ keys: [{ ...publicKey, alg: 'EdDSA', use: 'sig' }] }),
    issueToken: ({ sub, ...said }, { from, until }) =>
      new SignJWT(said)
        .setProtectedHeader({ alg: 'EdDSA', kid: jwk.kid ?? 'dev' })
        .setSubject(sub)
        .setIssuer(issuer)
        .setAudience(audience)
        .setIssuedAt(from)
        .setExpirationTime(until)
        .sign(key),
  };
}

/** Of two processes that start at once, the second reads the file of the first. */
async function keptKey(file: string): Promise<JWK> {
  if (!existsSync(file)) {
    const { privateKey } = await generateKeyPair('EdDSA', { extractable: true });
    const jwk = { ...(await exportJWK(privateKey)), kid: randomUUID() };
    mkdirSync(path.dirname(file), { recursive: true });
    const draft = `${file}.${process.pid}`;
    writeFileSync(draft, JSON.stringify(jwk), { mode: 0o600 });
    if (!existsSync(file)) renameSync(draft, file);
  }
  return JSON.parse(readFileSync(file, 'utf8')) as JWK;
}
