import type { Connection } from './answer';
import type { RegisterName } from './news';
import { createNotifications, type Notifications } from './notifications';
import { createTax, type Tax } from './tax';
import { createTiek, type Tiek } from './tiek';
import { createTreasury, type Treasury } from './treasury';
import { createYammt, type Yammt } from './yammt';

export interface Registers {
  readonly yammt: Yammt;
  readonly tiek: Tiek;
  readonly tax: Tax;
  readonly treasury: Treasury;
  readonly notifications: Notifications;
}

/** @param connections where each of them is; on the sandbox, `<its address>/<its name>` */
export const createRegisters = (connections: Readonly<Record<RegisterName, Connection>>): Registers => ({
  yammt: createYammt(connections.yammt),
  tiek: createTiek(connections.tiek),
  tax: createTax(connections.tax),
  treasury: createTreasury(connections.treasury),
  notifications: createNotifications(connections.notifications),
});
