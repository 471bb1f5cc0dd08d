import type { Connection } from './answer';
import type { RegisterName } from '../domain/registers';
import { type BusinessRegister, createBusinessRegister } from './business';
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
  readonly self_employed: BusinessRegister;
  readonly entrepreneur: BusinessRegister;
  readonly farm: BusinessRegister;
}

/** @param connections each register's address and time limit */
export const createRegisters = (connections: Readonly<Record<RegisterName, Connection>>): Registers => ({
  yammt: createYammt(connections.yammt),
  tiek: createTiek(connections.tiek),
  tax: createTax(connections.tax),
  treasury: createTreasury(connections.treasury),
  notifications: createNotifications(connections.notifications),
  self_employed: createBusinessRegister(connections.self_employed),
  entrepreneur: createBusinessRegister(connections.entrepreneur),
  farm: createBusinessRegister(connections.farm),
});

/**
 * All registers behind one address, such as the sandbox's.
 *
 * @param timeoutMs the time limit of an answer
 */
export function registersAt(url: string, timeoutMs: number): Registers {
  const at = (name: RegisterName): Connection => ({ baseUrl: `${url}/${name}`, timeoutMs });
  return createRegisters({
    yammt: at('yammt'),
    tiek: at('tiek'),
    tax: at('tax'),
    treasury: at('treasury'),
    notifications: at('notifications'),
    self_employed: at('self_employed'),
    entrepreneur: at('entrepreneur'),
    farm: at('farm'),
  });
}
