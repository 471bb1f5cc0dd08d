import { errors, jwtVerify, type JWTVerifyGetKey } from 'jose';
import { z } from 'zod';
import type { Clock } from '../domain/clock';
import { type Actor, roles } from '../domain/roles';
import type { Db } from '../prisma/db';
import { area, line, stir } from './fields';
import { Problem, Unavailable } from './problem';

/** Tells who sends a bearer token. */
export type SignIn = (authorization: string | undefined) => Promise<Actor>;

/** What a token says of its bearer, beside issuer, audience and expiry. */
export const claims = z.object({
  sub: line,
  role: z.enum(roles),
  rank: z.enum(['officer', 'head']).default('officer'),
  /** SOATO prefix, '' the republic. */
  area: area.default(''),
  /** For employers: the STIR they act for. */
  employer: stir.optional(),
});
export type Claims = z.input<typeof claims>;

interface Issuer {
  keys: JWTVerifyGetKey;
  issuer: string;
  audience: string;
}

/** Only signatures with a key pair: a token's issuer never shares its secret with us. */
const algorithms = [
  'EdDSA',
  'Ed25519',
  'ES256',
  'ES384',
  'ES512',
  'PS256',
  'PS384',
  'PS512',
  'RS256',
  'RS384',
  'RS512',
];

/**
 * Checks bearer tokens (JWT) against an issuer's keys; expiry by the clock port. Officials who left are refused; employers
 * are looked up by their STIR.
 */
export function bearerSignIn({ keys, issuer, audience }: Issuer, db: Db, clock: Clock): SignIn {
  return async (authorization) => {
    const token = /^Bearer ([\w-]+\.[\w-]+\.[\w-]+)$/i.exec(authorization ?? '')?.[1];
    if (authorization === undefined) throw unauthorised('no_token', 'Send a bearer token.');
    if (token === undefined)
      throw unauthorised('malformed_token', 'The Authorization header holds no bearer token.');
    const payload = await verified(token);
    const said = claims.safeParse(payload);
    if (!said.success)
      throw unauthorised('wrong_claims', 'The token lacks claims we need: sub, role, rank, area.');
    return actorOf(said.data);
  };

  async function verified(token: string) {
    const currentDate = await clock.now();
    const options = { issuer, audience, currentDate, algorithms, requiredClaims: ['exp', 'sub'] };
    try {
      return (await jwtVerify(token, keys, options)).payload;
    } catch (error) {
      if (error instanceof errors.JWTExpired) throw unauthorised('expired_token', 'The token has expired.');
      if (isOfToken(error)) throw unauthorised('invalid_token', 'The token is not valid here.');
      throw new Unavailable("the issuer's keys cannot be had", { cause: error });
    }
  }

  async function actorOf(said: z.output<typeof claims>): Promise<Actor> {
    const { sub: id, role, rank, area: home } = said;
    if (role !== 'employer') {
      const official = await db.official.findUnique({ where: { id }, select: { leftOn: true } });
      if (official?.leftOn) throw unauthorised('left', 'This official has left the office.');
      return { id, role, rank, area: home };
    }
    if (said.employer === undefined)
      throw unauthorised('wrong_claims', 'An employer’s token names its STIR.');
    const employer = await db.employer.findUnique({ where: { stir: said.employer }, select: { id: true } });
    if (!employer) throw unauthorised('unknown_employer', 'The employer of this token is not recorded here.');
    return { id, role, rank: 'officer', area: '', employerId: employer.id };
  }
}

/** Whether a token is at fault, and not the way to the issuer's keys. */
const isOfToken = (error: unknown): boolean =>
  error instanceof errors.JOSEError &&
  !(error instanceof errors.JWKSTimeout) &&
  !(error instanceof errors.JWKSInvalid) &&
  error.code !== 'ERR_JOSE_GENERIC';

const unauthorised = (code: string, detail: string): Problem =>
  new Problem(401, code, detail, { headers: { 'WWW-Authenticate': 'Bearer' } });
