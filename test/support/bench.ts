import { caseHandlers } from '../../activities/case';
import { employmentHandlers } from '../../activities/employment';
import { inspectionHandlers } from '../../activities/inspection';
import { referralHandlers } from '../../activities/referral';
import { issueReferral } from '../../activities/steps/issue-referral';
import { createRowActivities } from '../../activities/row-activities';
import type { AnyRowHandlers } from '../../activities/row-handlers';
import { settleNotice } from '../../activities/delivery';
import { testSettings } from './settings';
import type { Clock } from '../../domain/clock';
import type { Actor } from '../../domain/roles';
import type { Db } from '../../prisma/db';
import { later } from '../../registers/sandbox/duration';
import type { Sandbox } from '../../registers/sandbox/server';
import { Prisma } from '../../prisma/generated/client';
import { nextNumber } from '../../records/kernel/numbers';
import { move } from '../../records/kernel/rows';
import { closeTasks, openTask } from '../../records/kernel/tasks';
import { change } from '../../records/kernel/change';
import type { Records, Transaction } from '../../records/kernel/transaction';
import { warmDatabase } from './database';
import { commandsRecorded } from './recorded-command';
import { startSandbox } from './sandbox';
import { walked } from './walked';

const TASHKENT_AHEAD_MS = 5 * 3_600_000;

/** From the case to the job kept. */
export const pathwayHandlers = [caseHandlers, referralHandlers, inspectionHandlers, employmentHandlers];

/**
 * The record, the registers and the row handlers without Temporal. The acts of the workflows are done at once and in order, on a
 * clock that moves from one due instant to the next. The bench tests the rows' rules; other tests run the loop on real servers.
 */
export async function startBench(files: readonly AnyRowHandlers[], from = '2023-03-01T09:00:00+05:00') {
  const { db, close: giveBack } = await warmDatabase();
  const sandbox = await startSandbox({ from });
  const { clock } = sandbox;
  const defects: unknown[] = [];
  const onDefect = (_subject: string, error: unknown): void => void defects.push(error);
  const records: Records = { db, clock, settings: testSettings, onDefect };
  const activities = walked(db, createRowActivities(records, files, sandbox.registers));

  /** The rows whose handlers are under test. The other rows do nothing. */
  const kinds = files.map(({ kind }) => `${kind}/%`);

  interface ToDo {
    due: string[];
    woken: string[];
    unsent: boolean;
  }

  async function toDo(): Promise<ToDo> {
    const [all] = await db.$queryRaw<[ToDo]>`
      SELECT ARRAY(SELECT DISTINCT subject FROM tasks
                   WHERE closed_at IS NULL AND next_at <= ${await clock.now()} AND subject LIKE ANY(${kinds})
                     AND (aside_until IS NULL OR aside_until <= ${await clock.now()})) AS due,
             ARRAY(SELECT target FROM outbox) AS woken,
             EXISTS (SELECT FROM notices WHERE state = 'queued') AS unsent`;
    return all;
  }

  async function settle(): Promise<void> {
    await comeToRest();
    // Only a test about defects continues after a defect.
    if (!expectsDefects && defects.length > 0) throw defects[0];
  }

  let expectsDefects = false;

  async function comeToRest(): Promise<void> {
    for (let round = 0; round < 50; round++) {
      const { due, woken, unsent } = await toDo();
      if (woken.length > 0) await db.outbox.deleteMany();
      const mine = [...new Set([...due, ...woken])].filter((subject) =>
        files.some((file) => subject.startsWith(`${file.kind}/`)),
      );
      if (unsent) await sendNotices();
      if (mine.length === 0 && !unsent) return;
      for (const subject of mine) await look(subject);
    }
    throw new Error('the rows do not come to rest');
  }

  async function look(subject: string): Promise<void> {
    const { asks } = await activities.advance(subject);
    for (const task of asks) await activities.ask(subject, task);
  }

  async function sendNotices(): Promise<void> {
    const queued = await db.notice.findMany({ where: { state: 'queued' } });
    for (const notice of queued) {
      const state = undelivered.has(notice.recipientId) ? 'failed' : 'delivered';
      await write(notice.subject, (transaction) => settleNotice(transaction, notice, state));
    }
  }

  const write = <T>(
    subject: string,
    work: (transaction: Transaction) => Promise<T>,
    actor: Actor = administrator,
  ): Promise<T> => change(records, { actor, subject, correlationId: 'test' }, work);

  const undelivered = new Set<string>();

  const recordCommand = commandsRecorded(db, clock);

  async function answerOf(commandId: string): Promise<{ status: number; body: Record<string, unknown> }> {
    const { status, answer } = await db.command.findUniqueOrThrow({ where: { id: commandId } });
    return { status: status ?? 0, body: answer as Record<string, unknown> };
  }

  return {
    db,
    records,
    clock,
    sandbox,
    activities,
    undelivered,
    defects,
    expectDefects: () => (expectsDefects = true),
    write,
    settle,

    /** Lets time pass, and stops at every deadline and reminder on the way. */
    async pass(duration: string): Promise<void> {
      const end = later(await clock.now(), duration);
      for (;;) {
        await settle();
        const [{ rung }] = await db.$queryRaw<[{ rung: Date | null }]>`
          SELECT min(greatest(next_at, aside_until)) AS rung FROM tasks
          WHERE closed_at IS NULL AND next_at IS NOT NULL AND subject LIKE ANY(${kinds})`;
        if (!rung || rung >= end) break;
        clock.set(rung);
      }
      clock.set(end);
      await settle();
    },

    record: recordCommand,
    answerOf,

    /** Gives a command as the API would. Returns its status and body. */
    async give(
      subject: string,
      name: string,
      body: object,
      actor: Actor,
    ): Promise<{ status: number; body: Record<string, unknown> }> {
      const id = await recordCommand(subject, name, body, actor);
      await activities.carryOut(id);
      await settle();
      return answerOf(id);
    },

    /** Tries a command again that a defect had stopped, as the administrator's route does. Returns its outcome. */
    async retry(id: string): Promise<{ status: number; body: Record<string, unknown> }> {
      const again = { state: 'pending', status: null, answer: Prisma.DbNull, doneAt: null };
      const { subject } = await db.command.update({
        where: { id },
        data: { ...again, retriedAt: await clock.now() },
      });
      await activities.advance(subject);
      await settle();
      return answerOf(id);
    },

    /** The open waits of a row: kind, owner and due day, oldest first. */
    async waits(
      subject: string,
    ): Promise<{ kind: string; role: string; rank: string | null; due: string | null }[]> {
      const tasks = await db.task.findMany({ where: { subject, closedAt: null }, orderBy: { id: 'asc' } });
      return tasks.map(({ kind, role, rank, due }) => ({
        kind,
        role,
        rank,
        due: due ? new Date(due.getTime() + TASHKENT_AHEAD_MS).toISOString().slice(0, 16) : null,
      }));
    },

    async events(subject: string): Promise<string[]> {
      const events = await db.event.findMany({ where: { subject }, orderBy: { id: 'asc' } });
      return events.map((event) => event.type);
    },

    async close(): Promise<void> {
      await sandbox.close();
      await giveBack();
    },
  };
}

export type Bench = Awaited<ReturnType<typeof startBench>>;

export const MAHALLA = '1726262001';
export const DISTRICT = '1726262';

const actor = (
  role: Actor['role'],
  area: string,
  rank: Actor['rank'] = 'officer',
  id = `${role}-1`,
): Actor => ({ id, role, rank, area });

export const administrator = actor('administrator', '');
export const caseManager = actor('case_manager', MAHALLA);
export const supervisor = actor('supervisor', DISTRICT);
export const employmentOfficer = actor('employment_officer', DISTRICT);
export const employmentHead = actor('employment_officer', DISTRICT, 'head', 'employment_officer-head');
export const inspector = actor('labour_inspector', '1726');
export const chiefInspector = actor('labour_inspector', '1726', 'head', 'labour_inspector-head');
export const employerActor = (employerId: string): Actor => ({
  id: `employer-${employerId}`,
  role: 'employer',
  rank: 'officer',
  area: '',
  employerId,
});

export const PINFL = '31210632040244';
export const STIR = '301234567';

/** Enters officials in the record, unless it has them. */
export async function knowOfficials(db: Db, officials: readonly Actor[]): Promise<void> {
  await db.official.createMany({
    data: officials.map(({ id, role, rank, area }) => ({
      id,
      name: id,
      role,
      rank,
      area,
      phone: null,
      email: `${id}@example.uz`,
    })),
    skipDuplicates: true,
  });
}

/** TIEK's answer about a person who may work. */
export const recommendation = {
  group: 2 as const,
  validUntil: '2030-01-01',
  suitableKinds: ['sewing'],
  unsuitableKinds: ['loading'],
  conditions: [],
  words: 'light work',
};

/** One of each official in one district, a person, an employer and a vacancy of each kind with `places`. */
export async function seed(
  bench: Pick<Bench, 'db'> & { clock: Clock; sandbox: Pick<Sandbox, 'script'> },
  { places = 1 } = {},
) {
  const { db } = bench;
  const officials = [caseManager, supervisor, employmentOfficer, inspector, chiefInspector, administrator];
  await knowOfficials(db, officials);
  const now = await bench.clock.now();
  const personId = await nextNumber(db, 'person');
  await db.person.create({
    data: {
      id: personId,
      pinfl: PINFL,
      name: 'Dilshod Karimov',
      birth: '1963-10-12',
      sex: 'male',
      mahalla: MAHALLA,
      phone: '+998901234567',
      skills: ['sewing'],
      recommendation,
      recommendedUntil: recommendation.validUntil,
      createdAt: now,
    },
  });
  const employerId = await nextNumber(db, 'employer');
  await db.employer.create({
    data: {
      id: employerId,
      stir: STIR,
      name: 'Nur Tikuv MChJ',
      district: DISTRICT,
      phone: '+998711234567',
      email: 'hr@nurtikuv.uz',
    },
  });
  const vacancy = async (kind: string) => {
    const id = await nextNumber(db, 'vacancy');
    await db.vacancy.create({
      data: {
        id,
        employerId,
        kind,
        work: 'sewing',
        title: 'Tailor',
        places,
        conditions: [],
        skills: [],
        hoursPerWeek: 40,
        wage: 2_000_000n,
        district: DISTRICT,
      },
    });
    return id;
  };
  await bench.sandbox.script({ tiek: { knows: { pinfl: PINFL, ...recommendation } } });
  return { personId, employerId, vacant: await vacancy('vacant'), reserved: await vacancy('reserved') };
}

/** A case in planning, with a plan for a job, ready to be referred. */
export async function plannedCase(
  bench: Pick<Bench, 'db' | 'write'> & { clock: Clock },
  personId: string,
): Promise<string> {
  const now = await bench.clock.now();
  const id = await nextNumber(bench.db, 'case');
  await bench.write(`case/${id}`, async (transaction) => {
    await transaction.tx.case.create({
      data: {
        id,
        personId,
        area: MAHALLA,
        managerId: caseManager.id,
        state: 'planning',
        since: now,
        openedAt: now,
        consent: { by: 'person' },
        eligibility: 'yes',
        assessment: { capabilities: 'sews' },
        plannedAt: now,
        correlationId: 'test',
        measures: { create: [{ n: 1, kind: 'job' }] },
      },
    });
    await openTask(transaction, {
      kind: 'first_referral',
      area: MAHALLA,
      assigneeId: caseManager.id,
      caseId: id,
      personId,
    });
  });
  return id;
}

/** A referral of the case to the vacancy, issued now. */
export async function refer(bench: Bench, caseId: string, vacancyId: string): Promise<string> {
  const id = await bench.write(
    `case/${caseId}`,
    async (transaction) => {
      const row = await transaction.tx.case.findUniqueOrThrow({ where: { id: caseId } });
      const vacancy = await transaction.tx.vacancy.findUniqueOrThrow({
        where: { id: vacancyId },
        include: { employer: true },
      });
      const referral = await issueReferral(transaction, row, { vacancy, measure: 1 });
      await closeTasks(transaction, { kinds: ['first_referral', 'next_step'] }, 'referred');
      await move(transaction, 'case', row, 'referred');
      return referral;
    },
    caseManager,
  );
  await bench.settle();
  return id;
}
