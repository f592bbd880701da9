// The server as a person would start it: the built binary, a data folder and ports of its own.
import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { freePort } from './ports.ts';

const BINARY = resolve(process.env.BAILIWICK_BIN || '../../target/ci/bailiwick');

export class Server {
  readonly folder = mkdtempSync(join(tmpdir(), 'bailiwick-e2e-'));
  /** Where browsers reach it. */
  readonly url: string;
  /** Where its development provider lives; another site than `url`. */
  readonly provider: string;
  /** All that it wrote to standard error. */
  log = '';
  private process: ChildProcess | undefined;

  private constructor(
    private readonly args: string[],
    port: number,
    providerPort: number,
  ) {
    this.url = `http://localhost:${port}`;
    this.provider = `http://127.0.0.1:${providerPort}`;
  }

  /** `bailiwick serve --dev` on an empty folder. */
  static async development(): Promise<Server> {
    const [port, providerPort] = [await freePort(), await freePort()];
    const server = new Server([], port, providerPort);
    server.args.push('--dev', '--data', join(server.folder, 'data'));
    server.args.push('--port', `${port}`, '--provider-port', `${providerPort}`);
    await server.start();
    return server;
  }

  /** `bailiwick serve --config FILE`; `more` is appended to the file. `issuer` is the provider's. */
  static async configured(port: number, issuer: string, more: string): Promise<Server> {
    const server = new Server([], port, Number(new URL(issuer).port));
    const file = join(server.folder, 'bailiwick.toml');
    const database = join(server.folder, 'bailiwick.sqlite');
    const base = `base_url = "${server.url}"\nlisten = "127.0.0.1:${port}"\n`;
    writeFileSync(file, `${base}database = "${database}"\n${more}`);
    server.args.push('--config', file);
    await server.start();
    return server;
  }

  /** Starts it, again on the same folder and ports after it ended. Answers when it is ready. */
  async start(): Promise<void> {
    if (!existsSync(BINARY)) {
      throw new Error(`${BINARY} is missing; build it, or name it by BAILIWICK_BIN`);
    }
    const child = spawn(BINARY, ['serve', ...this.args], { stdio: ['ignore', 'pipe', 'pipe'] });
    this.process = child;
    child.stderr.on('data', (bytes) => {
      this.log += bytes;
    });
    let printed = '';
    await new Promise<void>((ready, failed) => {
      child.once('error', failed);
      child.once('exit', (code) => failed(new Error(`the server ended (${code}):\n${this.log}`)));
      child.stdout.on('data', (bytes) => {
        printed += bytes;
        if (printed.includes(this.url)) {
          child.removeAllListeners('exit');
          ready();
        }
      });
    });
  }

  /** Ends it. SIGKILL is the power cord. */
  async stop(signal: 'SIGTERM' | 'SIGKILL' = 'SIGKILL'): Promise<void> {
    const child = this.process;
    this.process = undefined;
    if (child && child.exitCode === null && child.signalCode === null) {
      const gone = new Promise((done) => child.once('exit', done));
      child.kill(signal);
      await gone;
    }
  }

  /** Ends it and removes all that it stored. */
  async dispose(): Promise<void> {
    await this.stop();
    rmSync(this.folder, { recursive: true, force: true });
  }
}
