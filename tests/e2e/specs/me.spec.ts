// One's own account: what is signed in as one, and its end.
import type { Page } from '@playwright/test';
import { expect, test } from '../fixtures.ts';
import { poll, startDevice, whoIs } from '../support/clients.ts';
import { heading } from '../support/console.ts';
import { chooseInAccountMenu, OWNER, signIn, VIEWER } from '../support/people.ts';
import { wanted } from '../support/second-tab.ts';

const FIREFOX = 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0';

test('a terminal that was approved is listed, and ended at its next request', async ({ page, server }) => {
  const device = await startDevice(server);
  await signIn(page, OWNER);
  await page.goto(device.verification_uri_complete);
  await page.getByRole('button', { name: 'Continue' }).click();
  await page.getByRole('button', { name: 'Approve' }).click();
  await expect(heading(page, 'Your terminal is signed in')).toBeVisible();
  const tokens = await poll(server, device);
  expect(await whoIs(server, tokens.access_token)).toBe(OWNER);

  await page.getByRole('link', { name: 'See what is signed in' }).click();
  const row = page.getByRole('row').filter({ hasText: 'build-07.example.com' });
  await expect(row).toContainText('127.0.0.1');
  await row.getByRole('button', { name: 'End' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'End it' }).click();
  await expect(page.getByText('Nothing else is signed in as you')).toBeVisible();
  expect(await whoIs(server, tokens.access_token)).toBeNull();
});

test('the account menu leads there, and says when there is nothing', async ({ page }) => {
  await signIn(page, OWNER);
  await chooseInAccountMenu(page, OWNER, 'Your account');
  await expect(heading(page, 'Your account')).toBeVisible();
  await expect(page.getByText('Nothing else is signed in as you')).toBeVisible();
});

test('a list that does not arrive says so and is asked for again', async ({ page, announced }) => {
  announced.status(503);
  await signIn(page, OWNER);
  await page.route('**/auth/grants', (route) => route.fulfill({ status: 503, body: '' }));
  await page.goto('/me');
  await expect(page.getByText('The list did not arrive')).toBeVisible();
  await page.unrouteAll();
  await page.getByRole('button', { name: 'Try again' }).click();
  await expect(page.getByText('Nothing else is signed in as you')).toBeVisible();
});

test('a browser that is alone says so', async ({ page }) => {
  await signIn(page, OWNER);
  await page.goto('/me');
  const row = page.getByRole('row').filter({ hasText: 'this one' });
  await expect(row).toContainText('Chrome on');
  await expect(row).toContainText('127.0.0.1');
  await expect(row.getByRole('button')).toHaveCount(0);
  await expect(page.getByText('You are signed in with this browser alone.')).toBeVisible();
});

test('another browser is signed out, and notices at its next request', async ({ page, newBrowser, announced }) => {
  announced.status(401);
  const there = await (await newBrowser({ userAgent: FIREFOX })).newPage();
  await signIn(there, OWNER);
  await signIn(page, OWNER);
  await page.goto('/me');
  const end = page.getByRole('button', { name: 'Sign out Firefox on Linux' });
  await end.click();
  await expect(end).toHaveCount(0);
  await expect(page.getByText('Firefox on Linux is signed out.')).toBeVisible();
  await expect(page.getByRole('heading', { name: 'Browsers' })).toBeFocused();
  await there.getByRole('link', { name: 'example' }).first().click();
  await expect(wanted(there)).toContainText(OWNER);
});

test('all other browsers are signed out at once, and nobody else', async ({ page, newBrowser, announced }) => {
  announced.status(401);
  const others: Page[] = [];
  for (const email of [OWNER, OWNER, VIEWER]) {
    const other = await (await newBrowser({ userAgent: FIREFOX })).newPage();
    await signIn(other, email);
    others.push(other);
  }
  await signIn(page, OWNER);
  await page.goto('/me');
  await expect(page.getByRole('button', { name: 'Sign out Firefox on Linux' })).toHaveCount(2);
  await page.getByRole('button', { name: 'Sign out all others' }).click();
  await expect(page.getByText('You are signed in with this browser alone.')).toBeVisible();
  for (const [at, other] of others.entries()) {
    await other.goto('/me');
    await expect(heading(other, at === 2 ? 'Your account' : 'Sign in')).toBeVisible();
  }
});

test('a sign-out that fails says so, and the browser stays in the list', async ({ page, newBrowser, announced }) => {
  announced.status(503);
  const there = await (await newBrowser({ userAgent: FIREFOX })).newPage();
  await signIn(there, OWNER);
  await signIn(page, OWNER);
  await page.goto('/me');
  await page.route('**/auth/sessions/*', (route) => route.fulfill({ status: 503, body: '' }));
  await page.getByRole('button', { name: 'Sign out Firefox on Linux' }).click();
  await expect(page.getByRole('alert')).toContainText('not available now');
  await page.unrouteAll();
  await page.getByRole('button', { name: 'Sign out Firefox on Linux' }).click();
  await expect(page.getByText('You are signed in with this browser alone.')).toBeVisible();
});

test('the browsers that do not arrive are asked for again', async ({ page, announced }) => {
  announced.status(503);
  await signIn(page, OWNER);
  await page.route('**/auth/sessions', (route) => route.fulfill({ status: 503, body: '' }));
  await page.goto('/me');
  await expect(page.getByText('The list did not arrive')).toBeVisible();
  await page.unrouteAll();
  await page.getByRole('button', { name: 'Try again' }).click();
  await expect(page.getByText('You are signed in with this browser alone.')).toBeVisible();
});
