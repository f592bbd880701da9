// What a sign-in leaves behind: nothing that opens anything, in no storage, history, referrer, log or database.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { expect, test } from '../fixtures.ts';
import { authorizeUrl, poll, redeem, startDevice } from '../support/clients.ts';
import { heading } from '../support/console.ts';
import { be, leaveForProvider, OWNER, signIn } from '../support/people.ts';

/** Everything that the page's scripts could find later. */
async function kept(page: Page): Promise<string> {
  return page.evaluate(async () => {
    const databases = await indexedDB.databases();
    const caches = await window.caches.keys();
    const words = [{ ...localStorage }, { ...sessionStorage }, databases, caches, history.state];
    return JSON.stringify([...words, document.cookie, document.referrer, location.href, window.name]);
  });
}

/** All that the server wrote to its folder, and its log. */
function written(folder: string, log: string): string {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return log + files.map((file) => readFileSync(join(file.parentPath, file.name), 'latin1')).join('\n');
}

test('neither browser nor server keeps what a sign-in or a token was made of', async ({ page, context, server, announced }) => {
  const secrets = new Map<string, string>();
  const note = (what: string, value: string | null | undefined) => {
    if (value) {
      secrets.set(what, value);
    }
  };
  const referrers: string[] = [];
  page.on('request', (request) => {
    const url = new URL(request.url());
    if (url.origin === server.url) {
      referrers.push(request.headers().referer ?? '');
    }
    if (url.pathname === '/auth/callback') {
      note('code of the console', url.searchParams.get('code'));
      note('state of the console', url.searchParams.get('state'));
    }
    if (url.pathname.startsWith('/oauth/callback/')) {
      note('code of the provider', url.searchParams.get('code'));
      note('state towards the provider', url.searchParams.get('state'));
    }
    if (url.pathname === '/auth/session' && request.method() === 'POST') {
      note('verifier of the console', request.postDataJSON()?.codeVerifier);
    }
  });

  await page.goto('/login');
  await leaveForProvider(page);
  await be(page, OWNER);
  await expect(page.getByRole('button', { name: `Account ${OWNER}` })).toBeVisible();
  for (const cookie of await context.cookies(server.url)) {
    note(`cookie ${cookie.name}`, cookie.value);
  }

  const device = await startDevice(server);
  note('device code', device.device_code);
  await page.goto('/activate');
  await page.getByLabel('Code').fill(device.user_code);
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'Approve' }).click();
  await expect(heading(page, 'Your terminal is signed in')).toBeVisible();
  const tokens = await poll(server, device);
  note('access token', tokens.access_token as string);
  note('refresh token', tokens.refresh_token as string);
  note('ID token', tokens.id_token as string);

  const back = 'http://127.0.0.1:9/callback';
  announced.destination('http://127.0.0.1:9');
  let landed = '';
  await page.route(`${back}*`, (route) => {
    landed = route.request().url();
    return route.fulfill({ body: 'Signed in.' });
  });
  await page.goto(authorizeUrl(server, back));
  await page.getByRole('button', { name: 'Allow' }).click();
  await expect(page.getByText('Signed in.')).toBeVisible();
  const code = new URL(landed).searchParams.get('code')!;
  note('code of a client', code);
  note('access token of a client', (await redeem(server, code, back)).access_token as string);

  expect([...secrets.keys()].sort()).toEqual([
    'ID token',
    'access token',
    'access token of a client',
    'code of a client',
    'code of the console',
    'code of the provider',
    'cookie __Host-bailiwick',
    'cookie __Host-bailiwick-login',
    'device code',
    'state of the console',
    'state towards the provider',
    'verifier of the console',
  ]);
  await page.goto('/');
  await expect(heading(page, 'Organizations')).toBeVisible();
  const [inBrowser, onServer] = [await kept(page), written(server.folder, server.log)];
  for (const [what, secret] of secrets) {
    expect(inBrowser.includes(secret), `${what} is kept by the browser`).toBe(false);
    // The console's state has to be given back to it; without what its browser keeps it opens nothing.
    if (what !== 'state of the console') {
      expect(onServer.includes(secret), `${what} is written by the server`).toBe(false);
    }
  }
  expect(onServer.includes(device.user_code), 'the user code is written by the server').toBe(false);
  expect(referrers.filter((referrer) => referrer !== '')).toEqual([]);
});

test('Back after a sign-in leads to no code', async ({ page }) => {
  await signIn(page, OWNER);
  for (let step = 0; step < 4; step += 1) {
    await page.goBack().catch(() => null);
    const url = new URL(page.url());
    if (url.hostname === 'localhost') {
      expect(url.searchParams.get('code'), url.href).toBeNull();
      expect(url.searchParams.get('state'), url.href).toBeNull();
    }
  }
});
