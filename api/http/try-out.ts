import type { ShownKind } from '../../domain/pathways';
import type { Actor } from '../../domain/roles';
import type { Records } from '../../records/kernel/transaction';
import type { Preview } from '../../records/reads/preview';

/** Tells what a command on a row would do. The command is tried and not given. */
export type TryOut = (
  records: Records,
  trial: { kind: ShownKind; id: string; name: string; body: object; actor: Actor; correlationId: string },
) => Promise<Preview>;
