import { parseArgs } from 'node:util';
import { devIssuer } from '../api/http/dev-issuer';
import { type Role, roles } from '../domain/roles';
import { openDb } from '../prisma/db';
import type { Official } from '../prisma/generated/client';
import { configuredClock } from '../records/kernel/clock';

/**
 * Prints a development token for every role that somebody has. `--role <role>` prints only the token of that role. `--official <id>`
 * prints the token of one official.
 */
const { values } = parseArgs({
  options: {
    role: { type: 'string' },
    official: { type: 'string' },
    days: { type: 'string', default: '30' },
  },
});

const DAY_MS = 86_400_000;

interface Bearer {
  who: string;
  said: { sub: string; role: Role; rank?: 'officer' | 'head'; area?: string; employer?: string };
}

async function main(): Promise<void> {
  if (values.role !== undefined && !roles.includes(values.role as Role))
    throw new Error(`--role is one of: ${roles.join(', ')}`);
  const db = openDb(process.env['DATABASE_URL'] ?? '', 2);
  try {
    const from = await configuredClock(db).now();
    const until = new Date(from.getTime() + Number(values.days) * DAY_MS);
    const issuer = await devIssuer(process.env['TOKEN_ISSUER_KEY'] || '.data/issuer.json', {
      issuer: process.env['TOKEN_ISSUER'] || 'yollanma-development',
      audience: process.env['TOKEN_AUDIENCE'] || 'yollanma',
    });
    const one = values.official ?? values.role;
    const bearers = (await bearersOf(db)).filter(
      ({ said }) => one === undefined || said.sub === one || said.role === one,
    );
    for (const { who, said } of bearers) {
      const token = await issuer.issueToken(said, { from, until });
      console.log(one === undefined ? `${who}\n  ${token}` : token);
      if (one !== undefined) return;
    }
    if (one !== undefined) throw new Error(`no official or employer is recorded as ${one}`);
  } finally {
    await db.$disconnect();
  }
}

/** The first officer of each role, or its head if the role has no officer, and the first employer. Or only the named official. */
async function bearersOf(db: ReturnType<typeof openDb>): Promise<Bearer[]> {
  const officials = await db.official.findMany({
    where: { leftOn: null },
    orderBy: [{ rank: 'desc' }, { id: 'asc' }],
  });
  if (values.official !== undefined)
    return officials.filter(({ id }) => id === values.official).map(bearerOf);
  const employer = await db.employer.findFirst({ where: { state: 'active' }, orderBy: { id: 'asc' } });
  return roles.flatMap((role): Bearer[] => {
    if (role === 'employer')
      return employer
        ? [
            {
              who: `employer  ${employer.name}`,
              said: { sub: `employer-${employer.id}`, role, employer: employer.stir },
            },
          ]
        : [];
    const found = officials.find((official) => official.role === role);
    return found ? [bearerOf(found)] : [];
  });
}

const bearerOf = ({ id: sub, role, rank, area, name }: Official): Bearer => ({
  who: `${role}  ${name}, ${area || 'the republic'}`,
  said: { sub, role: role as Role, rank: rank === 'head' ? 'head' : 'officer', area },
});

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
