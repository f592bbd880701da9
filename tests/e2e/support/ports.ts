// Free ports. They lie below those that the system gives to outgoing connections, and every worker
// has a range of its own, so that nobody takes one between here and the server's start.
import { createServer } from 'node:net';

const FIRST = 12_000;
const PER_WORKER = 1_000;

let next = Math.floor(Math.random() * PER_WORKER);

export async function freePort(): Promise<number> {
  const range = FIRST + (Number(process.env.TEST_PARALLEL_INDEX ?? 0) % 16) * PER_WORKER;
  for (let tries = 0; tries < PER_WORKER; tries += 1) {
    const port = range + (next++ % PER_WORKER);
    if (await isFree(port)) {
      return port;
    }
  }
  throw new Error('no port is free');
}

function isFree(port: number): Promise<boolean> {
  return new Promise((answer) => {
    const probe = createServer();
    probe.once('error', () => answer(false));
    probe.listen(port, '127.0.0.1', () => probe.close(() => answer(true)));
  });
}
