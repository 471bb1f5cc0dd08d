/** This machine did not give what was needed: a server that does not start, a port. No fault of what was to run on it. */
class MachineError extends Error {
  name = 'MachineError';
}

/** The exit code of a run that this machine cut short: nothing is known of what it was to show. */
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
 * What this machine did not give, in words, if that is why something failed.
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
