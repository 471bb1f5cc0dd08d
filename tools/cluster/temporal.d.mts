export const SHARDS: number;

export function prepareStore(postgres: string, sqlTool: string): Promise<void>;

export function smallFreePort(except?: number[]): Promise<number>;

export function serverOn(postgres: string, port: number): Promise<{ args: string[]; env: NodeJS.ProcessEnv }>;

export function makeNamespace(cli: string, address: string, namespace: string): Promise<void>;
