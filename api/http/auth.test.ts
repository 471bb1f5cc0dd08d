import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createRemoteJWKSet, exportJWK, generateKeyPair, SignJWT } from 'jose';
import { openDb } from '../../prisma/db';
import { freshDatabase } from '../../test/support/database';
import { bearerSignIn } from './auth';
import { devIssuer } from './dev-issuer';
import { Problem, Unavailable } from './problem';

const now = new Date('2023-03-01T09:00:00+05:00');
const clock = { now: () => Promise.resolve(now) };
const named = { issuer: 'https://id.example.uz', audience: 'yollanma' };
const HOUR = 3_600_000;

let database: Awaited<ReturnType<typeof freshDatabase>>;
let db: ReturnType<typeof openDb>;
let key: Awaited<ReturnType<typeof generateKeyPair>>;
const server = createServer((_req, res) => {
  void exportJWK(key.publicKey).then((jwk) =>
    res.end(JSON.stringify({ keys: [{ ...jwk, kid: 'k', alg: 'ES256' }] })),
  );
});
let address: URL;

beforeAll(async () => {
  database = await freshDatabase();
  db = openDb(database.url, 2);
  key = await generateKeyPair('ES256');
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  address = new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}/keys`);
});
afterAll(async () => {
  server.close();
  await db.$disconnect();
  await database.drop();
});

const said = { role: 'labour_inspector', rank: 'head', area: '1703' };
const token = (
  claims: object = {},
  { issuer = named.issuer, audience = named.audience, ends = HOUR } = {},
  sub = 'inspector-1',
) =>
  new SignJWT({ ...said, ...claims })
    .setProtectedHeader({ alg: 'ES256', kid: 'k' })
    .setSubject(sub)
    .setIssuer(issuer)
    .setAudience(audience)
    .setExpirationTime(new Date(now.getTime() + ends))
    .sign(key.privateKey);
const signIn = (authorization: string | undefined, purpose: 'read' | 'write' = 'read') =>
  bearerSignIn({ keys: createRemoteJWKSet(address), ...named }, db, clock)(authorization, purpose);
const codeOf = async (work: Promise<unknown>) => {
  const error = await work.catch((caught: unknown) => caught);
  return error instanceof Problem ? `${error.status} ${error.code}` : error;
};

test('claims become the caller, by the clock port', async () => {
  const actor = await signIn(`Bearer ${await token()}`);
  expect(actor).toEqual({ id: 'inspector-1', role: 'labour_inspector', rank: 'head', area: '1703' });
});

test('refused: none, malformed, foreign issuer, other audience, expired, unknown role, employer without STIR', async () => {
  expect(await codeOf(signIn(undefined))).toBe('401 no_token');
  expect(await codeOf(signIn('Basic abc'))).toBe('401 malformed_token');
  expect(await codeOf(signIn(`Bearer ${await token({}, { issuer: 'other' })}`))).toBe('401 invalid_token');
  expect(await codeOf(signIn(`Bearer ${await token({}, { audience: 'other' })}`))).toBe('401 invalid_token');
  expect(await codeOf(signIn(`Bearer ${await token({}, { ends: -1000 })}`))).toBe('401 expired_token');
  expect(await codeOf(signIn(`Bearer ${await token({ role: 'king' })}`))).toBe('401 wrong_claims');
  expect(await codeOf(signIn(`Bearer ${await token({ area: '12345' })}`))).toBe('401 wrong_claims');
  expect(await codeOf(signIn(`Bearer ${await token({ role: 'employer' })}`))).toBe('401 wrong_claims');
});

const as = async (claims: object, purpose?: 'read' | 'write') =>
  codeOf(signIn(`Bearer ${await token({ area: undefined, rank: 'officer', ...claims })}`, purpose));

test('the level of the area belongs to the role; the republic is named, but by those who serve nothing else', async () => {
  for (const role of [
    'case_manager',
    'supervisor',
    'training_officer',
    'employment_officer',
    'labour_inspector',
    'finance_officer',
  ])
    expect(await as({ role })).toBe('401 wrong_claims');
  for (const [role, area] of [
    ['case_manager', ''],
    ['case_manager', '1703202'],
    ['supervisor', '1703202001'],
    ['labour_inspector', '1703202'],
    ['administrator', '1703202'],
  ])
    expect(await as({ role, area })).toBe('401 wrong_claims');
  expect(await as({ role: 'finance_officer', area: '' })).toMatchObject({ area: '' });
  for (const role of ['auditor', 'administrator'])
    expect(await as({ role })).toMatchObject({ role, area: '' });
});

test('an official who is not recorded reads, and changes nothing; one who left does neither', async () => {
  const here = { role: 'labour_inspector', area: '1703' };
  expect(await as(here, 'read')).toMatchObject({ id: 'inspector-1' });
  expect(await as(here, 'write')).toBe('403 not_recorded');
  await db.official.create({ data: { id: 'inspector-1', name: 'I', rank: 'officer', ...here } });
  expect(await as(here, 'write')).toMatchObject({ id: 'inspector-1' });
  await db.official.update({ where: { id: 'inspector-1' }, data: { leftOn: '2023-02-28' } });
  for (const purpose of ['read', 'write'] as const) expect(await as(here, purpose)).toBe('401 left');
  await db.official.delete({ where: { id: 'inspector-1' } });
});

test('an administrator may record the first one, and only while there is none', async () => {
  const one = { role: 'administrator' };
  expect(await as(one, 'write')).toMatchObject(one);
  const data = { id: 'administrator-1', name: 'A', rank: 'officer', area: '', ...one };
  await db.official.create({ data });
  expect(await as(one, 'write')).toBe('403 not_recorded');
  await db.official.update({ where: { id: 'administrator-1' }, data: { leftOn: '2023-02-28' } });
  expect(await as(one, 'write')).toMatchObject(one);
  await db.official.delete({ where: { id: 'administrator-1' } });
});

test('a subject that the database cannot keep is no subject', async () => {
  for (const sub of ['a\0b', 'a\uD800'])
    expect(await codeOf(signIn(`Bearer ${await token({}, {}, sub)}`))).toBe('401 wrong_claims');
});

test('a secret shared with the issuer, or no signature at all, is no key', async () => {
  const shared = await new SignJWT(said).setProtectedHeader({ alg: 'HS256' }).sign(Buffer.alloc(32));
  expect(await codeOf(signIn(`Bearer ${shared}`))).toBe('401 invalid_token');
  const [, payload] = (await token()).split('.');
  const none = Buffer.from(JSON.stringify({ alg: 'none' })).toString('base64url');
  expect(await codeOf(signIn(`Bearer ${none}.${payload}.x`))).toBe('401 invalid_token');
});

test('keys that cannot be had: unavailable, not unauthorised', async () => {
  const keys = createRemoteJWKSet(new URL('http://127.0.0.1:1/keys'));
  const away = bearerSignIn({ keys, ...named }, db, clock)(`Bearer ${await token()}`, 'read');
  await expect(away).rejects.toBeInstanceOf(Unavailable);
});

test('the development issuer is refused in production', async () => {
  const before = process.env['NODE_ENV'];
  process.env['NODE_ENV'] = 'production';
  await expect(devIssuer('/nowhere/key.json', named)).rejects.toThrow('production');
  process.env['NODE_ENV'] = before;
});
