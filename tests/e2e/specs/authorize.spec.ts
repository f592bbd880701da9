// /authorize: a program asks to be signed in through the browser.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test } from '../fixtures.ts';
import { authorizeUrl, redeem, whoIs } from '../support/clients.ts';
import { heading } from '../support/console.ts';
import { be, leaveForProvider, OWNER, signIn, VIEWER } from '../support/people.ts';

/** A program that waits on this machine for the browser to come back. */
async function listening(): Promise<{ uri: string; came: Promise<URL>; close: () => void }> {
  let arrive = (_: URL): void => {};
  const came = new Promise<URL>((resolve) => {
    arrive = resolve;
  });
  const listener = createServer((request, response) => {
    const url = new URL(request.url!, 'http://127.0.0.1');
    response.setHeader('content-type', 'text/html').end('<title>Done</title><link rel="icon" href="data:,">You can close this window.');
    if (url.pathname === '/callback') arrive(url);
  });
  await new Promise<void>((resolve) => listener.listen(0, '127.0.0.1', resolve));
  const uri = `http://127.0.0.1:${(listener.address() as AddressInfo).port}/callback`;
  return { uri, came, close: () => listener.close() };
}

test('a person allows a program, which gets a code and then acts as them', async ({ page, server, announced }) => {
  const program = await listening();
  announced.destination(new URL(program.uri).origin);
  await page.goto(authorizeUrl(server, program.uri));
  await leaveForProvider(page);
  await be(page, OWNER);
  await expect(heading(page, 'Let Bailiwick command line sign in as you?')).toBeVisible();
  const main = page.getByRole('main');
  await expect(main).toContainText(new URL(program.uri).host);
  await expect(main).toContainText(OWNER);
  await page.getByRole('button', { name: 'Allow' }).click();
  const back = await program.came;
  expect(back.searchParams.get('state')).toBe('made-up-state');
  expect(back.searchParams.get('iss')).toBe(server.url);
  const tokens = await redeem(server, back.searchParams.get('code')!, program.uri);
  expect(await whoIs(server, tokens.access_token)).toBe(OWNER);
  const again = await redeem(server, back.searchParams.get('code')!, program.uri);
  expect(again.error).toBe('invalid_grant');
  expect(await whoIs(server, tokens.access_token)).toBeNull();
  program.close();
});

test('Deny has the focus, and tells the program', async ({ page, server, announced }) => {
  const program = await listening();
  announced.destination(new URL(program.uri).origin);
  await signIn(page, OWNER);
  await page.goto(authorizeUrl(server, program.uri));
  await expect(page.getByRole('button', { name: 'Deny' })).toBeFocused();
  await page.keyboard.press('Enter');
  const back = await program.came;
  expect(back.searchParams.get('error')).toBe('access_denied');
  expect(back.searchParams.get('code')).toBeNull();
  program.close();
});

test('a request that was looked at belongs to who looked, and ends with the answer', async ({ page, newBrowser, server, announced }) => {
  announced.status(404);
  const program = await listening();
  announced.destination(new URL(program.uri).origin);
  await signIn(page, OWNER);
  await page.goto(authorizeUrl(server, program.uri));
  await expect(page.getByRole('button', { name: 'Allow' })).toBeVisible();
  const request = page.url();

  const other = await (await newBrowser()).newPage();
  await signIn(other, VIEWER);
  await other.goto(request);
  await expect(heading(other, 'This request has ended')).toBeVisible();

  await page.getByRole('button', { name: 'Deny' }).click();
  await expect(page.getByText('You can close this window.')).toBeVisible();
  await page.goto(request);
  await expect(heading(page, 'This request has ended')).toBeVisible();
  program.close();
});

test('opening the page decides nothing', async ({ page, server }) => {
  const program = await listening();
  await signIn(page, OWNER);
  await page.goto(authorizeUrl(server, program.uri));
  await expect(page.getByRole('button', { name: 'Allow' })).toBeVisible();
  for (let times = 0; times < 3; times++) {
    await page.reload();
    await expect(page.getByRole('button', { name: 'Allow' })).toBeVisible();
  }
  program.close();
});

test('a client that names the provider leads straight to it, and back', async ({ page, server, announced }) => {
  // The request belongs to the one who looked at it first.
  announced.status(404);
  const program = await listening();
  const provider = ((await (await fetch(`${server.url}/auth/providers`)).json()) as { providers: { id: string }[] }).providers[0]!;
  await page.goto(authorizeUrl(server, program.uri, { idp_id: provider.id }));
  await expect(page.getByRole('heading', { name: 'Who are you?' })).toBeVisible();
  await be(page, OWNER);
  await expect(page.getByRole('button', { name: 'Allow' })).toBeVisible();
  await page.getByRole('button', { name: 'Switch account' }).click();
  await expect(heading(page, 'Sign in')).toBeVisible();
  await leaveForProvider(page);
  await be(page, VIEWER);
  await expect(page.getByRole('banner')).toContainText(VIEWER);
  await expect(heading(page, 'This request has ended')).toBeVisible();
  program.close();
});
