import { startSandbox } from '../test/support/sandbox';

const pinfl = '31210632040244';
const stir = '300000018';
const parties = { pinfl, stir };
const month = '2023-02';
const sums = { accrued: 2_000_000, tax: 240_000 };

let sandbox: Awaited<ReturnType<typeof startSandbox>>;
beforeEach(async () => void (sandbox = await startSandbox()));
afterEach(async () => sandbox.close());

const wages = (of = month, by = parties) => sandbox.registers.tax.wages({ ...by, month: of });

describe('the tax authority on a month’s wage', () => {
  test('knows of none that nobody reported', async () =>
    expect(await wages()).toMatchObject({ answer: 'no' }));

  test('says the sums in whole soʻm and when they were entered, with the body as it came', async () => {
    await sandbox.script({ tax: { accrues: { ...parties, month, ...sums } } });
    const said = await wages();
    expect(said).toEqual({
      answer: 'yes',
      accrued: 2_000_000n,
      tax: 240_000n,
      on: '2023-03-01',
      raw: said.raw,
    });
    expect(JSON.parse(said.raw ?? '')).toMatchObject({ ...parties, month, state: 'accrued' });
    expect(await wages('2023-01')).toMatchObject({ answer: 'no' });
    expect(await wages(month, { pinfl, stir: '300000026' })).toMatchObject({ answer: 'no' });
  });

  test('has it from the day on which it is entered', async () => {
    await sandbox.script({ tax: { accrues: { ...parties, month, ...sums, on: '2023-03-14' } } });
    sandbox.clock.pass('12d');
    expect(await wages()).toMatchObject({ answer: 'no' });
    sandbox.clock.pass('1d');
    expect(await wages()).toMatchObject({ answer: 'yes', on: '2023-03-14' });
  });

  test('is corrected: the last word holds', async () => {
    await sandbox.script({ tax: { accrues: { ...parties, month, ...sums } } });
    sandbox.clock.pass('1d');
    await sandbox.script({ tax: { accrues: { ...parties, month, accrued: 1_800_000, tax: 216_000 } } });
    expect(await wages()).toMatchObject({ accrued: 1_800_000n, tax: 216_000n, on: '2023-03-02' });
    await sandbox.script({ tax: { nothing: { ...parties, month } } });
    expect(await wages()).toMatchObject({ answer: 'no' });
  });

  test('is entered every month on the day that is usual, except where more is said', async () => {
    await sandbox.script({ tax: { earns: { ...parties, from: '2022-12', until: '2023-03', ...sums } } });
    await sandbox.script({ tax: { nothing: { ...parties, month: '2023-01' } } });
    expect(await wages('2022-11')).toMatchObject({ answer: 'no' });
    expect(await wages('2022-12')).toMatchObject({ answer: 'yes', accrued: 2_000_000n, on: '2023-01-15' });
    expect(await wages('2023-01')).toMatchObject({ answer: 'no' });
    expect(await wages('2023-02')).toMatchObject({ answer: 'no' });
    sandbox.clock.pass('14d');
    expect(await wages('2023-02')).toMatchObject({ answer: 'yes', on: '2023-03-15' });
    sandbox.clock.pass('6mo');
    expect(await wages('2023-03')).toMatchObject({ answer: 'yes', on: '2023-04-15' });
    expect(await wages('2023-04')).toMatchObject({ answer: 'no' });
  });

  test('says an untruth so many times, then the truth', async () => {
    await sandbox.script({ tax: { accrues: { ...parties, month, ...sums } } });
    await sandbox.script({ tax: { contradicts: { ...parties, month, first: 'nothing', times: 2 } } });
    expect(await wages()).toMatchObject({ answer: 'no' });
    expect(await wages('2023-01')).toMatchObject({ answer: 'no' });
    expect(await wages()).toMatchObject({ answer: 'no' });
    expect(await wages()).toMatchObject({ answer: 'yes', accrued: 2_000_000n });
  });

  test('says an untruth for so long, then the truth', async () => {
    const first = { accrued: 1_900_000, tax: 228_000 };
    await sandbox.script({ tax: { contradicts: { ...parties, month, first, for: '1d' } } });
    expect(await wages()).toMatchObject({ answer: 'yes', accrued: 1_900_000n });
    sandbox.clock.pass('1d');
    expect(await wages()).toMatchObject({ answer: 'no' });
  });
});
