import type { Actor, Rank, Role } from './roles';

/** One command of a row: the states it is valid in, who may give it, and the states it may lead to. */
export interface Transition<State extends string> {
  from: readonly State[];
  by: readonly Role[];
  rank?: Rank;
  to: readonly State[];
  /**
   * Later states to which the command's absence leads. One that had been given in time takes back what followed from its
   * absence [pathway §5, received in time]. It is offered to nobody there.
   */
  takesBack?: readonly State[];
}

/** A row's commands by name, its consequences of passed deadlines and register answers, and which states are open. */
export interface Pathway<State extends string> {
  open: readonly State[];
  closed: readonly State[];
  commands: Readonly<Record<string, Transition<State>>>;
  /** What the service does by itself: a deadline that passed, a register's answer, a step elsewhere. */
  events: Readonly<Record<string, { from: readonly State[]; to: readonly State[] }>>;
}

/**
 * The commands a caller may give in a state: what `allowedActions` answers and what the transaction itself decides by.
 * An officer's command is also the head's; a command of the head is nobody else's.
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

/** Whether a command may be carried out in a state: it is valid there, or may take back what followed from its absence. */
export const admits = ({ from, takesBack = [] }: Transition<string>, state: string): boolean =>
  from.includes(state) || takesBack.includes(state);

/** Whether some command or event of the pathway leads from one state to the other (staying is always allowed). */
export function leadsTo<S extends string>(pathway: Pathway<S>, from: S, to: S): boolean {
  if (from === to) return true;
  const commands = Object.values(pathway.commands).filter((command) => admits(command, from));
  const events = Object.values(pathway.events).filter((event) => event.from.includes(from));
  return [...commands, ...events].some((step) => step.to.includes(to));
}
