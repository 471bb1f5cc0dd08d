import { errors, jwtVerify, type JWTVerifyGetKey } from 'jose';
import { z } from 'zod';
import type { Clock } from '../../domain/clock';
import type { Fund } from '../../domain/fund';
import { type Actor, type Role, roles } from '../../domain/roles';
import { isLanguage } from '../../domain/words/languages';
import type { Db } from '../../prisma/db';
import { wrongLevel } from '../../records/kernel/offices';
import { area, line, stir } from './fields';
import { Problem, Unavailable } from './problem';
import { isText } from './validation';

type Purpose = 'read' | 'write';

/** Finds the bearer of a token, and checks that they may read, or may write. */
export type SignIn = (authorization: string | undefined, purpose: Purpose) => Promise<Actor>;

/** The claims of a token about its bearer, beside issuer, audience and expiry. */
export const claims = z.object({
  sub: line.refine(isText, 'Remove the characters that are no text'),
  role: z.enum(roles),
  rank: z.enum(['officer', 'head']).default('officer'),
  /** SOATO prefix, '' for the republic. Roles that serve only the republic, or no area, may leave it out. */
  area: area.optional(),
  /** For employers: the STIR of the enterprise that they act for. */
  employer: stir.optional(),
});
export type Claims = z.input<typeof claims>;
type Said = z.output<typeof claims>;

interface Issuer {
  keys: JWTVerifyGetKey;
  issuer: string;
  audience: string;
}

/** Only signatures with a key pair: the issuer shares no secret with us. */
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

/** How long a process keeps a caller that it has found: an official who leaves may go on for so long [default]. */
export const KEPT_MS = 3000;

/** The most callers that are kept. */
const MOST_KEPT = 50_000;

/** What is known of a caller, kept for a while. A caller who is not found is looked for again. */
function keptFor<Found>(ms: number, find: (id: string) => Promise<Found | null>) {
  const kept = new Map<string, { found: Found; until: number }>();
  return async (id: string): Promise<Found | null> => {
    const known = kept.get(id);
    if (known && performance.now() < known.until) return known.found;
    const found = await find(id);
    if (kept.size >= MOST_KEPT) kept.clear();
    if (found && ms > 0) kept.set(id, { found, until: performance.now() + ms });
    else kept.delete(id);
    return found;
  };
}

/**
 * Checks bearer tokens (JWT) with an issuer's keys, and their expiry with the clock port. It refuses officials who left, and
 * officials with an area of another level than their role's. An official who is not recorded may only read. Employers are
 * found by their STIR.
 *
 * @param keptMs how long a caller who was found is kept
 */
export function bearerSignIn({ keys, issuer, audience }: Issuer, db: Db, clock: Clock, keptMs = 0): SignIn {
  const findOfficial = keptFor(keptMs, (id) =>
    db.official.findUnique({
      where: { id },
      select: { leftOn: true, language: true, centreId: true, fund: true },
    }),
  );
  const findEmployer = keptFor(keptMs, (stir) =>
    db.employer.findUnique({ where: { stir }, select: { id: true, language: true } }),
  );
  return async (authorization, purpose) => {
    const token = /^Bearer ([\w-]+\.[\w-]+\.[\w-]+)$/i.exec(authorization ?? '')?.[1];
    if (authorization === undefined)
      throw unauthorised('no_token', 'Send a bearer token in the Authorization header.');
    if (token === undefined)
      throw unauthorised('malformed_token', 'Send the Authorization header as “Bearer” and the token.');
    const payload = await verified(token);
    const said = claims.safeParse(payload);
    if (!said.success)
      throw unauthorised(
        'wrong_claims',
        'Ask the issuer for a token with these claims: sub, role, rank, area.',
      );
    return said.data.role === 'employer' ? employerOf(said.data) : officialOf(said.data, purpose);
  };

  async function verified(token: string) {
    const currentDate = await clock.now();
    const options = { issuer, audience, currentDate, algorithms, requiredClaims: ['exp', 'sub'] };
    try {
      return (await jwtVerify(token, keys, options)).payload;
    } catch (error) {
      if (error instanceof errors.JWTExpired)
        throw unauthorised('expired_token', 'The token has expired. Sign in again.');
      if (isOfToken(error))
        throw unauthorised(
          'invalid_token',
          'The token is not valid here. Send one of this service’s issuer.',
        );
      throw new Unavailable("the issuer's keys cannot be had", { cause: error });
    }
  }

  async function officialOf({ sub: id, role, rank, area: home }: Said, purpose: Purpose): Promise<Actor> {
    const wrong = wrongLevel(role, home);
    if (wrong !== undefined)
      throw unauthorised('wrong_claims', `The area of the token does not fit its role. ${wrong}`);
    const official = await findOfficial(id);
    if (official?.leftOn) throw unauthorised('left', 'This official has left the office and cannot sign in.');
    if (purpose === 'write' && !official && !(await isFirst(role)))
      throw new Problem(
        403,
        'not_recorded',
        'This official is not recorded and may only read. Ask an administrator to record the official.',
      );
    return {
      id,
      role,
      rank,
      area: home ?? '',
      ...(role === 'training_officer' && official?.centreId && { centreId: official.centreId }),
      ...(role === 'finance_officer' && official && { fund: official.fund as Fund }),
      ...spoken(official),
    };
  }

  /** The first administrator may write without a record, to record themselves. */
  async function isFirst(role: Role): Promise<boolean> {
    if (role !== 'administrator') return false;
    return (await db.official.findFirst({ where: { role, leftOn: null }, select: { id: true } })) === null;
  }

  async function employerOf({ sub: id, employer: stir }: Said): Promise<Actor> {
    if (stir === undefined)
      throw unauthorised('wrong_claims', 'Ask the issuer for a token with the employer’s STIR.');
    const employer = await findEmployer(stir);
    if (!employer)
      throw unauthorised(
        'unknown_employer',
        'The employer of this token is not recorded. Ask the employment office to record it.',
      );
    return { id, role: 'employer', rank: 'officer', area: '', employerId: employer.id, ...spoken(employer) };
  }
}

/** The language that the caller has chosen, if any. */
const spoken = (row: { language: string | null } | null): Pick<Actor, 'language'> =>
  isLanguage(row?.language) ? { language: row.language } : {};

/** Whether the token caused an error. Otherwise the issuer's keys could not be fetched. */
const isOfToken = (error: unknown): boolean =>
  error instanceof errors.JOSEError &&
  !(error instanceof errors.JWKSTimeout) &&
  !(error instanceof errors.JWKSInvalid) &&
  error.code !== 'ERR_JOSE_GENERIC';

const unauthorised = (code: string, detail: string): Problem =>
  new Problem(401, code, detail, { headers: { 'WWW-Authenticate': 'Bearer' } });
