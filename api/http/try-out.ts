import type { Records } from '../../records/kernel/transaction';
import type { Preview, Trial } from '../../records/reads/preview';

/** Tells what a command on a row would do. The command is tried and not given. */
export type TryOut = (records: Records, trial: Trial) => Promise<Preview>;
