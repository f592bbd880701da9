// The console's development edition, in place of the one that the server holds.
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Page, Route } from '@playwright/test';

const FOLDER = resolve(
  process.env.BAILIWICK_DEVELOPMENT_CONSOLE || '../../target/console/development/embed',
);

/** Whether a path is answered by the server itself. */
const isServers = (path: string) => /^\/(iam|auth|oauth|\.well-known)\//.test(path) && path !== '/auth/callback';

/** Everything else of the server is as it is: its headers come with the page. */
export async function useDevelopmentConsole(page: Page): Promise<void> {
  if (!existsSync(FOLDER)) {
    throw new Error(`${FOLDER} is missing: cargo xtask build-console --development`);
  }
  const index = readFileSync(join(FOLDER, 'index.html'), 'utf8');
  await page.route(
    (url) => !isServers(url.pathname),
    async (route: Route) => {
      const path = new URL(route.request().url()).pathname;
      const file = join(FOLDER, path);
      if (/\.(js|wasm|css)$/.test(path) && existsSync(file)) {
        return route.fulfill({ path: file });
      }
      if (route.request().resourceType() === 'document') {
        return route.fulfill({ response: await route.fetch(), body: index });
      }
      return route.fallback();
    },
  );
}
