import { rowHandlers } from '../../activities';
import { previewer } from '../../activities/preview';
import { contractOf } from '../../contracts';
import type { Actor } from '../../domain/roles';
import { admits } from '../../domain/transitions';
import { Refusal } from '../../records/kernel/refusal';
import { pathwayOf, type ShownKind } from '../../records/kernel/rows';
import { viewOf } from '../../records/kernel/view';
import { handedOn, possibleWith } from '../../records/reads/actions';
import type { Bench } from './bench';
import type { Row } from './model';

/*
 * The actions that are offered, against the transaction: each command is tried and undone. An action is offered wrongly if every
 * right body of it is refused for a reason that was known before. It is forbidden wrongly if one of them is accepted.
 */

const { tryOut } = previewer(rowHandlers);
/** Only the refusals count here. */
const sees = () => Promise.resolve(new Set<string>());

type Bodies = (
  name: string,
  actor: Actor,
  row: Pick<Row, 'kind' | 'id'>,
) => Promise<readonly object[]> | readonly object[];

/**
 * The actions of a row that are offered or forbidden wrongly, in words.
 *
 * @param bodiesOf right bodies of a command
 * @param excused codes of refusals that depend on the body
 */
export async function offeredWrongly(
  { records }: Pick<Bench, 'records'>,
  row: Row,
  people: readonly Actor[],
  bodiesOf: Bodies,
  excused: readonly string[] = [],
): Promise<string[]> {
  const wrong: string[] = [];
  for (const actor of people) {
    const now = await records.clock.now();
    const possible = (await possibleWith(viewOf(records, actor, now), row.kind, [row.id])).get(row.id);
    const it = `${row.kind}/${row.id} is ${possible?.state}: ${actor.role} ${actor.rank}`;
    for (const action of commandsAmong(possible?.allowedActions ?? [])) {
      const refusals = await refusalsOf(records, row, action, actor, bodiesOf);
      const codes = refusals?.map(({ code }) => code) ?? [];
      if (refusals?.length === 0) wrong.push(`no body of ${row.kind}.${action} is right`);
      else if (refusals?.every(({ status, code }) => status !== 422 && !excused.includes(code)))
        wrong.push(`${it} is offered ${action}, refused as ${codes.join(', ')}`);
    }
    for (const { action, code } of possible?.notAllowed ?? [])
      if (
        commandsAmong([action]).length > 0 &&
        (await refusalsOf(records, row, action, actor, bodiesOf)) === undefined
      )
        wrong.push(`${it} is told ${code} of ${action}, and it is accepted`);
  }
  return wrong;
}

/** Of actions those that are commands. Another proposal of a budget line is none. */
const commandsAmong = (actions: readonly string[]) => actions.filter((action) => action !== 'amount');

/** The refusals of an action with each body; undefined once a body is accepted. */
async function refusalsOf(
  records: Bench['records'],
  row: Row,
  action: string,
  actor: Actor,
  bodiesOf: Bodies,
): Promise<Refusal[] | undefined> {
  const refusals: Refusal[] = [];
  for (const { kind, id, name } of await commandsOf(records, row, action))
    for (const given of await bodiesOf(name, actor, { kind, id })) {
      const body = contractOf(kind, name).body.safeParse(given).data;
      if (body === undefined) continue;
      const trial = { kind, id, name, body: body as object, actor, correlationId: 'test' };
      const refusal = await tryOut(records, trial, sees).then(() => undefined, refusalOf);
      if (!refusal) return undefined;
      refusals.push(refusal);
    }
  return refusals;
}

function refusalOf(error: unknown): Refusal {
  if (error instanceof Refusal) return error;
  throw error;
}

interface Command {
  kind: ShownKind;
  id: string;
  name: string;
}

/** The inspection's commands by the referral's routes that give them. */
const handedBack = new Map(Object.entries(handedOn).map(([command, action]) => [action, command]));

/** The commands that an action of a row may be: its own, its inspection's or its payment's. */
async function commandsOf({ db }: Bench['records'], { kind, id }: Row, name: string): Promise<Command[]> {
  if (kind === 'adaptation' && name === 'approval') return [{ kind: 'claim', id: `${id}-pay`, name }];
  if (kind !== 'referral') return [{ kind, id, name }];
  const { state, inspections } = await db.referral.findUniqueOrThrow({
    where: { id },
    include: { inspections: { orderBy: { id: 'desc' }, take: 1 } },
  });
  const command = pathwayOf(kind).commands[name];
  const later = handedBack.get(name);
  return [
    ...(command && admits(command, state) ? [{ kind, id, name }] : []),
    ...(later === undefined
      ? []
      : inspections.map((inspection) => ({ kind: 'inspection' as const, id: inspection.id, name: later }))),
  ];
}
