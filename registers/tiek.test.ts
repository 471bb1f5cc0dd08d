import { LAST_DAY } from '../domain/day';
import { startSandbox } from '../test/support/sandbox';

const pinfl = '31210632040244';
const recommended = {
  group: 2 as const,
  validUntil: '2023-03-31',
  suitableKinds: ['office'],
  unsuitableKinds: ['night_work'],
  conditions: ['ramp'],
  maxHoursPerWeek: 36,
  words: 'Sitting work in a warm room.',
};
const known = { pinfl, ...recommended };

let sandbox: Awaited<ReturnType<typeof startSandbox>>;
beforeEach(async () => void (sandbox = await startSandbox()));
afterEach(async () => sandbox.close());

const recommendation = () => sandbox.registers.tiek.recommendation(pinfl);

describe('TIEK on a recommendation', () => {
  test('has none for a person it never saw', async () =>
    expect(await recommendation()).toMatchObject({ answer: 'no', reason: 'not_examined' }));

  test('says all of it', async () => {
    await sandbox.script({ tiek: { knows: known } });
    const said = await recommendation();
    expect(said).toEqual({ answer: 'yes', ...recommended, raw: said.raw });
    expect(JSON.parse(said.raw ?? '')).toEqual({ pinfl, recommended: true, recommendation: recommended });
  });

  test.each(['9999-12-31', '2200-01-01'])('valid until %s is valid without end', async (validUntil) => {
    await sandbox.script({ tiek: { knows: { ...known, validUntil } } });
    const said = await recommendation();
    expect(said).toMatchObject({ answer: 'yes', validUntil: LAST_DAY });
    expect(said.raw).toContain(validUntil);
  });

  test('says it with the least there is', async () => {
    await sandbox.script({ tiek: { knows: { pinfl, group: 3, validUntil: '2024-01-01' } } });
    expect(await recommendation()).toMatchObject({ answer: 'yes', group: 3, suitableKinds: [], words: '' });
  });

  test('holds until the end of its last day', async () => {
    await sandbox.script({ tiek: { knows: known } });
    sandbox.clock.pass('30d');
    expect(await recommendation()).toMatchObject({ answer: 'yes' });
    sandbox.clock.pass('1d');
    expect(await recommendation()).toMatchObject({ answer: 'no', reason: 'expired' });
    await sandbox.script({ tiek: { knows: { ...known, validUntil: '2024-03-31' } } });
    expect(await recommendation()).toMatchObject({ answer: 'yes', validUntil: '2024-03-31' });
  });

  test('says no with its reason', async () => {
    await sandbox.script({ tiek: { says_no: { pinfl, reason: 'work_not_recommended' } } });
    expect(await recommendation()).toMatchObject({ answer: 'no', reason: 'work_not_recommended' });
  });

  test('says no of the dead', async () => {
    await sandbox.script({ tiek: { knows: known } });
    await sandbox.script({ tiek: { dies: { pinfl } } });
    expect(await recommendation()).toMatchObject({ answer: 'no', reason: 'died' });
  });
});
