import { spawn, type ChildProcess } from 'node:child_process';
import type { Socket } from 'node:net';

let keeper: ChildProcess | undefined;

/** Reads process groups, and when whoever writes them is gone, ends them: also after a SIGKILL, which runs no handler. */
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
 * Ties a process group to this process: it ends when this one ends, however that happens.
 *
 * @returns lets go of it, when it has ended by itself
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
