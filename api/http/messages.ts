import { z } from 'zod';
import { languages } from '../../domain/words/languages';
import type { Actor } from '../../domain/roles';
import type { Db } from '../../prisma/db';
import type { Notice, Prisma } from '../../prisma/generated/client';
import { kinds, shownKinds } from '../../records/kernel/kinds';
import { rowsIn, type ShownKind, subjectOf } from '../../records/kernel/rows';
import { type Message, messagesOf } from '../../records/reads/messages';
import { instant } from './fields';
import { filter, instants, is } from './filters';
import { notACursor } from './paging';
import { pageRoute } from './page-route';
import {
  caseReaders,
  courseReaders,
  jobReaders,
  lineReaders,
  moneyReaders,
  payableReaders,
  proposalReaders,
  statementReaders,
} from './readers';
import type { Route } from './route';
import { collectionOf, mustSee, paramsOf, rowPath } from './stateful';
import { visibleIds } from './visible';

/** The messages about a row to persons, employers and officials. All who see the row read them. */

const recipients = ['person', 'employer', 'official'] as const;
const states = ['queued', 'accepted', 'delivered', 'failed', 'dropped'] as const;
const channel = z.enum(['sms', 'email']);

const shape = z
  .object({
    at: instant.meta({ description: 'When the message was written.' }),
    type: z.string().meta({ description: 'Stable, for programs.' }),
    text: z.string().nullable().meta({
      description:
        'The message in its language, with the names that the record has now. A message without a language stands in the reader’s. Null where the service could not write it, and where an employer is no longer shown the person.',
    }),
    words: z
      .string()
      .meta({ description: 'Channel, day, language and result in words, in the reader’s language.' }),
    about: z.object({ kind: z.string(), id: z.string() }),
    to: z
      .object({ kind: z.enum(recipients), id: z.string().nullable(), name: z.string().nullable() })
      .meta({ description: 'The recipient. Telephone numbers and addresses are not shown.' }),
    channel,
    language: z
      .enum(languages)
      .nullable()
      .meta({ description: 'In which it was sent. Null while it is not sent.' }),
    state: z.enum(states).meta({
      description:
        '`accepted`: the gateway has it, and the receipt follows. `dropped`: it was not sent, because the recipient has no contact that may be used.',
    }),
    settledAt: instant.nullable().meta({ description: 'When it was delivered, or had another result.' }),
    why: z.string().nullable().meta({ description: 'Why it failed, in the gateway’s words.' }),
  })
  .meta({ id: 'Message' });

const recipientKinds = (kind: (typeof recipients)[number]): string[] =>
  kind === 'employer' ? ['employer', 'proposal'] : [kind];

const readers: Record<ShownKind, Route['who']> = {
  case: caseReaders,
  referral: jobReaders,
  inspection: jobReaders,
  retention: jobReaders,
  'public-works': caseReaders,
  training: courseReaders,
  business: caseReaders,
  subsidy: moneyReaders,
  adaptation: moneyReaders,
  stipend: payableReaders,
  'start-subsidy': payableReaders,
  claim: payableReaders,
  recovery: payableReaders,
  approval: proposalReaders,
  line: lineReaders,
  statement: statementReaders,
};

/** The kinds of rows under a case or a subsidy, and the column that names it. Their messages belong to its story. */
const under: Partial<Record<ShownKind, { by: string; kinds: readonly ShownKind[] }>> = {
  case: {
    by: 'caseId',
    kinds: ['referral', 'inspection', 'retention', 'public-works', 'training', 'business', 'stipend'],
  },
  subsidy: { by: 'subsidyId', kinds: ['claim', 'recovery'] },
  adaptation: { by: 'subsidyId', kinds: ['claim', 'recovery'] },
  stipend: { by: 'subsidyId', kinds: ['claim', 'recovery'] },
  'start-subsidy': { by: 'subsidyId', kinds: ['claim', 'recovery'] },
};

/** The row and the rows under it, as far as the caller sees them, by their workflow ids. */
async function storyOf(db: Db, kind: ShownKind, id: string, actor: Actor): Promise<string[]> {
  const { by = '', kinds = [] } = under[kind] ?? {};
  const subjects = [subjectOf(kind, id)];
  for (const part of kinds) {
    const rows = await rowsIn(db, part).findMany({
      where: { [by]: id },
      select: { id: true },
      orderBy: { id: 'asc' },
    });
    const ids = rows.map((row) => row.id);
    if (ids.length === 0) continue;
    for (const seen of await visibleIds(db, part, ids, actor)) subjects.push(subjectOf(part, seen));
  }
  return subjects;
}

/** An employer reads the messages to itself, and a centre's officer those to them. */
function readBy({ id: official, role, employerId = '' }: Actor, id: string): Prisma.NoticeWhereInput {
  if (role === 'training_officer') return { recipient: 'official', recipientId: official };
  if (role !== 'employer') return {};
  const own = { recipient: 'employer', recipientId: employerId };
  return { OR: [own, { recipient: 'proposal', recipientId: id }] };
}

/** The cursor of a message: its instant and its key. */
const keyOf = ({ createdAt, key }: Pick<Notice, 'createdAt' | 'key'>): string =>
  `${createdAt.toISOString()}/${key}`;

const INSTANT = '2024-03-01T04:00:00.000Z'.length;
const isInstant = z.iso.datetime({ precision: 3 });

/** @throws Problem 400 for a key that `keyOf` did not make */
function after(cursor: string): Prisma.NoticeWhereInput {
  const at = cursor.slice(0, INSTANT);
  if (!isInstant.safeParse(at).success) throw notACursor();
  const createdAt = new Date(at);
  const key = cursor.slice(INSTANT + 1);
  return { OR: [{ createdAt: { gt: createdAt } }, { createdAt, key: { gt: key } }] };
}

const messagesRoute = (kind: ShownKind): Route => {
  const { tag } = collectionOf(kind);
  return pageRoute<Prisma.NoticeWhereInput>()({
    path: rowPath(kind, '/messages'),
    tag,
    summary: 'The messages about it: to whom, when, by which channel, in which language, with which result',
    description:
      (under[kind]
        ? `Also of its ${under[kind].kinds.map((part) => kinds[part].path).join(', ')}, as far as you see them. `
        : '') + 'The oldest first. An employer reads the messages to itself.',
    who: readers[kind],
    params: paramsOf(kind),
    filters: {
      ...instants('createdAt', 'Written'),
      recipient: filter(z.enum(recipients), (wanted) => ({ recipient: { in: recipientKinds(wanted) } })),
      channel: is('channel', channel),
      state: is('state', z.enum(states)),
    },
    item: shape,
    async parts(ctx) {
      await mustSee(ctx, kind);
      const { records, actor, params } = ctx;
      const subjects = await storyOf(records.db, kind, params.id, actor);
      return [{ subject: { in: subjects }, ...readBy(actor, params.id) }];
    },
    after,
    count: (db, find) => db.notice.count(find),
    async read({ records, actor, now }, find) {
      const { db, settings } = records;
      const rows = await db.notice.findMany({ ...find, orderBy: [{ createdAt: 'asc' }, { key: 'asc' }] });
      const told = await messagesOf(db, rows, { actor, now, contact: settings.contact });
      return rows.map((row, i) => ({ key: keyOf(row), message: told[i] as Message }));
    },
    keyOf: ({ key }) => key,
    shown: ({ message }) => message,
  });
};

export const messageRoutes: readonly Route[] = shownKinds.map(messagesRoute);
