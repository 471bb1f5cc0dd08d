export interface PostgresProcess {
  url(database: string): string;
  port: number;
  pid: number;
  logFile: string;
  exited: Promise<unknown>;
  stop(): Promise<void>;
}

export function startPostgres(options: {
  dir: string;
  port?: number;
  durable: boolean;
  settings?: string[];
  logFile?: string;
  log?: (line: string) => void;
}): Promise<PostgresProcess>;

export function stopLeftover(dataDir: string, log?: (line: string) => void): Promise<void>;
