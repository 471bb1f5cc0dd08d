import { dayOf } from '../../domain/day';
import type { Reader } from '../../domain/words/values';
import type { Language } from '../../domain/words/languages';
import { noticeInWords } from '../../domain/words/words';
import type { Db } from '../../prisma/db';
import type { Notice } from '../../prisma/generated/client';
import { type About, aboutAll } from './about';
import { namesOf } from './names';
import { idsIn, subjectInWords } from './subject';

/**
 * A message in the words of its recipient, with the names that the record has now. Days are written as in the year in which
 * it was queued. A message that is sent again stays the same.
 *
 * @param contact the service's address or telephone
 * @throws Error where our own words cannot say it
 */
export const textOf = async (db: Db, notice: Notice, language: Language, contact: string): Promise<string> =>
  (await writerOf(db, [notice], contact))(notice, language);

/** Writes messages as `textOf` does. The number of queries does not grow with the messages. */
export async function writerOf(
  db: Db,
  notices: readonly Notice[],
  contact: string,
): Promise<(notice: Notice, language: Language) => string> {
  const abouts = await aboutAll(
    db,
    notices.map(({ subject }) => subject),
  );
  const rolesById = await rolesOf(db, notices);
  const told = new Map(
    notices.map((notice) => [notice.key, toldOf(notice, abouts.get(notice.subject) ?? {}, rolesById)]),
  );
  const phones = await phonesOf(
    db,
    [...told.values()].flatMap(({ employer }) => employer ?? []),
  );
  const nameOf = await namesOf(
    db,
    notices.flatMap((notice) => [
      ...idsIn(notice.subject, told.get(notice.key) ?? {}),
      ...placesIn(given(notice)),
    ]),
  );
  return (notice, language) => {
    const { owed, ...named } = told.get(notice.key) ?? {};
    const reader: Reader = { language, today: dayOf(notice.createdAt), nameOf };
    const params = {
      ...named,
      phone: phones.get(named.employer ?? '') ?? null,
      owed,
      about: subjectInWords(reader, notice.subject, named, notice.recipient),
      ...given(notice),
      person: named.person,
      employer: named.employer,
      recipient: notice.recipient,
    };
    return noticeInWords(reader, notice.type, params, contact);
  };
}

const given = ({ params }: Notice) => params as Record<string, unknown>;

/** What a message is about, without a person hidden from its recipient. */
function toldOf(notice: Notice, about: About, roles: ReadonlyMap<string, string>): About {
  const { other, ...named } = { ...about, ...known(given(notice)) };
  const role = notice.recipient === 'official' ? roles.get(notice.recipientId) : undefined;
  const isNameless =
    (role !== undefined && nameless.has(role)) || (notice.recipient === 'employer' && named.unconfirmed);
  return {
    ...named,
    person: isNameless ? null : (named.person ?? null),
    employer: named.employer ?? null,
    ...(other !== undefined && !isNameless && { other }),
    owed: { ...named.owed, owner: role ?? notice.recipient },
  };
}

const placesIn = ({ area }: Record<string, unknown>): string[] =>
  typeof area === 'string' && area !== '' ? [area] : [];

const known = (params: Record<string, unknown>): Record<string, string> =>
  Object.fromEntries(
    ['person', 'employer'].flatMap((name) =>
      typeof params[name] === 'string' && params[name] !== '' ? [[name, params[name]]] : [],
    ),
  );

/** Roles that do not need to know the person. */
const nameless: ReadonlySet<string> = new Set(['administrator', 'auditor']);

/** The roles of the officials among the recipients. */
async function rolesOf(db: Db, notices: readonly Notice[]): Promise<Map<string, string>> {
  const ids = notices.flatMap(({ recipient, recipientId }) => (recipient === 'official' ? recipientId : []));
  if (ids.length === 0) return new Map();
  const rows = await db.$queryRaw<
    { id: string; role: string }[]
  >`SELECT id, role FROM officials WHERE id = ANY(${ids})`;
  return new Map(rows.map(({ id, role }) => [id, role]));
}

async function phonesOf(db: Db, employers: readonly string[]): Promise<Map<string, string | null>> {
  if (employers.length === 0) return new Map();
  const rows = await db.$queryRaw<
    { id: string; phone: string | null }[]
  >`SELECT id, phone FROM employers WHERE id = ANY(${[...new Set(employers)]})`;
  return new Map(rows.map(({ id, phone }) => [id, phone]));
}
