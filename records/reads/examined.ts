import { type InWords, recommendationOf } from '../../domain/eligibility';
import type { Actor } from '../../domain/roles';
import { unopened } from '../../domain/pathways/inspection';
import type { Vocabulary } from '../../domain/vocabulary';
import type { Tx } from '../../prisma/db';
import type { Inspection } from '../../prisma/generated/client';
import { vocabularyWith } from '../kernel/vocabulary';
import { languageOf } from './reader';

/** The most earlier inspections of an employer that an answer shows. */
const MOST_EARLIER = 20;

/**
 * Of a person the name's companions that employer and inspector see: contact, skills and needed conditions. Never group or
 * diagnosis [pathway §5, §6].
 */
export async function contactOf(
  tx: Tx,
  { personId, caseId }: Pick<Inspection, 'personId' | 'caseId'>,
  actor: Pick<Actor, 'language'>,
) {
  const person = await tx.person.findUniqueOrThrow({
    where: { id: personId },
    select: { phone: true, email: true, skills: true, recommendation: true },
  });
  const certified =
    caseId === null
      ? null
      : await tx.case.findUniqueOrThrow({
          where: { id: caseId },
          select: { eligibility: true, evidence: true },
        });
  const condition = conditionsOf(person, certified);
  const vocabulary = await vocabularyWith(tx, { skill: person.skills, condition });
  return contactIn(person, certified, vocabulary, actor);
}

interface Reachable {
  phone: string | null;
  email: string | null;
  skills: string[];
  recommendation: unknown;
}

type Certified = { eligibility: string; evidence: unknown };

function conditionsOf({ recommendation }: Reachable, certified: Certified | null): string[] {
  const said = certified ? recommendationOf(certified, recommendation) : (recommendation as InWords | null);
  return [...(said?.conditions ?? [])];
}

/** The same of a person who was read, with the words of their skills and conditions. */
export function contactIn(
  person: Reachable,
  certified: Certified | null,
  vocabulary: Vocabulary,
  actor: Pick<Actor, 'language'>,
) {
  const { phone, email, skills } = person;
  const conditions = conditionsOf(person, certified);
  const language = languageOf(actor);
  return {
    phone,
    email,
    skills,
    skillNames: skills.map((code) => vocabulary.nameOf('skill', code, language)),
    conditions,
    conditionNames: conditions.map((code) => vocabulary.nameOf('condition', code, language)),
  };
}

/**
 * What an inspector sees of the inspected persons: the person, what the person said when heard, the employer's contact, and the
 * employer's earlier inspections [pathway §6].
 */
export async function examined(
  tx: Tx,
  row: Pick<Inspection, 'id' | 'personId' | 'caseId' | 'employerId' | 'referralId' | 'openedAt'>,
  actor: Actor,
) {
  const employer = await tx.employer.findUniqueOrThrow({
    where: { id: row.employerId },
    select: { phone: true, email: true, district: true },
  });
  const referral =
    row.referralId === null
      ? null
      : await tx.referral.findUnique({ where: { id: row.referralId }, select: { hearing: true } });
  return {
    person: await contactOf(tx, row, actor),
    employer,
    heard: referral?.hearing ?? null,
    earlier: seesOthers(actor) ? await earlierOf(tx, row) : undefined,
  };
}

/** The other inspections are about other persons, whose case managers are others. */
const seesOthers = ({ role }: Actor): boolean =>
  role === 'labour_inspector' || role === 'auditor' || role === 'administrator';

async function earlierOf(
  tx: Tx,
  { id, employerId, openedAt }: Pick<Inspection, 'id' | 'employerId' | 'openedAt'>,
) {
  const rows = await tx.inspection.findMany({
    where: { employerId, openedAt: { lt: openedAt }, id: { not: id }, state: { notIn: [...unopened] } },
    select: { id: true, ground: true, state: true, openedAt: true, resolvedAt: true, resolution: true },
    orderBy: { openedAt: 'desc' },
    take: MOST_EARLIER,
  });
  return rows.map(({ resolution, ...one }) => ({
    ...one,
    resolution: (resolution as { resolution?: string } | null)?.resolution ?? null,
  }));
}
