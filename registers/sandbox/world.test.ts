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
  await before.script({ tiek: { down: { for: '7d' } } });
  await before.script({ hold: {} });
  await before.script({ tiek: { dies: { pinfl, push: true } } });

  expect((await opened()).world).toEqual(before.world);
  expect(await readdir(join(folder, 'registers'))).toEqual(['world.json']);
});

test('changes made together are all kept', async () => {
  const before = await opened();
  const people = Array.from({ length: 50 }, (_, n) => String(31210632040000 + n));
  await Promise.all(
    people.map((person) => before.script({ tiek: { says_no: { pinfl: person, reason: 'not_examined' } } })),
  );
  expect((await opened()).world.examined.size).toBe(50);
});

test('a file that is no world is not taken for an empty one', async () => {
  const file = join(folder, 'world.json');
  await writeFile(file, '{"contracts":');
  await expect(keptWorld(file)).rejects.toThrow(SyntaxError);
  await writeFile(file, '{}');
  await expect(keptWorld(file)).rejects.toThrow('contracts');
});
