import { dayOf } from '../../domain/day';
import { dayInWords, parameters, type Reader } from '../../domain/words/values';
import type { Language } from '../../domain/words/languages';
import { noticeInWords } from '../../domain/words/words';
import type { Db } from '../../prisma/db';
import type { Notice } from '../../prisma/generated/client';
import { rowOf } from '../kernel/rows';
import { aboutOf } from './about';
import { namesOf } from './names';

/**
 * A message in the words of its recipient, with the names that the record has now. Days are written as in the year in which
 * it was queued. A message that is sent again stays the same.
 *
 * @param contact the service's address or telephone
 * @throws Error where our own words cannot say it
 */
export async function textOf(db: Db, notice: Notice, language: Language, contact: string): Promise<string> {
  const given = notice.params as Record<string, unknown>;
  const { because, ...about } = { ...(await aboutOf(db, notice.subject)), ...known(given) };
  const role = notice.recipient === 'official' ? await roleOf(db, notice.recipientId) : null;
  const person = role !== null && nameless.has(role) ? null : about.person;
  const employer = about.employer ?? null;
  const phone = await phoneOf(db, employer);
  const ids = [person, employer, given['area']].filter((id) => typeof id === 'string' && id !== '');
  const reader: Reader = {
    language,
    today: dayOf(notice.createdAt),
    nameOf: await namesOf(db, ids as string[]),
  };
  const named = { ...about, person, employer, phone, ...because };
  const told = { ...named, about: subjectInWords(reader, notice, named), ...given, person, employer };
  return noticeInWords(reader, notice.type, told, contact);
}

const known = (given: Record<string, unknown>): Record<string, string> =>
  Object.fromEntries(
    ['person', 'employer'].flatMap((name) =>
      typeof given[name] === 'string' && given[name] !== '' ? [[name, given[name]]] : [],
    ),
  );

/** Roles that do not need to know the person. */
const nameless: ReadonlySet<string> = new Set(['administrator', 'auditor']);

const roleOf = async (db: Db, id: string): Promise<string | null> =>
  (await db.official.findUnique({ where: { id }, select: { role: true } }))?.role ?? null;

const phoneOf = async (db: Db, employer: string | null): Promise<string | null> =>
  employer === null
    ? null
    : ((await db.employer.findUnique({ where: { id: employer }, select: { phone: true } }))?.phone ?? null);

/** The subject of a message: the person, the employer (to everybody but the employer), and the number to quote. */
function subjectInWords(
  reader: Reader,
  { subject, recipient }: Notice,
  { person, employer, job }: { person?: string | null | undefined; employer: string | null; job?: string },
): string {
  const name = (id: string | null | undefined): string => (id && reader.nameOf?.(id)) || '';
  return [name(person), recipient === 'employer' ? '' : name(employer), job ?? '', numberOf(reader, subject)]
    .filter((part) => part !== '')
    .join(', ');
}

/** The number of a row as people quote it. A budget line and a statement have names. */
function numberOf(reader: Reader, subject: string): string {
  const row = rowOf(subject);
  if (!row || row.kind === 'news') return '';
  if (row.kind === 'statement') return dayInWords(reader, row.id);
  const line = parameters['line'];
  return row.kind === 'line' && typeof line === 'function' ? line(row.id, reader, {}) : row.id;
}
