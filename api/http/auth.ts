import { errors, jwtVerify, type JWTVerifyGetKey } from 'jose';
import { z } from 'zod';
import type { Clock } from '../../domain/clock';
import { type Actor, type Role, roles } from '../../domain/roles';
import type { Db } from '../../prisma/db';
import { wrongLevel } from '../../records/kernel/offices';
import { area, line, stir } from './fields';
import { Problem, Unavailable } from './problem';
import { isText } from './validation';

type Purpose = 'read' | 'write';

/** Tells who sends a bearer token, if they may do what they came for: to read, or to change something. */
export type SignIn = (authorization: string | undefined, purpose: Purpose) => Promise<Actor>;

/** What a token says of its bearer, beside issuer, audience and expiry. */
export const claims = z.object({
  sub: line.refine(isText, 'Holds characters that are no text'),
  role: z.enum(roles),
  rank: z.enum(['officer', 'head']).default('officer'),
  /** SOATO prefix, '' the republic; may be left out where the role serves the republic alone, or no area. */
  area: area.optional(),
  /** For employers: the STIR they act for. */
  employer: stir.optional(),
});
export type Claims = z.input<typeof claims>;
type Said = z.output<typeof claims>;

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
 * Checks bearer tokens (JWT) against an issuer's keys; expiry by the clock port. Officials who left, or whose area is not of
 * their role's level, are refused; who is not recorded changes nothing. Employers are looked up by their STIR.
 */
export function bearerSignIn({ keys, issuer, audience }: Issuer, db: Db, clock: Clock): SignIn {
  return async (authorization, purpose) => {
    const token = /^Bearer ([\w-]+\.[\w-]+\.[\w-]+)$/i.exec(authorization ?? '')?.[1];
    if (authorization === undefined) throw unauthorised('no_token', 'Send a bearer token.');
    if (token === undefined)
      throw unauthorised('malformed_token', 'The Authorization header holds no bearer token.');
    const payload = await verified(token);
    const said = claims.safeParse(payload);
    if (!said.success)
      throw unauthorised('wrong_claims', 'The token lacks claims we need: sub, role, rank, area.');
    return said.data.role === 'employer' ? employerOf(said.data) : officialOf(said.data, purpose);
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

  async function officialOf({ sub: id, role, rank, area: home }: Said, purpose: Purpose): Promise<Actor> {
    const wrong = wrongLevel(role, home);
    if (wrong !== undefined)
      throw unauthorised('wrong_claims', `The area of the token is not of its role. ${wrong}`);
    const official = await db.official.findUnique({ where: { id }, select: { leftOn: true } });
    if (official?.leftOn) throw unauthorised('left', 'This official has left the office.');
    if (purpose === 'write' && !official && !(await isFirst(role)))
      throw new Problem(
        403,
        'not_recorded',
        'This official is not recorded and may only read: an administrator records officials.',
      );
    return { id, role, rank, area: home ?? '' };
  }

  /** Somebody has to record the first administrator. */
  async function isFirst(role: Role): Promise<boolean> {
    if (role !== 'administrator') return false;
    return (await db.official.findFirst({ where: { role, leftOn: null }, select: { id: true } })) === null;
  }

  async function employerOf({ sub: id, employer: stir }: Said): Promise<Actor> {
    if (stir === undefined) throw unauthorised('wrong_claims', 'An employer’s token names its STIR.');
    const employer = await db.employer.findUnique({ where: { stir }, select: { id: true } });
    if (!employer) throw unauthorised('unknown_employer', 'The employer of this token is not recorded here.');
    return { id, role: 'employer', rank: 'officer', area: '', employerId: employer.id };
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
