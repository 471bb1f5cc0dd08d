/** This machine lacked something: a server did not start, a port was taken. The program that runs on the machine has no fault. */
class MachineError extends Error {
  name = 'MachineError';
}

/** The exit code of a run that this machine cut short. The run has no result. */
const MACHINES_FAULT = 3;

const SIGNS = [
  [/MachineError: (.+)/, ([, said]) => said],
  [/\bENOSPC\b|no space left on device|code: '53100'/i, () => 'the disk is full'],
  [/\bENOMEM\b|cannot allocate memory|out of memory|code: '53200'/i, () => 'memory is used up'],
  [/\bEADDRINUSE\b|address already in use/i, () => 'a port is taken'],
  [/\bE[MN]FILE\b|too many open files/i, () => 'too many files are open'],
  [/spawn\S* \S+ EAGAIN/, () => 'no more processes can be started'],
];

/**
 * The machine's fault in words, if the machine is the reason of an error.
 *
 * @param {string} text an error with its causes, as `util.inspect` shows it
 * @returns {string | undefined}
 */
function machinesFault(text) {
  for (const [sign, inWords] of SIGNS) {
    const found = sign.exec(text);
    if (found) return inWords(found);
  }
  return undefined;
}

module.exports = { MachineError, MACHINES_FAULT, machinesFault };
