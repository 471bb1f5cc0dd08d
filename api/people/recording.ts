import { z } from 'zod';
import { recommendation as recommendationShape } from '../../contracts/recommendation';
import { birthDayOf, sexOf } from '../../domain/pinfl';
import { levelOf } from '../../domain/soato';
import { doubleInWords } from '../../domain/words/words';
import { Prisma } from '../../prisma/generated/client';
import { pairsOf } from '../../records/joining';
import { changesOf, recordChange } from '../../records/kernel/changes';
import { record } from '../../records/kernel/events';
import { nextNumber } from '../../records/kernel/numbers';
import { notNow, wrongField } from '../../records/kernel/refusal';
import { readerOf } from '../../records/reads/reader';
import { checkRevision } from '../../records/kernel/revisions';
import type { Transaction } from '../../records/kernel/transaction';
import { checkArea } from '../http/areas';
import { asCommand } from '../http/commands';
import { day, email, language, line, lines, mahalla, phone, pinfl, som } from '../http/fields';
import { route } from '../http/route';
import { correctDeath, death } from './death';
import { checkOpenCase } from './open-case';
import { edited, lockPerson, params, phoneKeeper, read, tag } from './person';
import { personInCodes } from './person-words';

const keepers = ['case_manager', 'supervisor', 'administrator'] as const;

const KEPT = 'TIEK’s words. They are kept. Each is a code, a name or a synonym of the vocabularies.';

const recommendation = recommendationShape(KEPT).nullable();

const wishes = z.strictObject({
  kinds: z.exactOptional(lines).meta({
    description: 'Kinds of work: codes, names or synonyms; a major or sub-major group for all of it.',
  }),
  partTime: z.exactOptional(z.boolean()),
  minWage: z.exactOptional(som),
});

const guardian = z.strictObject({ name: line, ground: line, phone: z.exactOptional(phone) });

const fields = {
  name: line,
  mahalla,
  address: line.nullable(),
  phone: phone.nullable(),
  email: email.nullable(),
  language,
  guardian: guardian.nullable(),
  skills: lines.meta({ description: 'Codes, names or synonyms. See GET /vocabularies/skill/terms.' }),
  wishes: wishes.nullable(),
  recommendation,
};

const newPerson = z.strictObject({
  pinfl,
  birth: day.optional().meta({ description: 'If given, it must be the day in the PINFL.' }),
  name: fields.name,
  mahalla,
  address: fields.address.default(null),
  phone: fields.phone.default(null),
  email: fields.email.default(null),
  language: language.default(null),
  guardian: fields.guardian.default(null),
  skills: fields.skills.default([]),
  wishes: fields.wishes.default(null),
  recommendation: fields.recommendation.default(null),
});

const possibleDoubles = z.array(z.object({ id: z.string(), words: z.string() })).meta({
  description: 'Records with the same name, birth and mahalla, and another PINFL.',
});

export const create = route({
  method: 'post',
  path: '/people',
  tag,
  summary: 'Record a person',
  description:
    'A person known only from an employer’s application for a subsidy has no mahalla yet: this route records it. ' +
    '`possibleDoubles` names records that may be of the same person under another PINFL.',
  who: keepers,
  command: true,
  body: newPerson,
  answers: { 201: edited.extend({ possibleDoubles }) },
  handle: (ctx) =>
    asCommand(ctx, { name: 'person', body: ctx.body }, async (transaction) => {
      const { person, coder } = personInCodes(await transaction.vocabulary(), ctx.body);
      const { birth, recommendation: said, ...given } = person;
      await checkArea(transaction.tx, transaction.actor, 'mahalla', given.mahalla);
      coder.check();
      const known = checkBirth(given.pinfl, birth, transaction.today);
      const before = await transaction.tx.person.findUnique({ where: { pinfl: given.pinfl } });
      if (before && levelOf(before.mahalla) === 'mahalla')
        throw notNow(
          'already_recorded',
          'This person is recorded already. If the person moved here, open their case with the PINFL.',
        );
      const id = before?.id ?? (await nextNumber(transaction.tx, 'person'));
      transaction.subject = `person/${id}`;
      const data = { ...known, createdAt: transaction.now, ...asWritten(given), ...recommendedBy(said) };
      await transaction.tx.person.upsert({ where: { id }, create: { id, ...data }, update: data });
      await record(transaction, 'person_recorded', { personId: id });
      return {
        status: 201,
        body: { ...(await read(transaction, id)), possibleDoubles: await doublesOf(transaction, id) },
      };
    }),
});

/** The records that may be of the same person, by name, birth and mahalla. */
async function doublesOf({ tx, actor, now }: Transaction, id: string) {
  const pairs = await pairsOf(tx, { of: id, n: 20 });
  return pairs.map(({ a, b }) => {
    const other = a === id ? b : a;
    return { id: other, words: doubleInWords(readerOf(actor, now), other) };
  });
}

export const change = route({
  method: 'patch',
  path: '/people/{id}',
  tag,
  summary: 'Change a person’s record',
  who: keepers,
  command: true,
  edits: true,
  params,
  body: z.strictObject({ ...fields, death }).partial(),
  answers: { 200: edited },
  handle: (ctx) =>
    asCommand(
      ctx,
      { name: 'person', subject: `person/${ctx.params.id}`, body: ctx.body },
      async (transaction) => {
        const { person, coder } = personInCodes(await transaction.vocabulary(), ctx.body);
        const { recommendation: said, death: corrected, ...given } = person;
        const before = await lockPerson(transaction, ctx.params.id);
        await checkRevision(transaction);
        coder.check();
        if (corrected) await correctDeath(transaction, before, corrected);
        await checkOpenCase(transaction, ctx.params.id, before, ctx.body);
        if (given.mahalla !== undefined)
          await checkArea(transaction.tx, transaction.actor, 'mahalla', given.mahalla);
        const { data } = changesOf(before, {
          ...given,
          ...(said !== undefined && recommendationFields(said)),
        });
        const keepPhone = await phoneKeeper(transaction);
        const written = { ...asWritten(data), ...keepPhone(before, data) };
        await transaction.tx.person.update({ where: ctx.params, data: written });
        await recordChange(transaction, {
          kind: 'person',
          key: ctx.params.id,
          before,
          said: data,
          about: { personId: ctx.params.id },
        });
        return { status: 200, body: await read(transaction, ctx.params.id) };
      },
    ),
});

/** Birth and sex in a PINFL. @throws Refusal 422 when the day of birth is still to come, or differs from the given one */
function checkBirth(
  number: string,
  given: string | undefined,
  today: string,
): { birth: string; sex: string } {
  const birth = birthDayOf(number);
  if (birth > today)
    throw wrongField(
      'pinfl',
      'pinfl_birth_date',
      'The PINFL has a day of birth that is still to come. Check the number.',
    );
  if (given !== undefined && given !== birth)
    throw wrongField('birth', 'birth_differs', 'Give the day of birth in the PINFL, or leave it out.');
  return { birth, sex: sexOf(number) };
}

type Recommended = z.output<typeof recommendation>;

const recommendationFields = (said: Recommended) => {
  if (said === null) return { recommendation: null, recommendedUntil: null };
  const { validUntil, ...rest } = said;
  return { recommendation: rest, recommendedUntil: validUntil };
};

const recommendedBy = (said: Recommended) => asWritten(recommendationFields(said));

/** The database client has its own null for JSON columns. */
function asWritten<Data extends object>(data: Data) {
  const nulls = ['guardian', 'wishes', 'recommendation'].filter(
    (field) => (data as Record<string, unknown>)[field] === null,
  );
  return { ...data, ...Object.fromEntries(nulls.map((field) => [field, Prisma.DbNull])) } as {
    [Field in keyof Data]: Field extends 'guardian' | 'wishes' | 'recommendation'
      ? Exclude<Data[Field], null> | typeof Prisma.DbNull
      : Data[Field];
  };
}
