/** Log of the server process: standard error, one line each; never secrets, never sample text at info level. */
export interface Logger {
  debug(message: string): void;
  info(message: string): void;
  warn(message: string): void;
  error(message: string): void;
}

export const LOG_LEVELS = ['debug', 'info', 'warn', 'error'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

export function stderrLogger(level: LogLevel): Logger {
  const least = LOG_LEVELS.indexOf(level);
  const write = (at: LogLevel) => (message: string): void => {
    if (LOG_LEVELS.indexOf(at) >= least) process.stderr.write(`${new Date().toISOString()} [${at}] ${message}\n`);
  };
  return { debug: write('debug'), info: write('info'), warn: write('warn'), error: write('error') };
}
