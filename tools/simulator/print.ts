import { sumInWords } from '../../domain/words/values';
import type { Difference } from './difference';
import { shown } from './moment';
import type { Done, Happened, Listener, Summary } from './run';

type Write = (line: string) => void;

/** Prints a scenario for people: each step with the virtual time, and the events since the step before. */
export function inText(write: Write): Listener {
  const begun = performance.now();
  return {
    begins({ name, about }) {
      write(name);
      if (about) write(`  ${about.trim()}`);
      write('');
    },
    did(done) {
      if (done.step.note) write(`                   ${done.step.note}`);
      write(`${shown(done.at)} ${String(done.n).padStart(3)}. ${told(done)}`);
      for (const { at, words, actorRole, subject } of done.happened)
        write(`                      ${shown(at)}  ${subject}: ${words} [${actorRole}]`);
      if (done.wrong.length > 0) {
        write(`\nNot as expected in step ${done.n} (line ${done.step.line}):`);
        for (const line of inLines(done.wrong)) write(`  ${line}`);
        if (done.status !== null)
          write(`The answer was ${done.status}: ${JSON.stringify(done.body, null, 2)}`);
      }
    },
    ends(summary) {
      const seconds = ((performance.now() - begun) / 1000).toFixed(1);
      write(`\n${inBrief(summary)} It took ${seconds} s.`);
    },
  };
}

/** Prints a line of JSON per step, and a last line with all rows at the end. Each names the scenario's file. */
export function inJson(write: Write, scenario: string): Listener {
  return {
    begins() {},
    did({ n, at, who, request, status, body, happened, wrong }) {
      const differs = wrong.length > 0 && { expected: wrong };
      write(
        JSON.stringify({
          scenario,
          step: n,
          at,
          as: who,
          request,
          status,
          body,
          fired: happened,
          ...differs,
        }),
      );
    },
    ends({ cases, events, tasks, money }) {
      write(JSON.stringify({ scenario, cases, events, tasks, ...money }));
    },
  };
}

const told = ({ who, request, status, body }: Done): string => {
  if (status === null) return request;
  const { state, code } = (body ?? {}) as { state?: unknown; code?: unknown };
  const outcome = [state, code].filter((word) => typeof word === 'string').join(' ');
  return `${who}: ${request} → ${status}${outcome ? ` ${outcome}` : ''}`;
};

/** Each difference as a line: the place, the expected value, the value in the answer. */
export const inLines = (wrong: readonly Difference[]): string[] =>
  wrong.map(
    ({ at, expected, got }) =>
      `${at}: expected ${JSON.stringify(expected)}, got ${got === undefined ? 'nothing' : JSON.stringify(got)}`,
  );

function inBrief({ at, cases, events, tasks, money }: Summary): string {
  const states = cases.map(({ id, state, outcome }) => `${id} ${state}${outcome ? ` (${outcome})` : ''}`);
  const open = tasks.filter((task) => (task as { closedAt: Date | null }).closedAt === null).length;
  const bySelf = events.filter(isBySelf).length;
  return (
    `It is ${shown(at)}. Cases: ${states.join(', ') || 'none'}. ` +
    `${events.length} events, ${bySelf} of them by themselves. Tasks: ${open} open, ${tasks.length - open} closed.${moneyInBrief(money)}`
  );
}

function moneyInBrief({ claims, ledger }: Summary['money']): string {
  if (claims.length === 0) return '';
  const states = claims.map(({ id, state, amount, setOff }) => {
    const sent = amount ? ` ${sumInWords(amount - setOff)}` : '';
    return `${id} ${state}${sent}${setOff ? ` (and ${sumInWords(setOff)} set off)` : ''}`;
  });
  const lines = ledger.map(({ line, accounts }) => {
    const sums = Object.entries(accounts).map(([account, amount]) => `${account} ${sumInWords(amount)}`);
    return `${line}: ${sums.join(', ')}`;
  });
  return `\nClaims: ${states.join(', ')}.\n${lines.join('\n')}`;
}

/** Whether a deadline or a register caused the event, not a person. */
export const isBySelf = ({ actorRole }: Happened): boolean => actorRole === 'system';
