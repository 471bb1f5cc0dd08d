import { Client } from 'pg';
import { freshDatabase } from './database';

test('a fresh database is a clone of the template and can be dropped while a client is connected', async () => {
  const database = await freshDatabase();
  const client = new Client({ connectionString: database.url });
  client.on('error', () => {});
  await client.connect();
  const { rows } = await client.query<{ version: string; zone: string; locale: string }>(
    `select current_setting('server_version') as version, current_setting('TimeZone') as zone,
            datlocale as locale from pg_database where datname = current_database()`,
  );
  expect(rows).toEqual([{ version: expect.stringMatching(/^18/), zone: 'UTC', locale: 'C.UTF-8' }]);
  await database.drop();
  await expect(client.query('select 1')).rejects.toThrow(/connection/i);
});
