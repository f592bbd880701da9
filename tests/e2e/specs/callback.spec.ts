// Answers that no sign-in of this browser asked for, and sign-ins that failed on the way.
import type { BrowserContext, Page } from '@playwright/test';
import { expect, test } from '../fixtures.ts';
import { heading } from '../support/console.ts';
import { be, expectSignedIn, leaveForProvider, OWNER } from '../support/people.ts';

/** The page says what happened and leads back to a sign-in that works. */
async function expectFailure(page: Page, title: string, words: RegExp): Promise<void> {
  await expect(heading(page, title)).toBeVisible();
  await expect(page.getByRole('main')).toContainText(words);
  await page.getByRole('link', { name: 'Sign in again' }).click();
  await leaveForProvider(page);
  await be(page, OWNER);
  await expectSignedIn(page, OWNER);
}

/** The state that our own page gave to the sign-in under way. */
async function stateOf(context: BrowserContext): Promise<string> {
  const { origins } = await context.storageState();
  const entries = origins.flatMap(({ localStorage }) => localStorage).map(({ name }) => name);
  const entry = entries.find((name) => name.startsWith('bailiwick.signin.'));
  return entry!.slice('bailiwick.signin.'.length);
}

test('a forged callback is not used', async ({ page, server, context }) => {
  await page.goto(`/auth/callback?code=x&state=y&iss=${encodeURIComponent(server.url)}`);
  await expect(page).toHaveURL('/auth/callback');
  expect(await context.cookies()).toEqual([]);
  await expectFailure(page, 'Open your link again', /did not begin in this browser/);
});

test('a callback without anything is not used', async ({ page }) => {
  await page.goto('/auth/callback');
  await expectFailure(page, 'Open your link again', /did not begin in this browser/);
});

test('a callback with another issuer is not used', async ({ page, context }) => {
  await page.goto('/login');
  await leaveForProvider(page);
  const state = await stateOf(context);
  const asked: string[] = [];
  page.on('request', (request) => asked.push(`${request.method()} ${new URL(request.url()).pathname}`));
  await page.goto(`/auth/callback?code=x&state=${state}&iss=https%3A%2F%2Fevil.example`);
  await expect(heading(page, 'This answer is not ours')).toBeVisible();
  expect(asked).not.toContain('POST /auth/session');
  await expectFailure(page, 'This answer is not ours', /came back from somewhere else/);
});

test('a wrong code is refused by the server, with its request id', async ({ page, context, server, announced }) => {
  announced.status(400);
  await page.goto('/login');
  await leaveForProvider(page);
  const state = await stateOf(context);
  await page.goto(`/auth/callback?code=x&state=${state}&iss=${encodeURIComponent(server.url)}`);
  await expect(page.getByText(/^Request/)).toBeVisible();
  await expectFailure(page, 'You are not signed in', /\S/);
});

test('the same callback does not work twice', async ({ page }) => {
  const callback = page.waitForRequest(/\/auth\/callback\?/);
  await page.goto('/login');
  await leaveForProvider(page);
  await be(page, OWNER);
  await expectSignedIn(page, OWNER);
  await page.goto((await callback).url());
  await expect(heading(page, 'Open your link again')).toBeVisible();
});

test('a sign-in cancelled at the provider says so', async ({ page, server }) => {
  await page.goto('/login');
  await leaveForProvider(page);
  const upstream = new URL(page.url()).searchParams.get('state')!;
  await page.goto(`${server.url}/oauth/callback/dev?error=access_denied&state=${upstream}`);
  await expect(page.getByRole('main')).toContainText('access_denied');
  await expectFailure(page, 'The provider did not sign you in', /cancelled/);
});

test('an answer of the provider that cannot be verified says so', async ({ page, server }) => {
  await page.goto('/login');
  await leaveForProvider(page);
  const upstream = new URL(page.url()).searchParams.get('state')!;
  const iss = encodeURIComponent('http://127.0.0.1:1');
  await page.goto(`${server.url}/oauth/callback/dev?code=x&state=${upstream}&iss=${iss}`);
  await expectFailure(page, 'The provider did not sign you in', /could not be verified/);
});

test("the provider's answer belongs to the browser that began", async ({ page, server, newBrowser, announced }) => {
  announced.status(400);
  await page.goto('/login');
  await leaveForProvider(page);
  const upstream = new URL(page.url()).searchParams.get('state')!;

  const victim = await (await newBrowser()).newPage();
  const answer = await victim.goto(`${server.url}/oauth/callback/dev?code=x&state=${upstream}`);
  expect(answer!.status()).toBe(400);
  await expectFailure(victim, 'Sign-in stopped', /begun in another browser/);
});

test('the page of a stopped sign-in asks for nothing that is not there', async ({ page, announced }) => {
  announced.status(400);
  await page.goto('/oauth/callback/dev?code=x&state=y');
  await expect(heading(page, 'Sign-in stopped')).toBeVisible();
  await page.waitForLoadState('networkidle');
});
