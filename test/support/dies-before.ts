/**
 * `node dies-before.js <address of the database> <instant> <workflow id> <activity> <command> <n>` carries out a given command, and the
 * system kills the process in place of the nth statement. It prints the status of the answer if it lives.
 */
import { Client } from 'pg';
import { caseHandlers } from '../../activities/case';
import { employmentHandlers } from '../../activities/employment';
import { inspectionHandlers } from '../../activities/inspection';
import { claimHandlers } from '../../activities/money/claim';
import { referralHandlers } from '../../activities/referral';
import { createRowActivities } from '../../activities/row-activities';
import { openDb } from '../../prisma/db';
import { registersAt } from '../../registers/registers';
import { testSettings } from './settings';

const [url = '', instant = '', subject = '', activity = '', command = '', n = ''] = process.argv.slice(2);

const plain = Client.prototype.query;
let sent = 0;
Client.prototype.query = function query(this: Client, ...args: unknown[]): unknown {
  sent += 1;
  if (sent === Number(n)) process.kill(process.pid, 'SIGKILL');
  return Reflect.apply(plain, this, args);
} as typeof plain;

async function main(): Promise<void> {
  const db = openDb(url, 2);
  const clock = { now: () => Promise.resolve(new Date(instant)) };
  const handlers = [caseHandlers, referralHandlers, inspectionHandlers, employmentHandlers, claimHandlers];
  const nowhere = registersAt('http://127.0.0.1:1', 1000);
  const { named } = createRowActivities({ db, clock, settings: testSettings }, handlers, nowhere);
  const view = await named[activity]?.(subject, command);
  process.stdout.write(String(view?.status));
  await db.$disconnect();
}

void main();
