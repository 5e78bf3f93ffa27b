// A real Ray head of its own: free ports, little memory, token authentication, and no process left behind.
import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:net';

import { setTimeout as delay } from 'node:timers/promises';
import { ensureVenv } from '../../scripts/lib/python.ts';

export interface RayHead {
  readonly address: string;
  readonly token: string;
  readonly python: string;
  stop(): Promise<void>;
}

async function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => { if (address !== null && typeof address === 'object') resolve(address.port); else reject(new Error('no port')); });
    });
  });
}

/** Ids of processes whose command line or environment names the folder: those of one Ray session and no other. */
async function processesNaming(folder: string): Promise<number[]> {
  const found: number[] = [];
  for (const name of await readdir('/proc')) {
    if (!/^\d+$/.test(name) || Number(name) === process.pid) continue;
    const command = await readFile(`/proc/${name}/cmdline`, 'utf8').catch(() => '');
    if (command.includes(folder)) found.push(Number(name));
  }
  return found;
}

/** Starts a head and waits until its Jobs API answers. Linux only: its processes are found in /proc. */
export async function startRayHead(): Promise<RayHead> {
  const python = await ensureVenv('ray-venv', 'test/server/ray/requirements.txt');
  // Paths of Ray's sockets are long already, and a socket's path may have 107 bytes.
  const folder = await mkdtemp('/tmp/rr-');
  const ports = await Promise.all(Array.from({ length: 6 }, freePort));
  const [gcs, dashboard, agent, agentGrpc, metrics, environment] = ports;
  const firstWorker = 30_000 + (randomBytes(2).readUInt16BE() % 2000);
  const token = randomBytes(24).toString('hex');
  const child = spawn(python, [
    '-m', 'ray.scripts.scripts', 'start', '--head', '--block', `--port=${gcs}`, '--dashboard-host=127.0.0.1', `--dashboard-port=${dashboard}`, '--include-dashboard=true',
    `--dashboard-agent-listen-port=${agent}`, `--dashboard-agent-grpc-port=${agentGrpc}`, `--metrics-export-port=${metrics}`, `--runtime-env-agent-port=${environment}`,
    '--num-cpus=2', '--num-gpus=0', '--object-store-memory=80000000', `--min-worker-port=${firstWorker}`, `--max-worker-port=${firstWorker + 200}`,
    '--disable-usage-stats', `--temp-dir=${folder}`,
  ], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, RAY_USAGE_STATS_ENABLED: '0', RAY_AUTH_MODE: 'token', RAY_AUTH_TOKEN: token, RAY_ADDRESS: '' },
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text: string) => { output = (output + text).slice(-20_000); });
  const ended = new Promise<void>((resolve) => { child.once('close', () => { resolve(); }); });
  let running = true;
  void ended.then(() => { running = false; });

  const stop = async (): Promise<void> => {
    child.kill('SIGTERM');
    await Promise.race([ended, delay(10_000)]);
    // Ray's daemons may outlive the command that started them; only this session's are ended.
    for (let left = await processesNaming(folder); left.length > 0; left = await processesNaming(folder)) {
      for (const pid of left) try { process.kill(pid, 'SIGKILL'); } catch { /* ended in between */ }
      await delay(50);
    }
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  };

  const address = `http://127.0.0.1:${dashboard}`;
  const until = Date.now() + 120_000;
  for (;;) {
    const reply = await fetch(`${address}/api/jobs/`, { headers: { authorization: `Bearer ${token}` } }).catch(() => null);
    if (reply?.ok) return { address, token, python, stop };
    if (!running || Date.now() > until) {
      await stop();
      throw new Error(`Ray did not start: ${output}`);
    }
    await delay(200);
  }
}
