import { warmDatabase } from '../../test/support/database';
import { workflowCode } from '../../test/support/workflow-code';
import { MachineError } from '../machine.cjs';
import { prepareGround } from './ground';
import { createWorld } from './world';

test('a world whose server has ended is not usable', async () => {
  const admin = process.env['TEST_PG_ADMIN'] ?? '';
  const bundle = await workflowCode();
  const ground = await prepareGround({ admin, template: 'template_app', bundle, openDatabase: warmDatabase });
  try {
    const world = await createWorld(ground, { starts: new Date('2023-03-01T09:00:00+05:00'), money: false });
    await expect(world.mustStand()).resolves.toBeUndefined();
    await ground.servers.stop();
    const gone = await world.mustStand().catch((error: unknown) => error);
    expect(gone).toBeInstanceOf(MachineError);
    expect(gone).toMatchObject({ message: 'The time-skipping server does not answer any more' });
  } finally {
    await ground.stop();
  }
});
