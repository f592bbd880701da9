// The command line as a person runs it: the built binary, a home of its own, no terminal.
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Server } from './server.ts';

const BINARY = resolve(process.env.BAILIWICK_BIN || '../../target/ci/bailiwick');

export class Machine {
  private readonly home = mkdtempSync(join(tmpdir(), 'bailiwick-cli-'));

  constructor(private readonly server: Server) {}

  /** Starts a command; BROWSER opens nothing. */
  start(...args: string[]): Running {
    const env = {
      PATH: process.env.PATH,
      HOME: this.home,
      XDG_CACHE_HOME: join(this.home, 'cache'),
      BAILIWICK_SERVER: this.server.url,
      BROWSER: 'true',
    };
    return new Running(spawn(BINARY, args, { env, stdio: ['ignore', 'pipe', 'pipe'] }));
  }

  /** Runs a command to its end. */
  async run(...args: string[]): Promise<Ended> {
    return this.start(...args).ended;
  }

  dispose(): void {
    rmSync(this.home, { recursive: true, force: true });
  }
}

export interface Ended {
  code: number | null;
  stdout: string;
  stderr: string;
}

export class Running {
  private stdout = '';
  private stderr = '';
  readonly ended: Promise<Ended>;

  constructor(private readonly child: ChildProcess) {
    child.stdout!.on('data', (bytes) => (this.stdout += bytes));
    child.stderr!.on('data', (bytes) => (this.stderr += bytes));
    this.ended = new Promise((end) => {
      child.on('close', (code) => end({ code, stdout: this.stdout, stderr: this.stderr }));
    });
  }

  /** Waits until it has said something. */
  async says(words: RegExp): Promise<RegExpExecArray> {
    for (;;) {
      const found = words.exec(this.stdout + this.stderr);
      if (found) {
        return found;
      }
      const more = new Promise<boolean>((tell) => {
        this.child.stdout!.once('data', () => tell(true));
        this.child.stderr!.once('data', () => tell(true));
        this.child.once('close', () => tell(false));
      });
      if (!(await more) && !words.test(this.stdout + this.stderr)) {
        throw new Error(`it never said ${words}: ${this.stdout}${this.stderr}`);
      }
    }
  }

  kill(): void {
    this.child.kill();
  }
}
