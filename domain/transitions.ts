import type { Actor, Rank, Role } from './roles';

/** One command of a row: the states it is valid in, who may give it, and the states it may lead to. */
export interface Transition<State extends string> {
  from: readonly State[];
  by: readonly Role[];
  rank?: Rank;
  to: readonly State[];
  /**
   * Later states to which the command or its absence leads. A command that was received in time takes back the consequences of
   * its absence, or of the one before it [pathway §5, received in time, a mistake]. The state alone does not offer the command
   * in these states.
   */
  takesBack?: readonly State[];
}

/** A row's commands by name, the service's own transitions, and the open states. */
export interface Pathway<State extends string> {
  open: readonly State[];
  closed: readonly State[];
  /** The closed states in which the row goes on while a last act is owed, such as a month's papers. Nothing else waits in them. */
  owing?: readonly State[];
  commands: Readonly<Record<string, Transition<State>>>;
  /**
   * The steps that follow a passed wait, and the states to which each may lead; none where the row stays in its state. The
   * stages of the row say from which states [workflows/].
   */
  steps: Readonly<Record<string, readonly State[]>>;
  /** The service's other transitions: after a register's answer, or a step of another row. */
  events: Readonly<Record<string, { from: readonly State[]; to: readonly State[] }>>;
}

/**
 * The commands that a caller may give in a state. `allowedActions` and the transaction both use it. The head may give an
 * officer's command. Only the head may give a command of the head.
 */
export function allowedActions<S extends string>(pathway: Pathway<S>, state: S, actor: Actor): string[] {
  return Object.entries(pathway.commands)
    .filter(([, t]) => t.from.includes(state) && mayGive(t, actor))
    .map(([name]) => name);
}

/** Whether the caller's role and rank may give the command at all, whatever the state. */
export function mayGive(transition: Transition<string>, actor: Actor): boolean {
  return (
    actor.role !== 'system' &&
    transition.by.includes(actor.role) &&
    (transition.rank !== 'head' || actor.rank === 'head')
  );
}

/** The roles that may give a command, as the catalogue names them: a command of the head is for `finance_officer_head`. */
export const giversOf = ({ by, rank }: Transition<string>): string[] =>
  by.map((role) => (rank === 'head' ? `${role}_head` : role));

/** Whether a command may be carried out in a state: it is valid there, or it may take back the consequences of its absence. */
export const admits = ({ from, takesBack = [] }: Transition<string>, state: string): boolean =>
  from.includes(state) || takesBack.includes(state);

/**
 * Whether a command, a step or an event of the pathway leads from one state to the other. Staying is always allowed.
 *
 * @param steps those that the stage of the first state names
 */
export function leadsTo<S extends string>(
  pathway: Pathway<S>,
  from: S,
  to: S,
  steps: readonly string[],
): boolean {
  if (from === to || steps.some((step) => pathway.steps[step]?.includes(to))) return true;
  const commands = Object.values(pathway.commands).filter((command) => admits(command, from));
  const events = Object.values(pathway.events).filter((event) => event.from.includes(from));
  return [...commands, ...events].some((step) => step.to.includes(to));
}
