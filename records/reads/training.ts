import type { Actor } from '../../domain/roles';
import type { Json, Tx } from '../../prisma/db';
import { contactOf } from './examined';
import { inside, without } from './shown';

/** The person's answers, in which their words to the case manager are. */
type Words = { words?: string; heard?: { words?: string } } | null;

/** The person's words and the documents about a month, which the case manager entered. */
interface PapersOfMonth {
  evidence?: { on: string };
  heard?: { on: string };
}

/**
 * A training with its course. The centre sees the person as an employer does: name, contact, skills and needed conditions, while
 * something is open; never group, diagnosis or the case, and not the person's words to the case manager [measures §2].
 */
export async function readTraining(tx: Tx, id: string, actor: Actor) {
  const { course, ...row } = await tx.training.findUniqueOrThrow({
    where: { id },
    omit: { ...inside, passedAt: true, listedOn: true },
    include: {
      course: {
        select: { id: true, title: true, field: true, firstDay: true, lastDay: true, rolling: true },
      },
    },
  });
  const whole = { ...row, course };
  if (actor.role !== 'training_officer') return whole;
  const claim = row.claim as Words;
  const theirs = {
    ...without(whole, 'caseId', 'caseArea', 'measure', 'wish', 'exception', 'goingOn'),
    months: (row.months as object as PapersOfMonth[]).map(({ evidence, heard, ...month }) => ({
      ...month,
      ...(evidence && { evidence: { on: evidence.on } }),
      ...(heard && { heard: { on: heard.on } }),
    })),
    absence: wordless(row.absence as Words),
    absences: (row.absences as object as { words: string }[]).map((one) => without(one, 'words')),
    lookBacks: (row.lookBacks as object as { document?: object }[]).map((one) => without(one, 'document')),
    answer: wordless(row.answer as Words),
    claim: claim?.heard ? { ...claim, heard: without(claim.heard, 'words') } : claim,
    ending:
      (row.ending as { by?: string } | null)?.by === 'person' ? wordless(row.ending as Words) : row.ending,
  };
  return row.open ? { ...theirs, person: await contactOf(tx, row, actor) } : theirs;
}

const wordless = (said: Words): Json | null => (said === null ? null : without(said, 'words'));
