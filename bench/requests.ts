import type { Claims } from '../api/http/auth';
import { routes } from '../api/routes';
import { makePinfl } from '../domain/pinfl';
import { type Role, roles } from '../domain/roles';

/** A request that reads. */
export interface Request {
  as: Claims;
  method: 'GET' | 'POST';
  /** With `/v1`, or `/metrics`. */
  to: string;
  body?: object;
}

export type Send = (request: Request) => Promise<{ status: number; body: unknown }>;

export const named = ({ as, method, to, body }: Request): string =>
  `${as.role}: ${method} ${to.replace('/v1', '')}${body ? ` by ${Object.keys(body).join(', ')}` : ''}`;

const MAHALLA = '1703201001';

/** The area of each role's person in the seeded republic: the first mahalla, its district or its region. */
const levels = {
  case_manager: 10,
  supervisor: 7,
  employment_officer: 7,
  labour_inspector: 4,
  finance_officer: 4,
  training_officer: 4,
  auditor: 0,
  administrator: 0,
} as const satisfies Record<Exclude<Role, 'employer'>, number>;

const person = (role: Role): Claims =>
  role === 'employer'
    ? { sub: 'employer-1', role, employer: '200000014' }
    : { sub: role === 'case_manager' ? `M-${MAHALLA}` : role, role, area: MAHALLA.slice(0, levels[role]) };

/** A year's report, and whatever else a path needs. */
const YEAR = 'from=2026-01-01&to=2026-11-29';
const needs: Readonly<Record<string, string>> = {
  '/ledger': 'line=hire_pwd-1703-2026',
  '/calendar': YEAR,
  '/reports/programme': YEAR,
  '/reports/pathway': YEAR,
  '/reports/subsidies': YEAR,
  '/reports/training': YEAR,
};
/** The reconciliation is about a day, whose statement is no larger with more cases. */
const left = new Set(['/reports/reconciliation']);
const samples: Readonly<Record<string, string>> = {
  vocabulary: 'occupation',
  name: 'yammt',
  date: '2026-01-01',
};

/** The number of person P-000001 in the seeded republic. */
const PINFL = makePinfl('1976-09-06', 'male', '000000');

/** Filters and searches beside the plain lists, by role. */
const filtered: readonly [Role, string, object?][] = [
  ['case_manager', '/cases?overdue=yes'],
  ['case_manager', '/cases?state=planning'],
  ['case_manager', '/people?case=no'],
  ['case_manager', '/people?skill=accounting'],
  ['case_manager', '/employments?overdue=yes'],
  ['supervisor', '/cases?overdue=yes'],
  ['supervisor', '/cases?state=referred'],
  ['supervisor', '/cases?waitingFor=employer'],
  ['supervisor', '/employments?overdue=yes'],
  ['supervisor', '/public-works?state=working'],
  ['supervisor', '/trainings?state=studying'],
  ['supervisor', '/businesses?state=active'],
  ['supervisor', '/tasks?overdue=yes'],
  ['supervisor', `/people?mahalla=${MAHALLA}`],
  ['employment_officer', `/cases?area=${MAHALLA}`],
  ['finance_officer', '/claims?state=ready'],
  ['finance_officer', '/claims?blocked=no'],
  ['finance_officer', '/tasks?limit=90'],
  ['auditor', '/cases?overdue=yes'],
  ['auditor', '/cases?state=retained'],
  ['auditor', '/cases?month=2026-03'],
  ['auditor', '/claims?month=2026-03'],
  ['case_manager', '/people/search', { name: 'Karimov' }],
  ['case_manager', '/people/search', { pinfl: PINFL }],
  ['case_manager', '/cases/search', { name: 'Karimov' }],
  ['case_manager', '/cases/search', { pinfl: PINFL }],
  ['auditor', '/people/search', { name: 'Karimov Malika' }],
];

/**
 * Every list, report, worklist, single row and timeline, for each role that may read it, and some filters and searches. A row in a
 * path is the first of the role's own list. One role asks for what is the same for all.
 *
 * @returns the requests, and the paths for which the role's lists have no row
 */
export async function readingRequests(send: Send): Promise<{ requests: Request[]; without: string[] }> {
  const requests: Request[] = [];
  const without: string[] = [];
  const firsts = new Map<string, Promise<string | undefined>>();

  /** The id or code of the first row of a list, as the role sees it. */
  const firstOf = (as: Claims, list: string): Promise<string | undefined> => {
    const key = `${as.role} ${list}`;
    const found =
      firsts.get(key) ??
      send({ as, method: 'GET', to: `/v1${list}` }).then(({ body }) => {
        const [row] = (body as { items?: { id?: string; code?: string }[] }).items ?? [];
        return row?.id ?? row?.code;
      });
    firsts.set(key, found);
    return found;
  };

  for (const { method, path, who } of routes) {
    if (method !== 'get' || who === 'public' || left.has(path)) continue;
    const readers = who === 'anyone signed in' ? roles : who;
    const isSameForAll = who === 'anyone signed in' || path.startsWith('/reports/');
    for (const role of isSameForAll && path !== '/tasks' ? readers.slice(0, 1) : readers) {
      const as = person(role);
      let to: string | undefined = path;
      for (const [inBraces, name = ''] of path.matchAll(/\{(\w+)\}/g)) {
        const list = path.slice(0, path.indexOf(`/${inBraces}`));
        const sample =
          samples[name] ?? (await firstOf(as, list.replace('{vocabulary}', samples['vocabulary'] ?? '')));
        to = sample === undefined ? undefined : to?.replace(inBraces, sample);
      }
      const query = needs[path];
      if (to === undefined) without.push(`${role}: ${path}`);
      else requests.push({ as, method: 'GET', to: `/v1${to}${query ? `?${query}` : ''}` });
    }
  }
  for (const [role, to, body] of filtered)
    requests.push({ as: person(role), method: body ? 'POST' : 'GET', to: `/v1${to}`, ...(body && { body }) });
  requests.push({ as: person('auditor'), method: 'GET', to: '/metrics' });
  return { requests, without };
}
