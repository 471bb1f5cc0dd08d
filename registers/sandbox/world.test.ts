import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { manualClock } from '../../test/support/sandbox';
import { createSandbox } from './server';
import { keptWorld } from './world';

const pinfl = '31210632040244';
const parties = { pinfl, stir: '300000018' };

let folder: string;
beforeEach(async () => void (folder = await mkdtemp(join(tmpdir(), 'sandbox-'))));
afterEach(async () => rm(folder, { recursive: true }));

const opened = async () => {
  const kept = await keptWorld(join(folder, 'registers', 'world.json'));
  return createSandbox({ clock: manualClock('2023-03-01T09:00:00+05:00'), webhook: undefined, ...kept });
};

test('a world kept in a file is the same after a restart', async () => {
  const before = await opened();
  await before.script({ yammt: { hires: { ...parties, until: '2023-12-31' } } });
  await before.script({ yammt: { contradicts: { ...parties, first: 'none', for: '1d' } } });
  await before.script({ tiek: { knows: { pinfl, group: 2, validUntil: '2024-01-01' } } });
  await before.script({ notifications: { undeliverable: { to: '+998901234567' } } });
  await before.script({ tax: { earns: { ...parties, from: '2023-01', accrued: 2, tax: 1 } } });
  await before.script({ tax: { contradicts: { ...parties, month: '2023-01', first: 'nothing' } } });
  const account = '20208000900000000018';
  const day = '2023-03-01';
  await before.script({ treasury: { holds: { account, mfo: '00014', stir: parties.stir } } });
  await before.script({ treasury: { treats: { account, times: 1, returns: { after: '2d', code: 'x' } } } });
  await before.script({ treasury: { contradicts: { key: 'k/1', first: { state: 'accepted' } } } });
  await before.script({ treasury: { receives: { reference: 'RC-000001', amount: 5, account } } });
  await before.script({ treasury: { invents: { day, kind: 'settled', key: 'k/2', amount: 1, account } } });
  await before.script({ treasury: { misstates: { day, key: 'k/1', amount: 1 } } });
  await before.script({ treasury: { omits: { day, key: 'k/1' } } });
  await before.script({ treasury: { balances: { day, closing: 0 } } });
  await before.script({ treasury: { not_ready: { day } } });
  await before.script({ tiek: { down: { for: '7d' } } });
  await before.script({ hold: {} });
  await before.script({ tiek: { dies: { pinfl, push: true } } });

  expect((await opened()).world).toEqual(before.world);
  expect(await readdir(join(folder, 'registers'))).toEqual(['world.json']);
});

test('changes at the same time are all kept', async () => {
  const before = await opened();
  const people = Array.from({ length: 50 }, (_, n) => String(31210632040000 + n));
  await Promise.all(
    people.map((person) => before.script({ tiek: { says_no: { pinfl: person, reason: 'not_examined' } } })),
  );
  expect((await opened()).world.examined.size).toBe(50);
});

test('a file that is no world is an error, not an empty world', async () => {
  const file = join(folder, 'world.json');
  await writeFile(file, '{"contracts":');
  await expect(keptWorld(file)).rejects.toThrow(SyntaxError);
  await writeFile(file, '{}');
  await expect(keptWorld(file)).rejects.toThrow('contracts');
});
