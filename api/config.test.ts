import { readConfig } from './config';

const needed = {
  DATABASE_URL: 'postgresql://postgres@127.0.0.1:5432/yollanma',
  WEBHOOK_SECRET: '0123456789abcdef',
};

test('a variable that is not set has a default; an empty one counts as not set', () => {
  expect(readConfig({ ...needed, PORT: '', TEMPORAL_TLS: 'true' })).toMatchObject({
    PORT: 8080,
    TEMPORAL_ADDRESS: '127.0.0.1:7233',
    TEMPORAL_TLS: true,
    DATABASE_CONNECTIONS: 10,
    settings: { toldAheadDays: 366 },
  });
});

test('every variable that is missing or wrong is named, no value repeated', () => {
  const wrong = () =>
    readConfig({ WEBHOOK_SECRET: 'short', PORT: 'eighty', DATABASE_URL: 'mysql://secret@host/x' });
  for (const name of ['DATABASE_URL', 'WEBHOOK_SECRET', 'PORT']) expect(wrong).toThrow(name);
  expect(wrong).not.toThrow('secret@host');
});

test('production needs an issuer', () => {
  expect(() => readConfig({ ...needed, NODE_ENV: 'production' })).toThrow('JWKS_URL');
  expect(
    readConfig({ ...needed, NODE_ENV: 'production', JWKS_URL: 'https://id.example.uz/keys' }).JWKS_URL,
  ).toBeDefined();
});
