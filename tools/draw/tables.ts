import type { Length } from '../../domain/deadline';
import type { LengthName } from '../../domain/lengths';
import { type Duty, obligation, type ObligationKind } from '../../domain/obligations';
import { admits, type Pathway, type Transition } from '../../domain/transitions';
import { stepInWords } from '../../domain/words/words';
import { STAYS, type Stages } from '../../workflows/stages';
import type { Kind, Stage, Step, Wait } from './picture';

/** The lengths of a policy, by name. */
export type Lengths = Readonly<Record<LengthName, Length>>;

type Named = Transition<string> & { name: string };

/**
 * A kind of row for a picture: its pathway with the waits of its stages.
 *
 * @param kind the title of the band
 */
export function kindOf(kind: string, pathway: Pathway<string>, { table }: Stages, lengths: Lengths): Kind {
  const { open, closed, commands, events } = pathway;
  const waitsIn = (state: string): Wait[] =>
    Object.entries(table[state] ?? {}).map(([wait, then]) => waitOf(wait, then, pathway, lengths));
  const steps: Named[] = [
    ...Object.entries(commands).map(([name, step]) => ({ name, ...step })),
    ...Object.entries(events).map(([name, step]) => ({ name, by: [], ...step })),
  ];
  const openOf = ({ from }: Named) => open.filter((state) => from.includes(state));
  const isEverywhere = (step: Named) => open.length > 1 && openOf(step).length === open.length;
  /** Such a step is shown once, not at each of its stages. */
  const isInSeveral = (step: Named) =>
    !isEverywhere(step) && openOf(step).length >= Math.max(3, open.length / 2);
  const isOnItsOwn = (step: Named) => !isEverywhere(step) && !isInSeveral(step);
  const shown = ({ name, by, rank, to }: Named): Step => ({
    name: spaced(name),
    by: by.map((role) => (rank === 'head' ? `head ${spaced(role)}` : spaced(role))),
    to: placesOf(to, open),
  });
  const stages = open.map((state): Stage => ({
    state: spaced(state),
    waits: waitsIn(state),
    steps: steps.filter((step) => step.from.includes(state) && isOnItsOwn(step)).map(shown),
  }));
  return {
    kind,
    stages,
    anyStage: { waits: waitsIn('anyStage'), steps: steps.filter(isEverywhere).map(shown) },
    severalStages: steps
      .filter(isInSeveral)
      .map((step) => ({ ...shown(step), from: originsOf(openOf(step), open) })),
    ends: closed.map(spaced),
    afterwards: steps
      .map((step) => ({ step, ends: closed.filter((state) => admits(step, state)) }))
      .filter(({ ends }) => ends.length > 0)
      .map(({ step, ends }) => ({ ...shown(step), from: ends.map(spaced) })),
  };
}

/** @throws Error for a step that the pathway does not know: its place is unknown */
function waitOf(wait: string, then: string, { steps }: Pathway<string>, lengths: Lengths): Wait {
  const { duties } = obligation(wait as ObligationKind);
  const words = dutiesInWords(duties, lengths);
  const shown = { wait: spaced(wait), owner: ownerOf(duties[0]) };
  if (then === STAYS) return { ...shown, words: `${words}, with whom it stays` };
  const states = steps[then];
  if (!states) throw new Error(`the pathway does not say to where ${then} leads`);
  const leads = states.length === 0 ? '' : ` → ${states.map(spaced).join(', ')}`;
  return { ...shown, words, then: `${followsInWords(wait, then)}${leads}` };
}

function followsInWords(wait: string, then: string): string {
  const words = stepInWords('en', wait, then);
  return words === then ? spaced(then) : words;
}

/** The owners in their order, each with its time. */
function dutiesInWords(duties: readonly Duty[], lengths: Lengths): string {
  const rungs = duties.map((duty, n) => {
    const before = duties[n - 1];
    const isSame = before?.owner === duty.owner && before.rank === duty.rank;
    if (isSame) return duty.length ? lengthInWords(lengths[duty.length]) : '';
    const head = duty.rank === 'head' ? 'head ' : '';
    const who = before?.owner === duty.owner ? 'the head' : `${head}${ownerOf(duty)}`;
    return duty.length ? `${who}, ${lengthInWords(lengths[duty.length])}` : who;
  });
  return rungs.filter((rung) => rung !== '').join(', then ');
}

const machines: Readonly<Record<string, string>> = { register: 'a register', clock: 'the calendar' };
const ownerOf = ({ owner }: Duty): string => machines[owner] ?? spaced(owner);

const units: Readonly<Record<Length['unit'], string>> = {
  days: 'day',
  workingDays: 'working day',
  months: 'month',
};
const lengthInWords = ({ n, unit }: Length): string => `${n} ${units[unit]}${n === 1 ? '' : 's'}`;

/** The states to which a step leads. A step that may lead to every open state is shown as leading to "any of these". */
const placesOf = (to: readonly string[], open: readonly string[]): string[] =>
  open.length > 1 && open.every((state) => to.includes(state))
    ? ['any of these', ...to.filter((state) => !open.includes(state)).map(spaced)]
    : to.map(spaced);

/** The open states from which a step leads, in few words. */
function originsOf(from: readonly string[], open: readonly string[]): string[] {
  const others = open.filter((state) => !from.includes(state)).map(spaced);
  return others.length <= 2 ? [`any but ${others.join(' and ')}`] : from.map(spaced);
}

/** A name such as `awaiting_funds` or `askForContract` as words. */
const spaced = (name: string): string =>
  name.replaceAll('_', ' ').replaceAll(/[A-Z]/g, (capital) => ` ${capital.toLowerCase()}`);
