// What every test gets: a server of its own and guarded browsers.
import { test as base, type BrowserContext, type BrowserContextOptions, expect } from '@playwright/test';
import { Announced, guard } from './support/guard.ts';
import { Server } from './support/server.ts';

interface Fixtures {
  /** `bailiwick serve --dev` with its example organization. */
  server: Server;
  /** What this test expects to go wrong; everything else fails it. */
  announced: Announced;
  /** Another browser: nothing is shared with the first. */
  newBrowser: (options?: BrowserContextOptions) => Promise<BrowserContext>;
}

export const test = base.extend<Fixtures>({
  server: async ({}, use, info) => {
    const server = await Server.development();
    await use(server);
    if (info.status !== info.expectedStatus) {
      await info.attach('server log', { body: server.log });
    }
    await server.dispose();
  },
  announced: async ({}, use) => use(new Announced()),
  baseURL: async ({ server }, use) => use(server.url),
  newBrowser: async ({ browser, server, announced }, use) => {
    const problems: string[] = [];
    const opened: BrowserContext[] = [];
    await use(async (options = {}) => {
      const context = await browser.newContext({ baseURL: server.url, ...options });
      opened.push(context);
      await guard(context, server.url, server.provider, announced, problems);
      return context;
    });
    await Promise.all(opened.map((context) => context.close()));
    expect(problems, 'what no page may do').toEqual([]);
  },
  context: async ({ newBrowser }, use) => use(await newBrowser()),
});

export { expect };
