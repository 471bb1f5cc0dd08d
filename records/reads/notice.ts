import { dayOf } from '../../domain/day';
import type { Reader } from '../../domain/words/values';
import type { Language } from '../../domain/words/languages';
import { noticeInWords } from '../../domain/words/words';
import type { Db } from '../../prisma/db';
import type { Notice } from '../../prisma/generated/client';
import { aboutOf } from './about';
import { namesOf } from './names';
import { idsIn, subjectInWords } from './subject';

/**
 * A message in the words of its recipient, with the names that the record has now. Days are written as in the year in which
 * it was queued. A message that is sent again stays the same.
 *
 * @param contact the service's address or telephone
 * @throws Error where our own words cannot say it
 */
export async function textOf(db: Db, notice: Notice, language: Language, contact: string): Promise<string> {
  const given = notice.params as Record<string, unknown>;
  const { owed, other, ...about } = { ...(await aboutOf(db, notice.subject)), ...known(given) };
  const role = notice.recipient === 'official' ? await roleOf(db, notice.recipientId) : null;
  const isNameless =
    (role !== null && nameless.has(role)) || (notice.recipient === 'employer' && about.unconfirmed);
  const person = isNameless ? null : (about.person ?? null);
  const employer = about.employer ?? null;
  const phone = await phoneOf(db, employer);
  const named = { ...about, person, employer, ...(other !== undefined && !isNameless && { other }) };
  const reader: Reader = {
    language,
    today: dayOf(notice.createdAt),
    nameOf: await namesOf(db, [
      ...idsIn(notice.subject, { ...named, ...(owed && { owed }) }),
      ...placesIn(given),
    ]),
  };
  const subject = subjectInWords(reader, notice.subject, named, notice.recipient);
  const told = { ...named, phone, owed, about: subject, ...given, person, employer };
  return noticeInWords(reader, notice.type, told, contact);
}

const placesIn = ({ area }: Record<string, unknown>): string[] =>
  typeof area === 'string' && area !== '' ? [area] : [];

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
