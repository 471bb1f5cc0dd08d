import type { Barring } from '../money/participations';
import type { Actor } from '../roles';
import type { WhyNot } from '../words/words';

/** One way to give a command. A command with two ways is possible while one of them is. */
export interface Way<Facts> {
  /** Whether a body is given in this way; every body where it is left out. */
  when?: (body: object) => boolean;
  /** The reason why it is refused now, though the row's state allows it. */
  whyNot: (this: void, facts: Facts, actor: Actor) => WhyNot | undefined;
}

/** The ways of each command that a row refuses for another reason than its state. Other commands have none. */
export type Preconditions<Command extends string, Facts> = {
  readonly [C in Command]?: readonly Way<Facts>[];
};

/** A command with one way. */
export const unless = <Facts>(whyNot: Way<Facts>['whyNot']): readonly Way<Facts>[] => [{ whyNot }];

/** Another person decides, because of the caller's own acts in the matter [money §7]. @param roles of the persons who decide */
export const tookPart = (acts: readonly Barring[], roles: string): WhyNot | undefined =>
  acts.length === 0 ? undefined : { code: 'took_part', params: { acts: acts.join(', '), roles } };

/** Bodies with a field, and bodies without it. */
export const gives =
  (field: string) =>
  (body: object): boolean =>
    field in body;
export const lacks =
  (field: string) =>
  (body: object): boolean =>
    !(field in body);

/**
 * Why a command is not possible for a caller now, though the row's state allows it; undefined where it is possible.
 *
 * @param body of a command that is given. Without one, the first reason is told while no way of the command is possible.
 */
export function whyNotBy<Facts>(
  ways: readonly Way<Facts>[],
  facts: Facts,
  actor: Actor,
  body?: object,
): WhyNot | undefined {
  const given = body === undefined ? ways : ways.filter(({ when }) => when?.(body) ?? true);
  const reasons = given.map(({ whyNot }) => whyNot(facts, actor));
  const isPossible = body === undefined && reasons.includes(undefined);
  return isPossible ? undefined : reasons.find((reason) => reason !== undefined);
}

/** Why a wait's time is not extended: it was before, or its first owner's time is over. Undefined where it can be. */
export type NotExtended = 'before' | 'over' | undefined;

/** @param what whose time it is, for the words */
export function notExtendedTime(why: NotExtended, what: 'time' | 'inspection'): WhyNot | undefined {
  if (why === undefined) return undefined;
  return { code: why === 'before' ? 'extended_before' : 'too_late', params: { what } };
}
