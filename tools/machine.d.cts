export class MachineError extends Error {}
export const MACHINES_FAULT: number;
export function machinesFault(text: string): string | undefined;
