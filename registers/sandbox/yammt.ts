import { z } from 'zod';
import { dayOf, type Day } from '../../domain/day';
import { contractNumber, pinfl, stir } from '../fields';
import { Impossible } from './impossible';
import type { FilledAction, YammtAction } from './script';
import type { Side } from './side';
import { saidFor, saidNow } from './untruth';
import type { Contract, World } from './world';

type Parties = Pick<Contract, 'pinfl' | 'stir'>;
type Asked = Parties & { contract?: string | undefined };

/** YAMMT's part of the sandbox: contracts in the order of their registration. */
export const createYammtSide = (world: World) => {
  const contractsOf = (person: string): Contract[] => world.contracts.get(person) ?? [];

  const between = (parties: Parties): Contract[] =>
    contractsOf(parties.pinfl).filter((contract) => contract.stir === parties.stir);

  /** The contracts with the number; if none has it, all contracts of the two parties. */
  const askedAbout = ({ contract: number, ...parties }: Asked): Contract[] => {
    const all = between(parties);
    const named = all.filter(({ contract }) => contract === number);
    return named.length > 0 ? named : all;
  };

  const ofEmployer = (employer: string): Contract[] =>
    [...world.contracts.values()].flat().filter((contract) => contract.stir === employer);

  const nextNumber = (): string => `K-${String(++world.numbered).padStart(6, '0')}`;

  const register = (contract: Contract): Contract => {
    world.contracts.set(contract.pinfl, [...contractsOf(contract.pinfl), contract]);
    return contract;
  };

  const truthAbout = (asked: Asked, today: Day) => {
    const contracts = askedAbout(asked);
    const last = contracts.findLast((contract) => isInForce(contract, today)) ?? contracts.at(-1);
    const { pinfl: person, stir: employer } = asked;
    return last === undefined ? { pinfl: person, stir: employer, state: 'none' } : described(last, today);
  };

  const untruthAbout = ({ contract: number, ...parties }: Asked, now: Date) => {
    const untruth = saidNow(
      world.untruths,
      now,
      (said) => said.pinfl === parties.pinfl && said.stir === parties.stir,
    );
    if (untruth === undefined) return undefined;
    if (untruth.first === 'none') return { ...parties, state: 'none' };
    const made = { ...parties, contract: 'K-000000', since: untruth.on };
    const { contract, since } = askedAbout({ ...parties, contract: number }).at(-1) ?? made;
    const running = { ...parties, contract, since };
    if (untruth.first === 'in_force') return described(running, dayOf(now));
    const until = latest(untruth.on, since);
    return described({ ...running, until, endReason: untruth.reason }, until);
  };

  return {
    questions: {
      '/employments/query': (body: unknown, now: Date) => {
        const person = z.object({ pinfl }).parse(body).pinfl;
        const today = dayOf(now);
        const present = contractsOf(person).filter(
          (contract) => contract.since <= today && isInForce(contract, today),
        );
        return {
          pinfl: person,
          employments: present.map(({ stir: employer, contract, position, since, until }) => ({
            stir: employer,
            contract,
            position,
            since,
            until,
          })),
        };
      },
      '/contracts/query': (body: unknown, now: Date) => {
        const asked = z.object({ pinfl, stir, contract: contractNumber.optional() }).parse(body);
        return untruthAbout(asked, now) ?? truthAbout(asked, dayOf(now));
      },
    },

    /** @throws Impossible if there is no such contract */
    act(action: YammtAction, now: Date) {
      const today = dayOf(now);
      if (action.hires) {
        const { push, on = today, contract = nextNumber(), ...said } = action.hires;
        const fixedTerm = said.until === undefined ? {} : { endReason: 'contract_expired' as const };
        const hired = register({ ...said, ...fixedTerm, contract, since: on });
        const { pinfl: person, stir: employer, since } = hired;
        return [
          { told: { type: 'contract_registered', pinfl: person, stir: employer, contract, since }, push },
        ];
      }
      if (action.ends) {
        const { push, on = today, reason, ...parties } = action.ends;
        const contract = between(parties).findLast(
          (running) => running.until === undefined || running.until > on,
        );
        if (contract === undefined) throw new Impossible('no contract of theirs is in force on that day');
        if (on < contract.since) throw new Impossible(`the contract began later, on ${contract.since}`);
        Object.assign(contract, { until: on, endReason: reason });
        return [
          { told: { type: 'contract_ended', ...parties, contract: contract.contract, on, reason }, push },
        ];
      }
      if (action.takes_back) {
        const { push, ...parties } = action.takes_back;
        const contract = between(parties).findLast((ended) => ended.until !== undefined);
        if (contract === undefined) throw new Impossible('no contract of theirs has ended');
        delete contract.until;
        delete contract.endReason;
        delete contract.successorStir;
        const { contract: number, since } = contract;
        return [{ told: { type: 'end_taken_back', ...parties, contract: number, since }, push }];
      }
      if (action.contradicts) {
        const { on = today, times, for: length, ...untruth } = action.contradicts;
        world.untruths.push({ ...untruth, on, ...saidFor({ times, for: length }, now) });
        return [];
      }
      if (action.liquidates) {
        const { push, on = today, stir: employer } = action.liquidates;
        for (const contract of ofEmployer(employer).filter((running) => isInForce(running, on)))
          Object.assign(contract, { until: latest(on, contract.since), endReason: 'liquidated' });
        return [{ told: { type: 'employer_liquidated', stir: employer, on }, push }];
      }
      if (action.reorganises) {
        const { push, on = today, stir: employer, successorStir } = action.reorganises;
        for (const contract of ofEmployer(employer).filter((running) => isInForce(running, on))) {
          const since = latest(on, contract.since);
          register({ ...contract, stir: successorStir, contract: nextNumber(), since });
          Object.assign(contract, { until: since, endReason: 'other', successorStir });
        }
        return [{ told: { type: 'employer_reorganised', stir: employer, successorStir, on }, push }];
      }
      return [];
    },

    load(contracts: NonNullable<FilledAction['load']>['contracts']): void {
      for (const { reason, contract: number, ...said } of contracts) {
        const known = between(said).find(({ contract, since }) =>
          number === undefined ? since === said.since : contract === number,
        );
        const ending = said.until === undefined ? {} : { endReason: reason ?? ('contract_expired' as const) };
        if (known === undefined) register({ ...said, ...ending, contract: number ?? nextNumber() });
      }
    },
  } satisfies Side<YammtAction> & Record<string, unknown>;
};

const isInForce = ({ until }: Contract, today: Day): boolean => until === undefined || until > today;

const latest = (a: Day, b: Day): Day => (a < b ? b : a);

const described = (contract: Contract, today: Day) => {
  const {
    pinfl: person,
    stir: employer,
    contract: number,
    since,
    until,
    endReason,
    successorStir,
  } = contract;
  const parties = { pinfl: person, stir: employer };
  return isInForce(contract, today)
    ? { ...parties, state: 'in_force', terms: { contract: number, since, until } }
    : { ...parties, state: 'ended', terms: { contract: number, since, until, endReason, successorStir } };
};
