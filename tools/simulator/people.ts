import type { Claims } from '../../api/http/auth';
import { type Role, roles } from '../../domain/roles';
import { officials } from '../sample/tables';
import { ScenarioError, type Who } from './scenario';

type Official = ReturnType<typeof officials>[number];

/** An acting person: the claims of the token, and the printed name. */
export interface Acting {
  claims: Claims;
  name: string;
}

/**
 * The acting person of a step's `as`: a role (its first sample official), an official's id, `employer:<stir>`, or a description. A
 * description means the first sample official that fits, else a guest.
 *
 * @throws ScenarioError if there is no such person
 */
export function acting(who: Who): Acting {
  if (typeof who === 'string') {
    const stir = /^employer:(.*)$/.exec(who)?.[1];
    if (stir !== undefined) return employer(stir);
    const official = officials().find(
      ({ id, role, rank }) => id === who || (role === who && rank === 'officer'),
    );
    if (!official)
      throw new ScenarioError(
        `there is nobody "${who}": say a role (${roles.join(', ')}), an official such as case_manager-2, or employer:<stir>`,
      );
    return known(official);
  }
  const official = officials().find(
    ({ id, name, role, rank, area }) =>
      role === who.role &&
      rank === (who.rank ?? 'officer') &&
      (who.area === undefined || who.area === area) &&
      (who.name === undefined || who.name === name || who.name === id),
  );
  if (official) return known(official);
  const sub = who.name ?? `${who.role}-guest`;
  return {
    claims: {
      sub,
      role: who.role,
      rank: who.rank ?? 'officer',
      ...(who.area !== undefined && { area: who.area }),
    },
    name: `${who.role} ${sub}`,
  };
}

const employer = (stir: string): Acting => ({
  claims: { sub: `employer-${stir}`, role: 'employer', employer: stir },
  name: `employer ${stir}`,
});

const known = ({ id, name, role, rank, area }: Official): Acting => ({
  claims: { sub: id, role: role as Role, rank, area },
  name: `${id} (${name})`,
});
