// The command line of `npm start`.
import { parseArgs } from 'node:util';
import { resolve } from 'node:path';

export interface StartOptions {
  /** Folder to open instead of the sample workspace. */
  readonly folder: string | undefined;
  readonly port: number | undefined;
  /** Use a VS Code that is installed on this machine instead of code-server. */
  readonly desktop: boolean;
  /** Replace the copy of the sample workspace by a fresh one. */
  readonly freshSamples: boolean;
  readonly help: boolean;
}

export const usage = `Usage: npm start -- [FOLDER] [options]

Builds the extension and opens it in a VS Code in the browser (code-server), served on this machine's loopback only.

  FOLDER            open this folder instead of the sample workspace
  --port N          serve on this port instead of a free one
  --desktop         use the VS Code, VSCodium or Cursor installed on this machine instead
  --fresh-samples   throw away your copy of the sample workspace and start from a new one
  --help            show this`;

/** Parses the arguments; an error that names the wrong one when there is any. */
export function parseStartOptions(args: readonly string[]): StartOptions {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      port: { type: 'string' },
      desktop: { type: 'boolean', default: false },
      'fresh-samples': { type: 'boolean', default: false },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  if (positionals.length > 1) throw new Error(`One folder at most: ${positionals.join(' ')}`);
  const port = values.port === undefined ? undefined : Number(values.port);
  if (port !== undefined && !(Number.isInteger(port) && port > 0 && port < 65_536)) {
    throw new Error(`--port ${values.port}: a port is a whole number from 1 to 65535.`);
  }
  return {
    folder: positionals[0] === undefined ? undefined : resolve(positionals[0]),
    port,
    desktop: values.desktop,
    freshSamples: values['fresh-samples'],
    help: values.help,
  };
}
