import { parseArgs } from 'node:util';
import { devIssuer } from '../api/dev-issuer';
import { type Role, roles } from '../domain/roles';
import { openDb } from '../prisma/db';
import { configuredClock } from '../records/clock';

/** Prints a development token for every role that has somebody, or with `--role <role>` that one alone. */
const { values } = parseArgs({
  options: { role: { type: 'string' }, days: { type: 'string', default: '30' } },
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
    const bearers = (await bearersOf(db)).filter(
      ({ said }) => values.role === undefined || said.role === values.role,
    );
    for (const { who, said } of bearers) {
      const token = await issuer.issueToken(said, { from, until });
      console.log(values.role === undefined ? `${who}\n  ${token}` : token);
      if (values.role !== undefined) return;
    }
    if (values.role !== undefined) throw new Error(`nobody has the role ${values.role}`);
  } finally {
    await db.$disconnect();
  }
}

/** The first officer of each role (the head of those that have no officer), and the first employer. */
async function bearersOf(db: ReturnType<typeof openDb>): Promise<Bearer[]> {
  const officials = await db.official.findMany({
    where: { leftOn: null },
    orderBy: [{ rank: 'desc' }, { id: 'asc' }],
  });
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
    if (!found) return [];
    const { id: sub, rank, area, name } = found;
    const said = { sub, role, rank: rank === 'head' ? ('head' as const) : ('officer' as const), area };
    return [{ who: `${role}  ${name}, ${area || 'the republic'}`, said }];
  });
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
