import { spawn, type ChildProcess } from 'node:child_process';
import type { Socket } from 'node:net';

let keeper: ChildProcess | undefined;

/** Reads process groups, and ends them when their writer has ended. It works also after a SIGKILL, which runs no handler. */
const KEEPER = `
groups=' '
while read -r does group; do
  case $does in
    hold) groups="$groups$group " ;;
    let) groups="\${groups%% $group *} \${groups#* $group }" ;;
  esac
done
for group in $groups; do kill -s KILL -- "-$group"; done 2>/dev/null
`;

/**
 * Ties a process group to this process. The group ends with this process in every case.
 *
 * @returns unties the group, for a group that has ended by itself
 */
export function leash(group: number): () => void {
  keeper ??= keep();
  const { stdin } = keeper;
  stdin?.write(`hold ${group}\n`);
  return () => void stdin?.write(`let ${group}\n`);
}

function keep(): ChildProcess {
  const child = spawn('sh', ['-c', KEEPER], { detached: true, stdio: ['pipe', 'ignore', 'ignore'] });
  child.unref();
  child.stdin.on('error', () => undefined);
  (child.stdin as Socket).unref();
  return child;
}
