import { obligation, type ObligationKind, obligations } from '../../domain/obligations';
import { pathwayOf } from '../../domain/pathways';
import { stepAfter } from '../../workflows/stages';
import { stagesOf } from './kinds';
import { rowOf, statesOf } from './rows';
import type { Transaction } from './transaction';

/**
 * Checks the transaction against the stages before the commit. The row's stage must name each wait that the transaction opened,
 * and each wait that it left open in a row whose state it changed. A wait that no stage named before is left alone: its row puts
 * it aside, and commands go on. Left alone, too, are a wait that outlasts its row, and the administrator's task for a defect.
 *
 * @throws Error that names the row, its stage and the wait: a defect of ours
 */
export async function waitsAreNamed({ tx, opened, moved, seen }: Transaction): Promise<void> {
  const subjects = new Set([...moved.keys(), ...[...opened].map((one) => one.split(' ')[0] ?? '')]);
  const rows = [...subjects].filter(rowOf);
  if (rows.length === 0) return;
  const unseen = rows.filter((subject) => !seen.has(subject));
  const open =
    unseen.length === 0
      ? []
      : await tx.$queryRaw<{ subject: string; kind: string }[]>`
          SELECT subject, kind FROM tasks WHERE subject = ANY(${unseen}) AND closed_at IS NULL AND kind <> 'defect'`;
  for (const subject of rows) for (const kind of seen.get(subject)?.waits ?? []) open.push({ subject, kind });
  for (const { subject, kind } of open) {
    const isNew = opened.has(`${subject} ${kind}`);
    const move = moved.get(subject);
    if (!isNew && !(move && isNamed(subject, move.from, kind))) continue;
    const state = move?.to ?? seen.get(subject)?.state ?? (await stateOf(tx, subject));
    if (state !== undefined && !isNamed(subject, state, kind) && !outlasts(subject, state, kind))
      throw new Error(`no stage of ${subject} names the wait ${kind} in ${state}`);
  }
}

const isNamed = (subject: string, state: string, wait: string): boolean => {
  const row = rowOf(subject);
  return row !== undefined && stepAfter(stagesOf(row.kind), state, wait) !== undefined;
};

const outlasts = (subject: string, state: string, wait: string): boolean => {
  const row = rowOf(subject);
  return (
    row !== undefined &&
    pathwayOf(row.kind).closed.includes(state) &&
    wait in obligations &&
    obligation(wait as ObligationKind).outlasts === true
  );
};

async function stateOf(tx: Transaction['tx'], subject: string): Promise<string | undefined> {
  const row = rowOf(subject);
  const [found] = row ? await statesOf(tx, row.kind, [row.id]) : [];
  return found?.state;
}
