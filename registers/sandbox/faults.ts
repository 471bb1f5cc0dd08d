import type { RegisterName } from '../../domain/registers';
import { later } from './duration';
import type { FaultAction } from './script';
import type { Fault, World } from './world';

/** Begins or ends a register's fault. Other actions do not change the fault. */
export const misbehave = (world: World, register: RegisterName, action: FaultAction, now: Date): void => {
  const set = (fault: Fault, length: string | undefined): void => {
    world.faults.set(
      register,
      length === undefined ? fault : { ...fault, until: later(now, length).toISOString() },
    );
  };
  if (action.down) set({ kind: 'down' }, action.down.for);
  if (action.slow) set({ kind: 'slow', ms: action.slow.ms }, action.slow.for);
  if (action.refuses) set({ kind: 'refuses', status: action.refuses.status }, action.refuses.for);
  if (action.garbage) set({ kind: 'garbage', body: action.garbage.body }, action.garbage.for);
  if (action.up) world.faults.delete(register);
};

/** The present fault of a register, if it has one. */
export const faultOf = (world: World, register: RegisterName, now: Date): Fault | undefined => {
  const fault = world.faults.get(register);
  return fault?.until === undefined || now.getTime() < Date.parse(fault.until) ? fault : undefined;
};
