import { isLanguage } from '../../domain/words/languages';
import type { Reader } from '../../domain/words/values';
import { messageInWords } from '../../domain/words/words';
import { recipientKind } from '../../domain/words/notice-params';
import type { Actor } from '../../domain/roles';
import type { Db } from '../../prisma/db';
import type { Notice } from '../../prisma/generated/client';
import { namedBy } from '../kernel/rows';
import { aboutAll } from './about';
import { namesOf } from './names';
import { writerOf } from './notice';
import { readerOf } from './reader';

/** A message as those read it who see the row that it is about. Telephone numbers and addresses are not shown. */
export interface Message {
  at: Date;
  type: string;
  /** Null where our own words cannot say it, or where an employer is no longer shown the person. */
  text: string | null;
  words: string;
  about: { kind: string; id: string };
  to: { kind: string; id: string | null; name: string | null };
  channel: string;
  language: string | null;
  state: string;
  settledAt: Date | null;
  why: string | null;
}

/**
 * Messages with their texts, recipients and results. The names are those of today.
 *
 * @param contact the service's address or telephone
 */
export async function messagesOf(
  db: Db,
  notices: readonly Notice[],
  { actor, now, contact }: { actor: Actor; now: Date; contact: string },
): Promise<Message[]> {
  const write = await writerOf(db, notices, contact);
  const hidden = await hiddenFrom(db, notices, actor);
  const payeeOf = await payeesOf(db, notices);
  const recipientOf = ({ recipient, recipientId }: Notice): string | null =>
    recipient === 'proposal' ? (payeeOf.get(recipientId) ?? null) : recipientId;
  const nameOf = await namesOf(
    db,
    notices.flatMap((notice) => recipientOf(notice) ?? []),
  );
  const reader = readerOf(actor, now, nameOf);
  return notices.map((notice) => {
    const id = recipientOf(notice);
    const language = isLanguage(notice.language) ? notice.language : null;
    return {
      at: notice.createdAt,
      type: notice.type,
      text: hidden(notice) ? null : written(() => write(notice, language ?? reader.language)),
      words: resultInWords(reader, notice),
      about: namedBy(notice.subject),
      to: {
        kind: recipientKind(notice),
        id,
        name: nameOf(id ?? '') ?? null,
      },
      channel: notice.channel,
      language,
      state: notice.state,
      settledAt: notice.settledAt,
      why: notice.why,
    };
  });
}

/** An employer does not read a person's name again after its part with the person is over [pathway §5]. */
async function hiddenFrom(
  db: Db,
  notices: readonly Notice[],
  actor: Actor,
): Promise<(notice: Notice) => boolean> {
  if (actor.role !== 'employer') return () => false;
  const abouts = await aboutAll(
    db,
    notices.map(({ subject }) => subject),
  );
  return ({ subject }) => abouts.get(subject)?.over === true;
}

/** The employers and persons behind proposals of accounts, whose contacts at that time a message goes to. */
async function payeesOf(db: Db, notices: readonly Notice[]): Promise<Map<string, string | null>> {
  const ids = notices.flatMap(({ recipient, recipientId }) => (recipient === 'proposal' ? recipientId : []));
  if (ids.length === 0) return new Map();
  const where = { id: { in: ids } };
  const rows = await db.approval.findMany({ where, select: { id: true, about: true } });
  return new Map(rows.map(({ id, about }) => [id, about.split('/')[1] ?? null]));
}

function written(write: () => string): string | null {
  try {
    return write();
  } catch {
    return null;
  }
}

/** Why a message was dropped: our own words could not say it, or the recipient had no contact. */
const resultOf = ({ state, why }: Notice): string =>
  state === 'dropped' ? (why === 'defect' ? 'defect' : 'no_contact') : state;

/** *Delivered by SMS on 4 December, in Uzbek.* */
const resultInWords = (reader: Reader, notice: Notice): string =>
  messageInWords(reader, {
    state: resultOf(notice),
    channel: notice.channel,
    on: (notice.settledAt ?? notice.createdAt).toISOString(),
    language: notice.language,
  });
